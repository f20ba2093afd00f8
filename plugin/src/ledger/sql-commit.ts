import type { Kysely } from 'kysely';
import { CosellError } from '../ports/errors.js';
import type { EngineSql } from './engine-sql.js';
import type { LeftOut, WaitingCommit } from './group-commit.js';
import type { LedgerChange } from './port.js';
import { couplingRow, disputeOf, disputeRow, intentRow, issueRow, tellingRow, withLater } from './rows.js';
import type { Tables } from './schema.js';
import type { JournalNumbers } from './sql-journal.js';
import type { Statements } from './statements.js';

const KEY = ['mapping', 'left_key'] as const;

/** Parts of an entry and where they are stored. */
const PARTS = [
  { part: 'coupling', table: 'couplings', row: couplingRow },
  { part: 'intent', table: 'intents', row: intentRow },
  { part: 'issue', table: 'issues', row: issueRow },
  { part: 'telling', table: 'tellings', row: tellingRow },
  { part: 'dispute', table: 'disputes', row: disputeRow }
] as const;

export interface CommitTools {
  statements: Statements;
  engine: EngineSql;
  journal: JournalNumbers;
}

/** The fences under which records are held now; nobody takes one over before the transaction ends. */
async function fencesOf(
  db: Kysely<Tables>,
  { statements, engine }: CommitTools,
  mapping: string,
  keys: readonly string[]
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await statements.run<{ left_key: string; fence: number }>(
    db,
    'fences of',
    (builder) =>
      builder
        .selectFrom('holds')
        .select(['left_key', 'fence'])
        .where('mapping', '=', mapping)
        .where(engine.among('left_key', keys))
        .orderBy('left_key')
        .modifyEnd(engine.untilCommit),
    [mapping, engine.keys(keys)]
  );
  return new Map(rows.map((row) => [row.left_key, row.fence]));
}

/** A worker whose claim was taken over must not store anything: another one works on the record now. */
async function fencedOut(
  db: Kysely<Tables>,
  tools: CommitTools,
  mapping: string,
  group: readonly WaitingCommit[]
): Promise<Map<WaitingCommit, Error>> {
  const fenced = group.flatMap(({ changes }) => changes.filter(({ fence }) => fence !== undefined));
  if (fenced.length === 0) return new Map();
  const held = await fencesOf(db, tools, mapping, [...new Set(fenced.map(({ leftKey }) => leftKey))]);
  const lost = group.filter(({ changes }) =>
    changes.some(({ leftKey, fence }) => fence !== undefined && held.get(leftKey) !== fence)
  );
  return new Map(
    lost.map((commit) => [commit, new CosellError('FENCED', 'Another worker has taken the record over.')])
  );
}

/** What is left to store of a part after later changes have replaced earlier ones, by key: everybody locks in the same order. */
function lastOf(changes: readonly LedgerChange[], part: (typeof PARTS)[number]['part']): [string, unknown][] {
  const last = new Map<string, unknown>();
  for (const change of changes) if (change[part] !== undefined) last.set(change.leftKey, change[part]);
  return [...last].sort(([first], [second]) => (first < second ? -1 : 1));
}

async function storePart(
  db: Kysely<Tables>,
  { statements, engine }: CommitTools,
  mapping: string,
  { part, table, row }: (typeof PARTS)[number],
  changes: readonly LedgerChange[]
): Promise<void> {
  const last = lastOf(changes, part);
  const removed = last.flatMap(([key, value]) => (value === null ? [key] : []));
  if (removed.length > 0) {
    await statements.run(
      db,
      `delete ${table}`,
      (builder) => builder.deleteFrom(table).where('mapping', '=', mapping).where(engine.among('left_key', removed)),
      [mapping, engine.keys(removed)]
    );
  }
  const rows = last.flatMap(([key, value]) => (value === null ? [] : [row(mapping, key, value as never)]));
  await statements.insert(db, table, rows, KEY);
}

/** Disputes as they are to be stored: a decision that came in while a worker had the record in hand is not lost. */
async function withLaterDecisions(
  db: Kysely<Tables>,
  { statements, engine }: CommitTools,
  mapping: string,
  changes: readonly LedgerChange[]
): Promise<readonly LedgerChange[]> {
  const keys = changes.flatMap(({ leftKey, dispute, answered }) => (dispute && answered ? [leftKey] : []));
  if (keys.length === 0) return changes;
  const { rows } = await statements.run<Tables['disputes']>(
    db,
    'disputes of',
    (builder) =>
      builder
        .selectFrom('disputes')
        .selectAll()
        .where('mapping', '=', mapping)
        .where(engine.among('left_key', keys))
        .orderBy('left_key')
        .modifyEnd(engine.untilCommit),
    [mapping, engine.keys(keys)]
  );
  const stored = new Map(rows.map((row) => [row.left_key, disputeOf(row)]));
  return changes.map((change) =>
    change.dispute
      ? { ...change, dispute: withLater(change.dispute, change.answered, stored.get(change.leftKey)) }
      : change
  );
}

/** Stores commits inside a transaction; answers those whose claim is no longer theirs, which are left out. */
export async function storeCommits(
  db: Kysely<Tables>,
  tools: CommitTools,
  mapping: string,
  group: readonly WaitingCommit[]
): Promise<LeftOut> {
  const leftOut = await fencedOut(db, tools, mapping, group);
  const kept = group.flatMap((commit) => (leftOut.has(commit) ? [] : commit.changes));
  if (kept.length === 0) return leftOut;
  const changes = await withLaterDecisions(db, tools, mapping, kept);
  await tools.journal.add(db, mapping, changes);
  for (const part of PARTS) await storePart(db, tools, mapping, part, changes);
  return leftOut;
}
