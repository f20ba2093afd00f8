import type { Dispute, OpenConflict, OpenIssue } from '../ledger/port.js';
import { labelOf } from '../mapping/convert.js';
import type { Mapping, RecordIssue } from '../mapping/types.js';
import type { JsonValue } from '../ports/json.js';
import { shownValue } from './audit.js';
import { issueOf } from './issues.js';
import type { FieldConflict } from './merge.js';
import type { IssueRow, SettledRow } from './ports.js';

/** Issues that need no row: a record that people took out of the exchange, or that is over, waits for nobody. */
const WITHOUT_ROW = new Set(['PAUSED', 'REQUEST_EXPIRED', 'REQUEST_DECLINED']);

export const conflictKey = (mapping: Mapping, leftKey: string, field: string): string =>
  `${leftKey}:${mapping.name}:conflict:${field}`;
const problemKey = (mapping: Mapping, leftKey: string, code: string): string =>
  `${leftKey}:${mapping.name}:problem:${code}`;

/** Where rows are made. */
export interface RowScope {
  mapping: Mapping;
  leftKey: string;
  /** ISO 8601 UTC. */
  at: string;
  labels: { left: string; right: string };
}

/** The values of one field's conflicts: a single one for a field, one per item for a list. */
function values(scope: RowScope, conflicts: readonly OpenConflict[], side: 'base' | 'left' | 'right'): JsonValue {
  const [first, ...others] = conflicts;
  if (first === undefined) return null;
  const all = conflicts.map((conflict) => conflict[side]).filter((value) => value !== null);
  const isList = scope.mapping.fields.find(({ name }) => name === first.field)?.type === 'list';
  return shownValue(scope.mapping, first.field, isList || others.length > 0 ? all : first[side]);
}

function conflictRow(scope: RowScope, field: string, dispute: Dispute, found: readonly FieldConflict[]): IssueRow {
  const { mapping, leftKey, labels, at } = scope;
  const known = dispute.conflicts.filter((conflict) => conflict.field === field);
  const conflict = found.find((one) => one.field === field);
  const name = labelOf(mapping, field);
  const issue = conflict ? issueOf.conflict(conflict, name, labels) : { code: 'CONFLICT', message: '', nextStep: '' };
  const waiting = conflict?.decision !== undefined && conflict.decision.refused === undefined;
  return {
    key: conflictKey(mapping, leftKey, field),
    kind: 'conflict',
    ...issue,
    at,
    field: name,
    left: values(scope, known, 'left'),
    right: values(scope, known, 'right'),
    base: values(scope, known, 'base'),
    leftAt: known[0]?.leftAt ?? '',
    rightAt: known[0]?.rightAt ?? '',
    ...(waiting ? { waiting } : {})
  };
}

/** Several issues of one cause are one row, which names all of them. */
function problemRows(scope: RowScope, issues: readonly RecordIssue[], open: OpenIssue | undefined): IssueRow[] {
  const codes = [...new Set(issues.map(({ code }) => code))].filter((code) => !WITHOUT_ROW.has(code));
  return codes.map((code): IssueRow => {
    const same = issues.filter((issue) => issue.code === code);
    const texts = (name: 'message' | 'nextStep'): string => [...new Set(same.map((issue) => issue[name]))].join(' ');
    return {
      key: problemKey(scope.mapping, scope.leftKey, code),
      kind: 'problem',
      code,
      message: texts('message'),
      nextStep: texts('nextStep'),
      at: scope.at,
      attempts: open?.attempts ?? 1,
      parked: open?.state === 'parked'
    };
  });
}

/** What waits for a person about a record: a row per field in conflict, and one per cause of anything else. */
export function issueRows(
  scope: RowScope,
  issues: readonly RecordIssue[],
  found: readonly FieldConflict[],
  dispute: Dispute | undefined,
  open: OpenIssue | undefined
): IssueRow[] {
  const fields = [...new Set((dispute?.conflicts ?? []).map(({ field }) => field))];
  const texts = new Set(
    found.map((conflict) => issueOf.conflict(conflict, labelOf(scope.mapping, conflict.field), scope.labels).message)
  );
  const others = issues.filter(({ message }) => !texts.has(message));
  return [
    ...fields.flatMap((field) => (dispute ? [conflictRow(scope, field, dispute, found)] : [])),
    ...problemRows(scope, others, open)
  ];
}

/** Rows that a decision of the command line has settled; those decided on the record say so themselves. */
export function settledRows(
  { mapping, leftKey }: Pick<RowScope, 'mapping' | 'leftKey'>,
  before: Dispute | undefined,
  after: Dispute | undefined
): SettledRow[] {
  const open = new Set(after?.conflicts.map(({ field }) => field));
  return (before?.decisions ?? [])
    .filter(({ field }) => !open.has(field))
    .map(({ field, keep, by }) => ({ key: conflictKey(mapping, leftKey, field), keep, by }));
}
