import { contentHash, isEmpty } from '../mapping/compare.js';
import { labelOf } from '../mapping/convert.js';
import type { FieldRule, Mapping, RecordIssue } from '../mapping/types.js';
import type { JsonValue } from '../ports/json.js';
import type { FieldConflict } from './merge.js';
import type { FieldChange } from './plan.js';
import type { AuditEntry, RightRequest } from './ports.js';

/** Where and when entries are made. `epoch` names the agreement they follow from, so that the same change later is a new entry. */
export interface AuditScope {
  mapping: Mapping;
  leftKey: string;
  rightKey?: string;
  epoch: string;
  /** ISO 8601 UTC. */
  at: string;
  labels: { left: string; right: string };
}

type Draft = Omit<AuditEntry, 'key' | 'at' | 'fieldLabel'>;

/** The key follows from pair and content alone: a retry, in this run or another, writes the same entry and not a second one. */
function entry(scope: AuditScope, draft: Draft): AuditEntry {
  const { mapping, leftKey, rightKey, epoch, at } = scope;
  const { message: _message, correlationId: _id, ...content } = draft;
  const key = contentHash({ pair: [mapping.name, leftKey, rightKey ?? ''], epoch, content: content as JsonValue });
  return { key, at, ...draft, ...(draft.field === undefined ? {} : { fieldLabel: labelOf(mapping, draft.field) }) };
}

const NOT_SHOWN: JsonValue = null;

/** The words of the left side, where people read the trail, instead of the canonical choice. */
function choiceText(rule: FieldRule, value: JsonValue): JsonValue {
  const known = Object.entries(rule.left.values ?? {}).find(([text, choice]) => text !== '*' && choice === value);
  return known?.[0] ?? value;
}

/** A canonical value in the words of the left side, for people. */
export function shownValue(mapping: Mapping, field: string, value: JsonValue): JsonValue {
  const rule = mapping.fields.find(({ name }) => name === field);
  if (rule?.type === 'choice') return choiceText(rule, value);
  if (rule?.type !== 'list' || !Array.isArray(value)) return value ?? NOT_SHOWN;
  return value.map((item) =>
    typeof item === 'object' && item !== null && !Array.isArray(item) ? (item[rule.key ?? ''] ?? null) : item
  );
}

const shown = (scope: AuditScope, field: string, value: JsonValue): JsonValue =>
  shownValue(scope.mapping, field, value);

function announcement(scope: AuditScope, change: FieldChange): string | undefined {
  const rule = scope.mapping.fields.find(({ name }) => name === change.field);
  if (change.to !== 'right' || rule?.announce === undefined || !isEmpty(change.oldValue)) return undefined;
  return rule.announce.replace('{value}', String(shown(scope, change.field, change.newValue)));
}

/** One entry per field that was written. */
export function changeEntries(scope: AuditScope, changes: readonly FieldChange[]): AuditEntry[] {
  return changes.map((change) => {
    const target = change.to === 'right' ? scope.labels.right : scope.labels.left;
    return entry(scope, {
      direction: change.to === 'right' ? 'toRight' : 'toLeft',
      action: 'updated',
      field: change.field,
      oldValue: shown(scope, change.field, change.oldValue),
      newValue: shown(scope, change.field, change.newValue),
      outcome: 'success',
      message: announcement(scope, change) ?? `${labelOf(scope.mapping, change.field)}: updated in ${target}.`
    });
  });
}

/** A counterpart came into being, or was found again. */
export function couplingEntry(scope: AuditScope, action: 'created' | 'linked' | 'takenIn'): AuditEntry {
  const { right } = scope.labels;
  const words = {
    created: `created in ${right}`,
    linked: `linked to the existing record in ${right}`,
    takenIn: `taken in from ${right}`
  };
  return entry(scope, {
    direction: action === 'takenIn' ? 'toLeft' : 'toRight',
    action: action === 'linked' ? 'linked' : 'created',
    newValue: scope.rightKey ?? null,
    outcome: 'success',
    message: `${scope.mapping.right.entity} ${words[action]}.`.replace(/^./, (letter) => letter.toUpperCase())
  });
}

/** How a request was answered, by whomever. `acceptedAs` says what follows on a left record that had not answered yet. */
export function requestEntry(scope: AuditScope, state: RightRequest['state'], acceptedAs: string): AuditEntry {
  const { right } = scope.labels;
  const message = {
    waiting: `The deal waits for an answer in ${right}.`,
    accepted: `The deal was accepted in ${right}${acceptedAs === '' ? '' : `: ${acceptedAs}`}.`,
    declined: `The deal was declined in ${right}.`,
    expired: `The deal expired in ${right}, because nobody answered in time.`
  }[state];
  const outcome = state === 'expired' ? 'attention' : 'success';
  return entry(scope, { direction: 'none', action: 'checked', newValue: state, outcome, message });
}

/** Fields that are worth an entry of their own when a counterpart is created, for example that Microsoft was invited. */
export function creationEntries(scope: AuditScope, record: Readonly<Record<string, JsonValue>>): AuditEntry[] {
  const announced = scope.mapping.fields.filter(
    ({ announce, name }) => announce !== undefined && !isEmpty(record[name])
  );
  const changes = announced.map(({ name }): FieldChange => ({
    field: name,
    to: 'right',
    oldValue: null,
    newValue: record[name] ?? null
  }));
  return [couplingEntry(scope, 'created'), ...changeEntries(scope, changes)];
}

/** Both values of a conflict, whoever won. */
export function conflictEntry(scope: AuditScope, conflict: FieldConflict): AuditEntry {
  const { left, right } = scope.labels;
  const values = (value: JsonValue): string => JSON.stringify(shown(scope, conflict.field, value));
  const both = `${left} ${values(conflict.left)}, ${right} ${values(conflict.right)}`;
  const person = conflict.decision ? `, as ${conflict.decision.by} decided` : '';
  const kept =
    conflict.resolution === 'none'
      ? 'both sides keep their value'
      : `${scope.labels[conflict.resolution]} wins${person}`;
  return entry(scope, {
    direction: conflict.resolution === 'none' ? 'none' : conflict.resolution === 'left' ? 'toRight' : 'toLeft',
    action: 'conflict',
    field: conflict.field,
    oldValue: shown(scope, conflict.field, conflict.resolution === 'left' ? conflict.right : conflict.left),
    newValue: shown(scope, conflict.field, conflict.resolution === 'left' ? conflict.left : conflict.right),
    outcome: 'conflict',
    message: `${labelOf(scope.mapping, conflict.field)}: ${both}; ${kept}.`
  });
}

/** Why a record is not in step. */
export function issueEntry(
  scope: AuditScope,
  issues: readonly RecordIssue[],
  outcome: 'attention' | 'failed'
): AuditEntry {
  return entry(scope, {
    direction: 'none',
    action: 'checked',
    newValue: issues.map(({ code }) => code),
    outcome,
    message: issues.map(({ message, nextStep }) => `${message} ${nextStep}`).join(' ')
  });
}

/** Edits after closing: kept here, not sent. */
export function noteEntries(scope: AuditScope, changes: readonly FieldChange[]): AuditEntry[] {
  return changes.map((change) =>
    entry(scope, {
      direction: 'none',
      action: 'checked',
      field: change.field,
      oldValue: shown(scope, change.field, change.oldValue),
      newValue: shown(scope, change.field, change.newValue),
      outcome: 'attention',
      message: `${labelOf(scope.mapping, change.field)}: not sent, because the record is closed in ${scope.labels.right}.`
    })
  );
}
