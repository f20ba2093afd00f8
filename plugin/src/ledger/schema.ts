/** Rows as they are stored. JSON is text, times are ISO 8601 UTC text, so that every SQL engine keeps them alike. */
export interface Tables {
  couplings: {
    mapping: string;
    left_key: string;
    right_key: string;
    context: string | null;
    state: string;
    base: string;
    base_hash: string;
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
  runs: { mapping: string; id: string; started_at: string; finished_at: string; outcome: string; summary: string };
  leases: { mapping: string; owner: string; expires_at: number };
}
