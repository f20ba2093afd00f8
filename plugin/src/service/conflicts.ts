import type { Decision, Dispute, LedgerEntry, OpenConflict, OpenIssue } from '../ledger/index.js';
import { isEmpty } from '../mapping/compare.js';
import { labelOf } from '../mapping/convert.js';
import type { Mapping, Side } from '../mapping/types.js';
import { CosellError } from '../ports/errors.js';
import type { JsonValue } from '../ports/json.js';
import type { Desk } from './desk.js';
import { entriesOf, hurry, longId } from './desk.js';

/** Disputes read from the ledger at a time, and records listed in a result. */
const PAGE = 1000;

/** The issue of a record that waits for the next run to carry out a decision. */
const DECIDED = 'DECIDED';

export interface ConflictEntry {
  key: string;
  /** Name in the mapping, and for people. */
  field: string;
  label: string;
  agreed: JsonValue;
  salesforce: JsonValue;
  partnerCenter: JsonValue;
  /** ISO 8601 UTC. */
  salesforceChangedAt: string;
  partnerCenterChangedAt: string;
  reason: OpenConflict['reason'];
  since: string;
  /** A decision that the next run carries out. */
  decision: { keep: KeptSide; by: string; at: string } | null;
}

export interface ConflictList {
  mapping: string;
  /** Records with a conflict that were looked at; at most 1,000. */
  records: number;
  conflicts: ConflictEntry[];
}

/** Whose value to keep, as people name it. */
export type KeptSide = 'salesforce' | 'partner-center';
const sides: Readonly<Record<KeptSide, Side>> = { salesforce: 'left', 'partner-center': 'right' };
const labels: Readonly<Record<Side, string>> = { left: 'Salesforce', right: 'Partner Center' };
const nameOf = (side: Side): KeptSide => (side === 'left' ? 'salesforce' : 'partner-center');

function shown(mapping: Mapping, key: string, { conflicts, decisions }: Dispute): ConflictEntry[] {
  return conflicts.map(({ field, base, left, right, leftAt, rightAt, reason, since }) => {
    const decision = decisions.find((one) => one.field === field);
    return {
      key,
      field,
      label: labelOf(mapping, field),
      agreed: base,
      salesforce: left,
      partnerCenter: right,
      salesforceChangedAt: leftAt,
      partnerCenterChangedAt: rightAt,
      reason,
      since,
      decision: decision ? { keep: nameOf(decision.keep), by: decision.by, at: decision.at } : null
    };
  });
}

/** Fields that wait for a person. */
export async function listConflicts({ ledger, mapping }: Desk): Promise<ConflictList> {
  const disputes = await ledger.disputes(mapping.name, { limit: PAGE });
  const conflicts = disputes.flatMap(({ leftKey, ...dispute }) => shown(mapping, leftKey, dispute));
  return { mapping: mapping.name, records: disputes.length, conflicts };
}

export interface DecisionInput {
  record: string;
  /** By its name in the mapping or for people. Absent: the only one in conflict, or all of them. */
  field?: string;
  allFields: boolean;
  keep: KeptSide;
  /** Who decides. */
  by: string;
}

export interface DecisionResult {
  mapping: string;
  key: string;
  keep: KeptSide;
  fields: { field: string; label: string; kept: JsonValue; givenUp: JsonValue }[];
}

const listed = (mapping: Mapping, fields: readonly string[]): string =>
  `In conflict are: ${fields.map((field) => `${field} (${labelOf(mapping, field)})`).join(', ')}.`;

function chosenFields(mapping: Mapping, key: string, open: readonly string[], input: DecisionInput): string[] {
  const { field, allFields } = input;
  if (allFields) return [...open];
  if (field === undefined) {
    if (open.length === 1) return [...open];
    throw new CosellError('FIELD_NEEDED', `Several fields of ${key} are in conflict; say which one is meant.`, [
      listed(mapping, open),
      'Name one with --field, or use --all-fields.'
    ]);
  }
  const wanted = field.toLowerCase();
  const found = open.find((name) => [name, labelOf(mapping, name)].some((text) => text.toLowerCase() === wanted));
  if (found !== undefined) return [found];
  throw new CosellError('FIELD_NOT_IN_CONFLICT', `The field ${field} of ${key} is not in conflict.`, [
    listed(mapping, open)
  ]);
}

/** A decision that the mapping never lets through is refused at once, and not by the next run. */
function mayBeKept(mapping: Mapping, conflict: OpenConflict, keep: Side): void {
  const name = conflict.field;
  const field = mapping.fields.find((rule) => rule.name === name);
  const target: Side = keep === 'left' ? 'right' : 'left';
  const direction = target === 'left' ? 'toLeft' : 'toRight';
  if (field?.rule === 'onlyIfEmpty' && !isEmpty(conflict[target])) {
    throw new CosellError(
      'CANNOT_BE_KEPT',
      `The value of ${labels[keep]} cannot be kept: ${labelOf(mapping, name)} cannot be changed in ${labels[target]} once it is set.`,
      [`Set ${labelOf(mapping, name)} back in ${labels[keep]} to the value that ${labels[target]} has.`]
    );
  }
  if (field === undefined || field.direction === 'both' || field.direction === direction) return;
  throw new CosellError(
    'CANNOT_BE_KEPT',
    `The value of ${labels[keep]} cannot be kept: ${labelOf(mapping, name)} is not written in ${labels[target]}.`,
    [`Keep the value of ${labels[target]}, or enter the right value on both sides.`]
  );
}

async function disputed(desk: Desk, record: string): Promise<LedgerEntry & { dispute: Dispute }> {
  const [entry] = await entriesOf(desk, [record]);
  if (entry?.dispute && entry.dispute.conflicts.length > 0) return { ...entry, dispute: entry.dispute };
  throw new CosellError('NO_CONFLICT', `No field of ${longId(record)} is in conflict.`, [
    'List the fields that are: sf cosell conflict list'
  ]);
}

/** Makes the next run look at the record; an issue that it has is tried again at the same time. */
function dueNow(issue: OpenIssue | undefined, now: string): OpenIssue {
  const waiting = { code: DECIDED, attempts: 0, leftHash: '', rightHash: '', issues: [] };
  return { ...(issue ?? waiting), state: 'retry', notBefore: now };
}

/**
 * Stores a person's decision; the next run carries it out, if the value given up is still the one listed.
 * @throws CosellError `RECORD_UNKNOWN`, `NO_CONFLICT`, `FIELD_NEEDED`, `FIELD_NOT_IN_CONFLICT`, `CANNOT_BE_KEPT`
 */
export async function resolveConflict(desk: Desk, input: DecisionInput): Promise<DecisionResult> {
  const { ledger, mapping, clock } = desk;
  const { leftKey, dispute, issue } = await disputed(desk, input.record);
  const keep = sides[input.keep];
  const open = [...new Set(dispute.conflicts.map(({ field }) => field))];
  const fields = chosenFields(mapping, leftKey, open, input);
  const given = dispute.conflicts.filter(({ field }) => fields.includes(field));
  for (const conflict of given) mayBeKept(mapping, conflict, keep);
  const at = new Date(clock.now()).toISOString();
  const others = dispute.decisions.filter(({ field }) => !fields.includes(field));
  const decisions = [...others, ...fields.map((field): Decision => ({ field, keep, by: input.by, at }))];
  await ledger.commit(mapping.name, [{ leftKey, dispute: { ...dispute, decisions }, issue: dueNow(issue, at) }]);
  await hurry(desk, [leftKey]);
  return {
    mapping: mapping.name,
    key: leftKey,
    keep: input.keep,
    fields: given.map(({ field, left, right }) => ({
      field,
      label: labelOf(mapping, field),
      kept: keep === 'left' ? left : right,
      givenUp: keep === 'left' ? right : left
    }))
  };
}
