/** Rows as they are stored. JSON is text, times are ISO 8601 UTC text, so that every SQL engine keeps them alike. */
export interface Tables {
  couplings: {
    mapping: string;
    left_key: string;
    right_key: string;
    context: string | null;
    state: string;
    base: string;
    seen_left: string;
    seen_right: string;
    left_at: string;
    right_at: string;
    created_at: string;
    updated_at: string;
    synced_at: string | null;
  };
  intents: {
    mapping: string;
    left_key: string;
    kind: string;
    marker: string;
    attempt: number;
    started_at: string;
    payload: string | null;
  };
  issues: {
    mapping: string;
    left_key: string;
    state: string;
    code: string;
    attempts: number;
    left_hash: string;
    right_hash: string;
    not_before: string;
    detail: string;
  };
  /** `pending` is the outbox of reports: stored with the new base, removed when the record shows it. */
  tellings: { mapping: string; left_key: string; told_hash: string; pending: string | null };
  cursors: { mapping: string; system: string; position: string; updated_at: string };
  runs: {
    mapping: string;
    id: string;
    started_at: string;
    finished_at: string;
    outcome: string;
    summary: string;
    /** Whether lines of the journal were found when the run was last recorded: 0 or 1. */
    undoable: number;
  };
  /** Conflicts and decisions as JSON arrays. */
  disputes: { mapping: string; left_key: string; conflicts: string; decisions: string };
  journal: {
    mapping: string;
    run_id: string;
    /** Order inside a run. */
    seq: number;
    left_key: string;
    right_key: string;
    kind: string;
    changes: string;
    at: string;
  };
  /** Who has a record in hand. A row exists only while it is held; fences never repeat. Times are milliseconds since the epoch. */
  holds: { mapping: string; left_key: string; owner: string; fence: number; expires_at: number };
  /** Work, one row per record. `again`: 0 waits, 1 in hand, 2 + p in hand and wanted again with priority p. */
  work: {
    mapping: string;
    left_key: string;
    priority: number;
    not_before: number;
    enqueued_at: number;
    attempts: number;
    again: number;
  };
  /** Numbers that only grow, for example the last fence. */
  counters: { name: string; value: number };
  /** Calls made per system, over all processes; a bucket is the start of its interval, milliseconds since the epoch. */
  calls: { system: string; bucket: number; count: number };
  /** What a connected system said of its own accord; the id is the content. */
  notices: { mapping: string; id: string; received_at: string };
  leases: { mapping: string; owner: string; expires_at: number };
}
