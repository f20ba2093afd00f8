import type { Coupling, Dispute, Intent, JournalLine, OpenIssue, StoredRun } from '../../plugin/src/ledger/index.js';

export const M = 'opportunity-referral';
export const at = '2026-01-05T09:00:00.000Z';

/** `at` and some seconds. */
export const later = (seconds: number): string => new Date(Date.parse(at) + seconds * 1000).toISOString();

export const coupling = (leftKey: string, rightKey: string, more: Partial<Coupling> = {}): Coupling => ({
  leftKey,
  rightKey,
  state: 'active',
  base: { amount: 10, notes: null, team: [{ email: 'a@b.c' }] },
  seenLeft: 'l',
  seenRight: 'r',
  leftAt: at,
  rightAt: at,
  createdAt: at,
  updatedAt: at,
  ...more
});

export const intent = (more: Partial<Intent> = {}): Intent => ({
  kind: 'create',
  marker: 'L1',
  attempt: 1,
  startedAt: at,
  ...more
});

export const issue = (more: Partial<OpenIssue> = {}): OpenIssue => ({
  state: 'retry',
  code: 'REJECTED',
  attempts: 1,
  leftHash: 'l',
  rightHash: '',
  notBefore: at,
  issues: [{ code: 'REJECTED', message: 'No.', nextStep: 'Do.' }],
  ...more
});

export const dispute = (field = 'amount'): Dispute => ({
  conflicts: [{ field, base: 1, left: 2, right: null, leftAt: at, rightAt: at, reason: 'bothChanged', since: at }],
  decisions: [{ field, keep: 'left', by: 'salesforce', at }]
});

export const line = (runId: string, rightKey = 'R1'): Omit<JournalLine, 'leftKey'> => ({
  runId,
  rightKey,
  kind: 'updated',
  changes: [{ field: 'amount', to: 'right', oldValue: 1, newValue: null }],
  at
});

export const run = (id: string, seconds: number, more: Partial<StoredRun> = {}): StoredRun => ({
  id,
  startedAt: later(seconds),
  finishedAt: later(seconds + 1),
  outcome: 'success',
  summary: { n: seconds },
  ...more
});
