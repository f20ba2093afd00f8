import { toCanonical, toPathValues } from '../../plugin/src/mapping/index.js';
import type { FieldRule, FieldType, Mapping, Side } from '../../plugin/src/mapping/types.js';
import type { JsonValue } from '../../plugin/src/ports/json.js';

const field = (type: FieldType, more: Partial<FieldRule> = {}): FieldRule => ({
  ...{ name: 'value', type, direction: 'both', rule: 'newest', onCreateOnly: false },
  ...{ left: { path: 'value' }, right: { path: 'value' } },
  ...more
});

/** A mapping of one field. */
export const mappingOf = (rule: FieldRule): Mapping => ({
  name: 'forms',
  left: { entity: 'Left' },
  right: { entity: 'Right' },
  fields: [rule],
  preflight: []
});

/** A system value in canonical form. */
export const read = (rule: FieldRule, side: Side, value: JsonValue): JsonValue | undefined =>
  toCanonical(mappingOf(rule), side, { value })['value'];

/** A canonical value as a side holds it. */
export const write = (rule: FieldRule, side: Side, value: JsonValue): JsonValue | undefined =>
  toPathValues(mappingOf(rule), side, { value })['value'];

const item = { id: 'Id', name: 'Name' };
/** A field of every type, with the rule that decides how its values are compared. */
export const RULES = {
  text: field('text'),
  number: field('number'),
  currency: field('currencyCode'),
  boolean: field('boolean'),
  date: field('date', { right: { path: 'value', format: 'instant' } }),
  dateTime: field('dateTime'),
  choice: field('choice', {
    left: { path: 'value', values: { Open: 'open', Won: 'won', None: null } },
    right: { path: 'value', values: { 1: 'open', 2: 'won' } }
  }),
  list: field('list', { key: 'id', left: { path: 'value', item }, right: { path: 'value', item } }),
  keys: field('list', { key: 'id', compare: 'key', left: { path: 'value', item }, right: { path: 'value', item } })
} as const satisfies Record<string, FieldRule>;
export type Kind = keyof typeof RULES;
