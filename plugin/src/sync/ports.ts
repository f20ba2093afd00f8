import type { PathValues, RecordIssue, Side } from '../mapping/types.js';
import type { JsonObject, JsonValue } from '../ports/json.js';

/** One record as a connector read it. */
export interface RemoteRecord {
  /** The system's own id. */
  key: string;
  /** System-shaped document; mapping paths point into it. */
  document: JsonObject;
  /** Opaque version for a conditional write; only valid for the read that returned it. */
  version: string;
  /** Server time of the last change, ISO 8601 UTC. */
  modifiedAt: string;
  /** Server time of the creation, ISO 8601 UTC, where the system tells it: of two twins the older one is kept. */
  createdAt?: string;
  /** `final`: the system accepts no further change. */
  lifecycle: 'open' | 'final' | 'deleted';
  /** The key of the counterpart, as this record carries it (marker on the right, referral id on the left). */
  counterpart?: string;
  /** What the connector wants back on later calls, for example the engagement id; stored with the coupling. */
  context?: JsonObject;
  /** What people decided on the record and nobody has carried out; left side only. */
  resolutions?: readonly Resolution[];
  /** What somebody else asks with the record; right side only, absent on records of our own making. */
  request?: RightRequest;
  /** What people on the left should know about it; keeps nothing from being sent. Right side only. */
  remarks?: readonly RecordIssue[];
  /** What the record becomes on the left when it is taken in; right side only. @default deal */
  category?: 'deal' | 'lead';
  /** What the people on the left make of a request; left side only, absent where nothing is ever asked. */
  answer?: LeftAnswer;
  /** The record answers a request and takes no part beyond that: no field travels, nothing is created for it. Left side only. */
  answerOnly?: true;
}

/** A request to take a deal on. Until it is answered the record takes nothing but the answer. */
export interface RightRequest {
  state: 'waiting' | 'accepted' | 'declined' | 'expired';
  /** When a waiting request expires, ISO 8601 UTC. */
  until?: string;
}

/** How the state of a left record answers the request of its counterpart. */
export interface LeftAnswer {
  choice: 'wait' | 'accept' | 'decline';
  /** Why it is declined. */
  reason?: string;
  /** The left record that goes on with the counterpart instead of this one, as the opportunity of a converted lead does. */
  successor?: { key: string; rightKey: string };
}

/** A person's answer to a row of `RecordReport.rows`. */
export interface Resolution {
  /** Key of the row. */
  key: string;
  /** Whose value to keep, or to try again. */
  choice: Side | 'retry';
  /** Name of the person. */
  by: string;
  /** ISO 8601 UTC. */
  at: string;
}

/** One page of a feed. The records are a complete read, usable as the read of handbook, the road, step 2. */
export interface ChangePage {
  records: readonly RemoteRecord[];
  /** Cursor to store once every record of this and earlier pages is worked off. */
  cursor: string;
}

export interface RecordRef {
  key: string;
  context?: JsonObject;
}

/** Outcome of a write. Anything else is thrown as `ConnectorError`. */
export type WriteResult =
  | { outcome: 'written'; record?: RemoteRecord }
  /** The record changed after it was read; nothing was written. Read again and decide anew. */
  | { outcome: 'stale' };

/** For writes that take more than one call. */
export interface WriteOptions {
  /** Before each further call that changes something: throws when the record is in other hands meanwhile, and nothing is sent. */
  mayGoOn?: () => Promise<void>;
}

/** What every connected system offers to the engine. */
export interface Connector {
  /** Stable name for logs, cursors and messages, for example `salesforce`. */
  readonly system: string;
  /** Name for people, for example `Salesforce`. */
  readonly label: string;
  /** Records that may have changed since `cursor` (undefined: everything in scope). Overlaps rather than misses. */
  changes(cursor: string | undefined): AsyncIterable<ChangePage>;
  /** Fresh reads; a key that is gone is absent or has lifecycle `deleted`. */
  read(refs: readonly RecordRef[]): Promise<ReadonlyMap<string, RemoteRecord>>;
  /** Conditional write of user-editable fields. `current` is the read that the decision was based on. */
  update(current: RemoteRecord, values: PathValues, options?: WriteOptions): Promise<WriteResult>;
  /** HTTP calls made so far, for the run summary and the budget. */
  calls(): number;
}

/** An answer to a request; the marker names the left record that goes on with the deal. */
export type RightAnswer = { accept: true; marker: string } | { accept: false; reason: string };

/** The right-hand system: records are created there, and found again by our marker. */
export interface CreatingConnector extends Connector {
  /** Creates the counterpart of `marker`. Not repeatable: the engine stores its intent first and looks up the marker before a retry. */
  create(marker: string, values: PathValues, options?: WriteOptions): Promise<RemoteRecord>;
  /**
   * All records that carry the marker and changed after `since` (ISO 8601 UTC; undefined: no limit).
   * @param sent what the lost creation may have sent, for records that have no field for a marker
   */
  findByMarker(marker: string, since: string | undefined, sent?: PathValues): Promise<readonly RemoteRecord[]>;
  /**
   * Whether an update with these values makes something that no condition keeps from being made twice. The engine then waits
   * until a lost one would be seen, before it sends it again. `mayGoOn` is called right before it goes out. @default none does
   */
  once?(values: PathValues): boolean;
  /** Writes the marker into a record that carries none; conditional on the read. Absent where markers cannot be written later. */
  mark?(current: RemoteRecord, marker: string): Promise<WriteResult>;
  /** Answers a waiting request, conditional on the version read; an acceptance leaves our marker. Absent where nothing is asked. */
  answer?(current: RemoteRecord, answer: RightAnswer): Promise<WriteResult>;
  /** Address of a record for people. */
  linkTo(record: RemoteRecord): string;
}

/** One line of the audit trail. Idempotent by `key`. */
export interface AuditEntry {
  /** At most 100 characters, unique. */
  key: string;
  /** ISO 8601 UTC. */
  at: string;
  direction: 'toRight' | 'toLeft' | 'none';
  action: 'created' | 'updated' | 'linked' | 'checked' | 'conflict';
  /** Canonical field name, for one-field entries. */
  field?: string;
  /** Its name for people. */
  fieldLabel?: string;
  oldValue?: JsonValue;
  newValue?: JsonValue;
  outcome: 'success' | 'attention' | 'conflict' | 'failed';
  message: string;
  correlationId?: string;
}

/** `NotShared` is the default in the org; the engine tells it only when sharing was switched off again. */
export type SyncState = 'NotShared' | 'Pending' | 'Synced' | 'Attention' | 'Conflict' | 'Error' | 'Closed';

/** Something that waits for a person, as a row of its own that can be listed, reported on and answered. */
export interface IssueRow {
  /** At most 255 characters; the same for the same field or cause of a record, so that a repeat is no second row. */
  key: string;
  kind: 'conflict' | 'problem';
  code: string;
  message: string;
  nextStep: string;
  /** When the engine last found it, ISO 8601 UTC. */
  at: string;
  /** Name of the field for people, and its values in their words; conflicts only. */
  field?: string;
  left?: JsonValue;
  right?: JsonValue;
  base?: JsonValue;
  /** When each side last changed, ISO 8601 UTC. */
  leftAt?: string;
  rightAt?: string;
  /** Equal failures in a row; problems only. */
  attempts?: number;
  /** Not tried again before the record changes or somebody asks for it. */
  parked?: boolean;
  /** The answer given is kept: it cannot be carried out yet. */
  waiting?: boolean;
}

/** How a row that is no longer listed was settled, where a person decided. */
export interface SettledRow {
  key: string;
  keep: Side;
  by: string;
}

/** A run as it stands when reports are delivered; the same run is told again with each delivery. */
export interface RunRow {
  id: string;
  mapping: string;
  /** ISO 8601 UTC. */
  startedAt: string;
  toldAt: string;
  /** As in the summary of the run. */
  outcome: string;
  /** Why the run ends early. */
  stoppedCode?: string;
  counts: Readonly<Record<string, number>>;
  /** HTTP calls per connected system. */
  calls: Readonly<Record<string, number>>;
}

/** What the engine tells the people who look at a left-hand record (handbook, the road, step 6). Service-owned fields only. */
export interface RecordReport {
  key: string;
  state: SyncState;
  issues: readonly RecordIssue[];
  /** ISO 8601 UTC; set when both sides agreed. */
  syncedAt?: string;
  /** The coupled record, when there is one. */
  counterpart?: { key: string; link: string; context?: JsonObject; document: JsonObject };
  audit: readonly AuditEntry[];
  /** Everything that waits for a person. A row that the record has and that is not here is settled. */
  rows: readonly IssueRow[];
  settled: readonly SettledRow[];
  /** The left record as last read, so that running texts can be continued without another read. */
  left: RemoteRecord;
}

/** Result per report: written, or why not. */
export interface TellResult {
  key: string;
  error?: { code: string; message: string };
}

/** The left-hand system, where people look. */
export interface TellingConnector extends Connector {
  /** Writes reports in batches, and the run they come from; never throws for a single record. */
  tell(reports: readonly RecordReport[], run?: RunRow): Promise<readonly TellResult[]>;
}
