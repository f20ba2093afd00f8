import type { Intent, LedgerEntry } from '../ledger/port.js';
import type { JsonObject } from '../ports/json.js';
import type { ActiveRun } from './context.js';
import type { PairWork } from './pair.js';
import type { RecordRef, RemoteRecord } from './ports.js';

/**
 * A right record that carries the marker of a left one, and no coupling knows it: after a lost ledger, or after a crash
 * between a creation and its coupling. The queue carries no data, so whoever claims the left record must find in the ledger
 * that there is a counterpart, or would create a second one (promise G1). It is kept as an intent of no attempt.
 */
function seenIntent({ key, context, createdAt, modifiedAt }: RemoteRecord, marker: string): Intent {
  const at = createdAt ?? modifiedAt;
  const payload: JsonObject = { seen: { key, ...(context ? { context } : {}) }, attemptedAt: at };
  return { kind: 'create', marker, attempt: 0, startedAt: at, payload };
}

/** The same for a left record that was created for a right one, or goes on with it; `more` tells how they came together. */
export const seenAs = (ref: RecordRef, marker: string, at: string, more: JsonObject): Intent => ({
  kind: 'create',
  marker,
  attempt: 0,
  startedAt: at,
  payload: { seen: { ...ref } as JsonObject, attemptedAt: at, ...more }
});

/** Where the counterpart of a record is to be read: by its coupling, or because a feed showed it. */
export function knownRight({ coupling, intent }: LedgerEntry): RecordRef | undefined {
  if (coupling) return { key: coupling.rightKey, ...(coupling.context ? { context: coupling.context } : {}) };
  const seen = intent?.payload?.['seen'];
  return typeof seen === 'object' && seen !== null ? (seen as unknown as RecordRef) : undefined;
}

/**
 * Stores counterparts that a feed showed, before their left records are given to the queue. An intent that is there already
 * is kept: it belongs to an attempt of ours, which looks for the record anyway.
 */
export async function storeSeen(run: ActiveRun, works: readonly PairWork[]): Promise<void> {
  const changes = works.flatMap(({ leftKey, entry, right }) =>
    right === undefined || right.counterpart !== leftKey || entry.coupling !== undefined || entry.intent !== undefined
      ? []
      : [{ leftKey, intent: seenIntent(right, leftKey) }]
  );
  if (changes.length > 0) await run.ledger.commit(run.mapping.name, changes);
}
