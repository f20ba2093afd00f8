import { invalid } from '../core/errors.js';
import { bind } from './bind.js';
import type { PatchPath } from './patch-paths.js';
import { patchPath } from './patch-paths.js';
import type { Referral } from './resource.js';

/** One operation, already bound to its place. */
export interface PatchOperation {
  op: 'add' | 'replace';
  path: string;
  place: PatchPath;
  value: unknown;
}

/**
 * Reads a PATCH body: a JSON array of `{op, path, value}`; `op` is `replace` when left out (contract). Throws 400 for
 * anything else, so that nothing of a faulty body is carried out.
 */
export function readOperations(body: unknown, closed: boolean): PatchOperation[] {
  if (!Array.isArray(body) || body.length === 0)
    throw invalid(null, 'The request body must be an array of operations.');
  return body.map((entry: unknown, index) => readOperation(entry, index, closed));
}

function readOperation(entry: unknown, index: number, closed: boolean): PatchOperation {
  if (typeof entry !== 'object' || entry === null) throw invalid(`[${index}]`, 'An operation must be an object.');
  const given = new Map(Object.entries(entry).map(([name, value]) => [name.toLowerCase(), value as unknown]));
  const op = given.get('op') ?? 'replace';
  if (op !== 'add' && op !== 'replace') {
    throw invalid(`[${index}].op`, 'Only the operations add and replace are supported.');
  }
  const path = given.get('path');
  const place = typeof path === 'string' ? patchPath(path, closed) : undefined;
  if (typeof path !== 'string' || !place)
    throw invalid(`[${index}].path`, `The path ${String(path)} cannot be changed.`);
  if (!given.has('value')) throw invalid(`[${index}].value`, 'The property value is required.');
  if (op === 'replace' && place.append) {
    throw invalid(`[${index}].op`, `The path ${path} takes the operation add only.`);
  }
  return { op, path, place, value: bind(place.shape, given.get('value'), targetOf(place)) };
}

/** Property path of an operation as errors name it: `details.dealValue`, `registrations[0].contract.value`. */
export function targetOf(place: PatchPath): string {
  return place.segments
    .map((segment, index) => (typeof segment === 'number' ? `[${segment}]` : index === 0 ? segment : `.${segment}`))
    .join('');
}

/** Applies the operations in order to a draft. */
export function applyOperations(draft: Referral, operations: readonly PatchOperation[]): void {
  for (const { place, value } of operations) {
    const parent = parentOf(draft, place);
    const last = place.segments.at(-1) as string | number;
    if (place.append) (parent[last] as unknown[]).push(value);
    else parent[last] = value;
  }
}

function parentOf(draft: Referral, place: PatchPath): Record<string | number, unknown> {
  let parent = draft as unknown as Record<string | number, unknown>;
  for (const segment of place.segments.slice(0, -1)) {
    const child = parent[segment];
    if (typeof child !== 'object' || child === null) {
      throw invalid(targetOf(place), `The property ${targetOf(place)} does not exist.`);
    }
    parent = child as Record<string | number, unknown>;
  }
  return parent;
}
