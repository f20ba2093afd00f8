import { ApiError } from '../core/transport.js';

const REFERENCE = /@\{([A-Za-z0-9_]+)((?:\.[A-Za-z0-9_]+|\[\d+\])*)\}/g;

/** Answers of the sub-requests so far, by referenceId; undefined for one that failed. */
export type Answers = ReadonlyMap<string, unknown>;

/**
 * Replaces `@{referenceId.path}` in every text of a value. A text that is nothing but a reference becomes the value itself.
 * Throws PROCESSING_HALTED for a reference to a sub-request that failed or to a member that is not there.
 */
export function fillReferences(value: unknown, answers: Answers): unknown {
  if (typeof value === 'string') return fillText(value, answers);
  if (Array.isArray(value)) return value.map((each) => fillReferences(each, answers));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, fillReferences(each, answers)]));
}

export function fillText(text: string, answers: Answers): string {
  return text.replace(REFERENCE, (_whole, id: string, path: string) => String(lookUp(answers, id, path)));
}

function lookUp(answers: Answers, id: string, path: string): unknown {
  const steps = [...path.matchAll(/\.([A-Za-z0-9_]+)|\[(\d+)\]/g)].map((step) => step[1] ?? Number(step[2]));
  let value = answers.get(id);
  if (value === undefined) throw halted(`Invalid reference specified. No value for ${id}${path} found in ${id}`);
  for (const step of steps) {
    value = typeof value === 'object' && value !== null ? (value as Record<string | number, unknown>)[step] : undefined;
  }
  if (value === undefined || value === null || typeof value === 'object') {
    throw halted(`Invalid reference specified. No value for ${id}${path} found in ${id}. Provided path is invalid.`);
  }
  return value;
}

function halted(message: string): ApiError {
  return new ApiError(400, 'PROCESSING_HALTED', message);
}
