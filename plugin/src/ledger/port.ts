import type { CanonicalRecord, RecordIssue, Side } from '../mapping/types.js';
import type { JsonObject, JsonValue } from '../ports/json.js';

export type CouplingState = 'active' | 'paused' | 'conflict' | 'closed';

/** The lasting link between a left and a right record, with the values both agreed on. */
export interface Coupling {
  leftKey: string;
  rightKey: string;
  /** What the right-hand connector wants back, for example the engagement id. */
  context?: JsonObject;
  state: CouplingState;
  base: CanonicalRecord;
  /** Content hash of each side when it was last worked off: a read with the same hash needs no work. */
  seenLeft: string;
  seenRight: string;
  /** Server time of the newest read or write known, per side: an older read is a stale one. ISO 8601 UTC. */
  leftAt: string;
  rightAt: string;
  createdAt: string;
  updatedAt: string;
  /** When both sides last agreed. */
  syncedAt?: string;
}

/** What the engine is about to do and cannot take back; stored before the call, removed with its result. */
export interface Intent {
  kind: 'create' | 'update';
  marker: string;
  attempt: number;
  /** Start of the first attempt, ISO 8601 UTC. */
  startedAt: string;
  /** Audit entries that become true when the call was carried out. */
  payload?: JsonObject;
}

/** Why a record is not in step, and what the engine does about it. */
export interface OpenIssue {
  /** `retry`: tried again from `notBefore` on. `parked`: left alone until its content changes. */
  state: 'retry' | 'parked';
  code: string;
  attempts: number;
  /** Content hashes when the issue arose; empty when unknown. */
  leftHash: string;
  rightHash: string;
  notBefore: string;
  issues: readonly RecordIssue[];
}

/** What people were told about a record, and what they still have to be told. */
export interface Telling {
  /** Hash of the state, issues and counterpart last shown on the record. */
  toldHash: string;
  /** A report that is not delivered yet: audit entries and when both sides agreed. */
  pending?: JsonObject;
}

/** A field whose two values only a person can reconcile. */
export interface OpenConflict {
  field: string;
  base: JsonValue;
  left: JsonValue;
  right: JsonValue;
  /** When each side last changed, by its server's time; ISO 8601 UTC. */
  leftAt: string;
  rightAt: string;
  reason: 'bothChanged' | 'alreadySet' | 'oneWay';
  /** When the engine first saw it, ISO 8601 UTC. */
  since: string;
}

/** What a person decided about a field in conflict; carried out by the next work on the record, then removed. */
export interface Decision {
  field: string;
  /** Whose value both sides get. */
  keep: Side;
  /** `salesforce` for a decision made on the record, else the user of the command line. */
  by: string;
  /** ISO 8601 UTC. */
  at: string;
}

/** Conflicts of a record that wait for a person, and the decisions that wait for the engine. */
export interface Dispute {
  conflicts: readonly OpenConflict[];
  decisions: readonly Decision[];
}

/** One field of a journal line. */
export interface JournalChange {
  field: string;
  /** The side that was written; for `lost` the side whose value lost. */
  to: Side;
  oldValue: JsonValue;
  newValue: JsonValue;
}

/** What a run did to a pair: what an undo goes back over, and where a value that lost is kept. Lines are only added. */
export interface JournalLine {
  runId: string;
  leftKey: string;
  rightKey: string;
  /** `takenIn`: the left record was created for the right one. `lost`: a value that another one replaced on both sides; `oldValue` is the loser. */
  kind: 'created' | 'takenIn' | 'linked' | 'updated' | 'lost';
  changes: readonly JournalChange[];
  /** ISO 8601 UTC. */
  at: string;
}

/** Everything the ledger knows about one left record. */
export interface LedgerEntry {
  leftKey: string;
  coupling?: Coupling;
  intent?: Intent;
  issue?: OpenIssue;
  telling?: Telling;
  dispute?: Dispute;
}

/** Parts to store; `null` removes a part, an absent part stays as it is. */
export interface LedgerChange {
  leftKey: string;
  coupling?: Coupling | null;
  intent?: Intent | null;
  issue?: OpenIssue | null;
  telling?: Telling | null;
  dispute?: Dispute | null;
  /** The decisions that were known when `dispute` was made; others, stored meanwhile by a person, are kept beside it. */
  answered?: readonly Decision[];
  /** Added to the journal, in the same transaction. */
  journal?: readonly Omit<JournalLine, 'leftKey'>[];
  /** The fence of the claim under which the change is made; see `FENCED`. */
  fence?: number;
}

/** A pass of the engine: recorded at its start as `running`, and again at its end. */
export interface StoredRun {
  id: string;
  startedAt: string;
  /** While it runs, or after it was killed: as `startedAt`. */
  finishedAt: string;
  outcome: string;
  summary: JsonObject;
}

/** A run with the number of lines that it left in the journal: none means that there is nothing to undo. */
export interface KeptRun extends StoredRun {
  journalLines: number;
}

/** One page of a list; `after` is the last left key of the page before. */
export interface Page {
  limit: number;
  after?: string;
}

export interface IssueQuery extends Page {
  state?: OpenIssue['state'];
  code?: string;
}

export interface CouplingQuery extends Page {
  state?: CouplingState;
}

export interface ListedIssue extends OpenIssue {
  leftKey: string;
}

export interface ListedDispute extends Dispute {
  leftKey: string;
}

/** Issues with the same code: how many records, how many of them parked, and the first of them as an example. */
export interface IssueCause {
  code: string;
  count: number;
  parked: number;
  example: string;
}

export interface LedgerStatus {
  couplings: Readonly<Record<CouplingState, number>>;
  openIntents: number;
  /** Records with an issue, oldest first, at most 100. */
  issues: readonly { leftKey: string; state: OpenIssue['state']; code: string; attempts: number; notBefore: string }[];
  issueCount: number;
  /** Records with conflicts that wait for a person, or with decisions that wait for the engine. */
  disputeCount: number;
  cursors: readonly { system: string; cursor: string; updatedAt: string }[];
  lastRun?: StoredRun;
}

/**
 * Couplings, base snapshots, intents, cursors and runs of one mapping each. Every `commit` is one transaction: a new base
 * and the completion of its intent are stored together or not at all.
 */
export interface Ledger {
  entries(mapping: string, leftKeys: readonly string[]): Promise<ReadonlyMap<string, LedgerEntry>>;
  /** Right key → left key, for coupled records. */
  leftKeysOf(mapping: string, rightKeys: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Left keys with an open intent, an undelivered report or an issue whose time has come; at most `limit`. */
  due(mapping: string, now: string, limit: number): Promise<readonly string[]>;
  /**
   * @throws CosellError `LEDGER_CONFLICT` when a right record is already coupled to another left record; `FENCED` when a
   * change names a fence and the record is no longer held under it. Nothing is stored then.
   */
  commit(mapping: string, changes: readonly LedgerChange[]): Promise<void>;
  /** System → cursor. */
  cursors(mapping: string): Promise<Readonly<Record<string, string>>>;
  moveCursors(mapping: string, cursors: Readonly<Record<string, string>>, at: string): Promise<void>;
  /**
   * Adds a run or replaces what is known about it. A run that ended clears up: of runs without journal lines the newest
   * `KEPT_RUNS` stay; those with lines stay, with their lines, for `KEPT_JOURNAL_DAYS`.
   */
  recordRun(mapping: string, run: StoredRun): Promise<void>;
  /** Newest first. */
  runs(mapping: string, limit: number): Promise<readonly KeptRun[]>;
  run(mapping: string, id: string): Promise<KeptRun | undefined>;
  status(mapping: string): Promise<LedgerStatus>;
  /**
   * The ledger's own time, milliseconds since the epoch: the database's where machines share one, so that their clocks are
   * never compared; else the caller's.
   */
  now(callersNow: number): Promise<number>;
  /** What a run did, oldest first. */
  journal(mapping: string, runId: string): Promise<readonly JournalLine[]>;
  /** By left key. */
  issues(mapping: string, query: IssueQuery): Promise<readonly ListedIssue[]>;
  /** Most frequent first, then by code. */
  issueCauses(mapping: string): Promise<readonly IssueCause[]>;
  /** Records with an issue of this code whose `notBefore` is not before `since` (ISO 8601 UTC). A parked issue's is when it arose. */
  countIssues(mapping: string, code: string, since: string): Promise<number>;
  /** By left key. */
  couplings(mapping: string, query: CouplingQuery): Promise<readonly Coupling[]>;
  /** By left key. */
  disputes(mapping: string, page: Page): Promise<readonly ListedDispute[]>;
  /**
   * Stores couplings in bulk, in transactions of some thousand; a coupling of the same left key is replaced. What was stored
   * before an error stays. Returns how many were stored.
   * @throws CosellError `LEDGER_CONFLICT` when a right record is already coupled to another left record
   */
  load(mapping: string, couplings: AsyncIterable<Coupling> | Iterable<Coupling>): Promise<number>;
  /**
   * Adds to the calls made to a system, over all processes. Counts older than `KEPT_CALLS_MS` are dropped.
   * @param bucket start of the interval that they fall into, milliseconds since the epoch
   */
  addCalls(system: string, bucket: number, count: number): Promise<void>;
  /** Bucket → calls, for buckets that start at this time or later. */
  callsSince(system: string, bucket: number): Promise<ReadonlyMap<number, number>>;
  /**
   * Keeps a notice of a connected system, known by its content, until a look that began after it is over. Notices that nobody
   * looked for within `KEPT_NOTICES_DAYS` are dropped: by then polling has long seen what they are about.
   * @param at ISO 8601 UTC
   * @returns `false` when it is there already
   */
  addNotice(mapping: string, id: string, at: string): Promise<boolean>;
  /** Oldest first. */
  notices(mapping: string, limit: number): Promise<readonly string[]>;
  removeNotices(mapping: string, ids: readonly string[]): Promise<void>;
  /**
   * Takes or extends the right to run; `false` while another owner's lease lasts. `now` (milliseconds since the epoch) counts
   * on a file only: on a database server its own clock does, as machines' clocks differ.
   */
  lease(mapping: string, owner: string, now: number, ttlMs: number): Promise<boolean>;
  release(mapping: string, owner: string): Promise<void>;
  close(): Promise<void>;
}

export const COUPLING_STATES: readonly CouplingState[] = ['active', 'paused', 'conflict', 'closed'];
/** Issues listed in a status. */
export const STATUS_ISSUES = 100;
/** Runs without journal lines kept per mapping: at one stored run every 15 s about two hours of history, which is what an operator looks back on. */
export const KEPT_RUNS = 500;
/** How long a run that changed something can be looked up and undone, counted in runs' start times. */
export const KEPT_JOURNAL_DAYS = 90;
/** Allowances are counted over 24 hours; twice that leaves room for clocks that differ. */
export const KEPT_CALLS_MS = 48 * 60 * 60 * 1000;

/** Partner Center keeps the state of its own deliveries for seven days. */
export const KEPT_NOTICES_DAYS = 7;

export const noticeCutoff = (at: string): string =>
  new Date(Date.parse(at) - KEPT_NOTICES_DAYS * 24 * 60 * 60 * 1000).toISOString();

export const journalCutoff = ({ startedAt }: StoredRun): string =>
  new Date(Date.parse(startedAt) - KEPT_JOURNAL_DAYS * 24 * 60 * 60 * 1000).toISOString();
