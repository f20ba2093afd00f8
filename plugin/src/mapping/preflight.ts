import type { ValidateFunction } from 'ajv';
import { Ajv } from 'ajv';
import type { JsonObject } from '../ports/json.js';
import type { Mapping, RecordIssue } from './types.js';

interface Compiled {
  inScope: (document: JsonObject) => boolean;
  checks: readonly { issue: RecordIssue; onCreateOnly: boolean; applies?: ValidateFunction; holds: ValidateFunction }[];
}

/** Compiling costs milliseconds, validating microseconds; a mapping lives as long as the process. */
const compiled = new WeakMap<Mapping, Compiled>();

function compile(mapping: Mapping): Compiled {
  const known = compiled.get(mapping);
  if (known) return known;
  // Loading a mapping has checked its schemas; checking them again would compile the schema of schemas once more.
  const ajv = new Ajv({ strict: false, validateSchema: false });
  const scope = mapping.left.scope === undefined ? undefined : ajv.compile(mapping.left.scope);
  const result: Compiled = {
    inScope: (document) => scope === undefined || scope(document) === true,
    checks: mapping.preflight.map(({ code, message, nextStep, schema, when, onCreateOnly = false }) => ({
      issue: { code, message, nextStep },
      onCreateOnly,
      ...(when === undefined ? {} : { applies: ajv.compile(when) }),
      holds: ajv.compile(schema)
    }))
  };
  compiled.set(mapping, result);
  return result;
}

/**
 * What is missing on the left record before anything may be sent, in the mapping's order.
 * `phase` is `update` once the counterpart exists: what only mattered for its creation is not asked for again.
 */
export function preflight(
  mapping: Mapping,
  leftDocument: JsonObject,
  phase: 'create' | 'update' = 'create'
): RecordIssue[] {
  return compile(mapping)
    .checks.filter(({ onCreateOnly }) => phase === 'create' || !onCreateOnly)
    .filter(({ applies, holds }) => applies?.(leftDocument) !== false && !holds(leftDocument))
    .map(({ issue }) => issue);
}

/** Whether the left record is to be shared. */
export function inScope(mapping: Mapping, leftDocument: JsonObject): boolean {
  return compile(mapping).inScope(leftDocument);
}
