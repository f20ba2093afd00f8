import { ConnectorError } from '../../ports/errors.js';
import type { JsonObject, JsonValue } from '../../ports/json.js';
import type { Api } from './api.js';
import { answerError } from './api-errors.js';
import { limits, system } from './system.js';

/** One operation of a batch. */
export interface BatchPart {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Below the root of API v2.0, for example `companies(…)/customers`. */
  path: string;
  body?: JsonObject;
  /** ETag of the read that the write is based on; `*` writes over anything. */
  ifMatch?: string;
}

/** What became of a part. */
export type PartResult =
  | { outcome: 'done'; status: number; json: JsonValue }
  /** The record changed after it was read; nothing was written. */
  | { outcome: 'stale' }
  /** Nothing was carried out, or nobody knows: see the kind of the error. */
  | { outcome: 'failed'; error: ConnectorError };

export interface BatchOptions {
  /** All parts of a call or none of them. @default false: each part stands alone */
  atomic?: boolean;
  /** Operations per call. @default 100, the most that the service takes */
  maxParts?: number;
}

/** Parts are addressed from the root of API v2.0 on, single calls from the root of all APIs. */
export const belowApi = (part: BatchPart): BatchPart => ({ ...part, path: part.path.replace(/^v2\.0\//, '') });

const repeatable = ({ method }: BatchPart): boolean => method !== 'POST';

function requestOf(part: BatchPart, index: number): JsonObject {
  const { method, path, body, ifMatch } = part;
  return {
    id: String(index),
    method,
    url: path,
    headers: {
      'Content-Type': 'application/json',
      ...(ifMatch === undefined ? {} : { 'If-Match': ifMatch })
    },
    ...(body === undefined ? {} : { body })
  };
}

const isStale = (status: number, error: ConnectorError): boolean =>
  status === 412 || (status === 409 && error.code.toLowerCase() === 'request_entitychanged');

function resultOf(part: BatchPart, answer: JsonObject): PartResult {
  const status = Number(answer['status']);
  const json = answer['body'] ?? null;
  if (status < 400) return { outcome: 'done', status, json };
  const error = answerError(json, { status, repeatable: repeatable(part) });
  return isStale(status, error) ? { outcome: 'stale' } : { outcome: 'failed', error };
}

function unanswered(part: BatchPart): PartResult {
  const kind = repeatable(part) ? 'retryable' : 'unknownOutcome';
  const message = 'Business Central answered a batch without this part.';
  return { outcome: 'failed', error: new ConnectorError(system, kind, 'PART_UNANSWERED', message) };
}

const rolledBack = (): PartResult => ({
  outcome: 'failed',
  error: new ConnectorError(
    system,
    'retryable',
    'ROLLED_BACK',
    'Another part of the same transaction failed, so nothing of it was kept.'
  )
});

/**
 * A failed transaction shows the parts before the failure as 201 with ids that do not exist, and leaves parts after a first
 * failure out: whatever is there, only the refusals are true.
 */
function allOrNothing(results: readonly PartResult[], answered: readonly boolean[]): PartResult[] {
  if (results.every(({ outcome }) => outcome === 'done')) return [...results];
  const refusal = results.some((result, index) => answered[index] && result.outcome !== 'done');
  if (!refusal) return [...results];
  return results.map((result, index) => (answered[index] && result.outcome !== 'done' ? result : rolledBack()));
}

async function send(api: Api, parts: readonly BatchPart[], atomic: boolean): Promise<PartResult[]> {
  const { json } = await api.call({
    method: 'POST',
    path: 'v2.0/$batch',
    body: { requests: parts.map(requestOf) },
    headers: atomic ? { isolation: 'snapshot' } : { prefer: 'odata.continue-on-error' },
    repeatable: parts.every(repeatable)
  });
  const given = (json as JsonObject | null)?.['responses'];
  const answers = new Map((Array.isArray(given) ? (given as JsonObject[]) : []).map((one) => [String(one['id']), one]));
  const results = parts.map((part, index) => {
    const answer = answers.get(String(index));
    return answer ? resultOf(part, answer) : unanswered(part);
  });
  return atomic
    ? allOrNothing(
        results,
        parts.map((_, index) => answers.has(String(index)))
      )
    : results;
}

/**
 * Carries parts out in one call per hundred, in their order (Business Central: OData batch). Answers come in the order of the parts.
 * A call that fails as a whole fails its parts, and the calls after it are not made: their parts were not carried out.
 * @throws ConnectorError kind `connection` when the connection itself does not work; RangeError for a transaction of too many parts
 */
export async function runBatch(
  api: Api,
  parts: readonly BatchPart[],
  { atomic = false, maxParts = limits.batchParts }: BatchOptions = {}
): Promise<PartResult[]> {
  const size = Math.min(maxParts, limits.batchParts);
  if (atomic && parts.length > size) throw new RangeError(`A transaction may have ${size} parts, not ${parts.length}.`);
  const results: PartResult[] = [];
  while (results.length < parts.length) {
    const chunk = parts.slice(results.length, results.length + size);
    try {
      results.push(...(await send(api, chunk, atomic)));
    } catch (error) {
      if (!(error instanceof ConnectorError) || error.kind === 'connection') throw error;
      const failed: PartResult = { outcome: 'failed', error };
      results.push(...chunk.map(() => failed));
      results.push(...parts.slice(results.length).map(() => notSent(error)));
    }
  }
  return results;
}

function notSent({ details }: ConnectorError): PartResult {
  const { retryAfterMs } = details;
  const message = 'The batch before this one failed, so this one was not sent.';
  const error = new ConnectorError(system, 'retryable', 'NOT_SENT', message, {
    ...(retryAfterMs === undefined ? {} : { retryAfterMs })
  });
  return { outcome: 'failed', error };
}
