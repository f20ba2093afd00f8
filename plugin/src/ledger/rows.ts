import type { Selectable } from 'kysely';
import type { CanonicalRecord, RecordIssue } from '../mapping/types.js';
import type { JsonObject } from '../ports/json.js';
import type {
  Coupling,
  CouplingState,
  Decision,
  Dispute,
  Intent,
  JournalChange,
  JournalLine,
  OpenConflict,
  OpenIssue,
  Telling
} from './port.js';
import type { Tables } from './schema.js';

const parse = (text: string): JsonObject => JSON.parse(text) as JsonObject;

export const couplingRow = (mapping: string, leftKey: string, coupling: Coupling): Tables['couplings'] => ({
  mapping,
  left_key: leftKey,
  right_key: coupling.rightKey,
  context: coupling.context === undefined ? null : JSON.stringify(coupling.context),
  state: coupling.state,
  base: JSON.stringify(coupling.base),
  seen_left: coupling.seenLeft,
  seen_right: coupling.seenRight,
  left_at: coupling.leftAt,
  right_at: coupling.rightAt,
  created_at: coupling.createdAt,
  updated_at: coupling.updatedAt,
  synced_at: coupling.syncedAt ?? null
});

export const couplingOf = (row: Selectable<Tables['couplings']>): Coupling => ({
  leftKey: row.left_key,
  rightKey: row.right_key,
  ...(row.context === null ? {} : { context: parse(row.context) }),
  state: row.state as CouplingState,
  base: parse(row.base) as CanonicalRecord,
  seenLeft: row.seen_left,
  seenRight: row.seen_right,
  leftAt: row.left_at,
  rightAt: row.right_at,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
  ...(row.synced_at === null ? {} : { syncedAt: row.synced_at })
});

export const intentRow = (mapping: string, leftKey: string, intent: Intent): Tables['intents'] => ({
  mapping,
  left_key: leftKey,
  kind: intent.kind,
  marker: intent.marker,
  attempt: intent.attempt,
  started_at: intent.startedAt,
  payload: intent.payload === undefined ? null : JSON.stringify(intent.payload)
});

export const intentOf = (row: Selectable<Tables['intents']>): Intent => ({
  kind: row.kind as Intent['kind'],
  marker: row.marker,
  attempt: row.attempt,
  startedAt: row.started_at,
  ...(row.payload === null ? {} : { payload: parse(row.payload) })
});

export const issueRow = (mapping: string, leftKey: string, issue: OpenIssue): Tables['issues'] => ({
  mapping,
  left_key: leftKey,
  state: issue.state,
  code: issue.code,
  attempts: issue.attempts,
  left_hash: issue.leftHash,
  right_hash: issue.rightHash,
  not_before: issue.notBefore,
  detail: JSON.stringify(issue.issues)
});

export const issueOf = (row: Selectable<Tables['issues']>): OpenIssue => ({
  state: row.state as OpenIssue['state'],
  code: row.code,
  attempts: row.attempts,
  leftHash: row.left_hash,
  rightHash: row.right_hash,
  notBefore: row.not_before,
  issues: JSON.parse(row.detail) as RecordIssue[]
});

export const tellingRow = (mapping: string, leftKey: string, telling: Telling): Tables['tellings'] => ({
  mapping,
  left_key: leftKey,
  told_hash: telling.toldHash,
  pending: telling.pending === undefined ? null : JSON.stringify(telling.pending)
});

export const tellingOf = (row: Selectable<Tables['tellings']>): Telling => ({
  toldHash: row.told_hash,
  ...(row.pending === null ? {} : { pending: parse(row.pending) })
});

export const disputeRow = (mapping: string, leftKey: string, dispute: Dispute): Tables['disputes'] => ({
  mapping,
  left_key: leftKey,
  conflicts: JSON.stringify(dispute.conflicts),
  decisions: JSON.stringify(dispute.decisions)
});

export const disputeOf = (row: Selectable<Tables['disputes']>): Dispute => ({
  conflicts: JSON.parse(row.conflicts) as OpenConflict[],
  decisions: JSON.parse(row.decisions) as Decision[]
});

export const journalOf = (row: Selectable<Tables['journal']>): JournalLine => ({
  runId: row.run_id,
  leftKey: row.left_key,
  rightKey: row.right_key,
  kind: row.kind as JournalLine['kind'],
  changes: JSON.parse(row.changes) as JournalChange[],
  at: row.at
});

export const journalRow = (mapping: string, seq: number, line: JournalLine): Tables['journal'] => ({
  mapping,
  run_id: line.runId,
  seq,
  left_key: line.leftKey,
  right_key: line.rightKey,
  kind: line.kind,
  changes: JSON.stringify(line.changes),
  at: line.at
});

const sameDecision = (first: Decision, second: Decision): boolean =>
  first.field === second.field && first.at === second.at && first.keep === second.keep;

/** A dispute to store, with the decisions that a person has stored since it was read. */
export function withLater(
  dispute: Dispute,
  answered: readonly Decision[] | undefined,
  stored: Dispute | undefined
): Dispute {
  if (answered === undefined || stored === undefined) return dispute;
  const later = stored.decisions.filter((decision) => !answered.some((known) => sameDecision(known, decision)));
  return later.length === 0 ? dispute : { ...dispute, decisions: [...dispute.decisions, ...later] };
}
