import type { JsonValue } from '../ports/json.js';
import type { FieldEnd, FieldRule } from './types.js';

/** Digits, as JSON has them or with a sign; `Number` would also take hexadecimal and binary. */
const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/**
 * A day, or an instant with or without its zone. Salesforce's REST API writes offsets without a colon (`+0000`), which
 * ISO 8601 parsers refuse; without a zone they take the machine's, so the same value would be another day elsewhere.
 */
const MOMENT = /^(\d{4}-\d{2}-\d{2})(?:(T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(?:Z|([+-]\d{2}):?(\d{2}))?)?$/i;

/** What Business Central gives where a date is empty (its API v2.0); nothing else in either system is that old. */
const NO_DATE = '0001-01-01';

/** `undefined` means: the value could not be understood, so the field is left alone. */
type Reader = (value: Exclude<JsonValue, null>, field: FieldRule, end: FieldEnd) => JsonValue | undefined;

/** Printable ASCII without blanks at its ends, which is canonical already: most values of most records. */
const PLAIN_TEXT = /^[!-~](?:[ -~]*[!-~])?$/;

/** Trimmed, one line ending, composed characters: what systems change on their own must not look like an edit. */
export function canonicalText(value: string): string | null {
  const text = PLAIN_TEXT.test(value) ? value : value.replace(/\r\n?/g, '\n').normalize('NFC').trim();
  return text === '' ? null : text;
}

function readText(value: Exclude<JsonValue, null>, field: FieldRule): JsonValue | undefined {
  if (typeof value === 'object') return undefined;
  let text = canonicalText(String(value));
  const prefixes = field.stripPrefixes ?? [];
  let prefix = prefixes.find((candidate) => text?.startsWith(candidate));
  while (text !== null && prefix !== undefined) {
    text = canonicalText(text.slice(prefix.length));
    prefix = prefixes.find((candidate) => text?.startsWith(candidate));
  }
  return text;
}

/** Accepts numeric strings: the official PATCH example sends `dealValue` as "10000". */
function readNumber(value: Exclude<JsonValue, null>): JsonValue | undefined {
  if (typeof value === 'string' && value.trim() === '') return null;
  if (typeof value === 'string' && !DECIMAL.test(value.trim())) return undefined;
  const number = typeof value === 'number' || typeof value === 'string' ? Number(value) : Number.NaN;
  return Number.isFinite(number) ? number + 0 : undefined;
}

/** The moment in UTC, midnight for a day; `null` for an empty one, `undefined` for what is none, such as 30 February. */
function readMoment(value: Exclude<JsonValue, null>): Date | null | undefined {
  const text = typeof value === 'string' ? value.trim() : '';
  if (text === '') return typeof value === 'string' ? null : undefined;
  const [, day, time = 'T00:00', hours = '+00', minutes = '00'] = MOMENT.exec(text) ?? [];
  if (day === undefined) return undefined;
  const midnight = new Date(`${day}T00:00Z`);
  const date = new Date(`${day}${time}${hours}:${minutes}`);
  if (Number.isNaN(date.getTime()) || midnight.toISOString().slice(0, 10) !== day) return undefined;
  if (day === NO_DATE) return null;
  // An offset may lead out of the years of four digits, which is all that either system takes.
  return /^\d{4}-/.test(date.toISOString()) ? date : undefined;
}

const readInstant = (value: Exclude<JsonValue, null>): JsonValue | undefined => {
  const moment = readMoment(value);
  return moment ? moment.toISOString() : moment;
};

const readDate = (value: Exclude<JsonValue, null>): JsonValue | undefined => {
  const moment = readMoment(value);
  return moment ? moment.toISOString().slice(0, 10) : moment;
};

function readChoice(value: Exclude<JsonValue, null>, _field: FieldRule, end: FieldEnd): JsonValue | undefined {
  if (typeof value === 'object') return undefined;
  const text = canonicalText(String(value));
  if (text === null || end.values === undefined) return text;
  return Object.hasOwn(end.values, text) ? end.values[text] : end.values['*'];
}

const readers: Record<Exclude<FieldRule['type'], 'list'>, Reader> = {
  text: readText,
  number: readNumber,
  // ISO 4217 is ASCII; upper case of other letters is not stable (some grow into several characters), so they stay as they are.
  currencyCode: (value) =>
    typeof value === 'string'
      ? (canonicalText(value)?.replace(/[a-z]/g, (letter) => letter.toUpperCase()) ?? null)
      : undefined,
  // Two-valued on purpose: a Salesforce checkbox has no null, so null and false have to be the same value.
  boolean: (value) => (typeof value === 'boolean' ? value : undefined),
  date: readDate,
  dateTime: readInstant,
  choice: readChoice
};

/** System value → canonical value of a field that is not a list; `undefined` when it cannot be understood. */
export function readScalar(value: JsonValue, field: FieldRule, end: FieldEnd): JsonValue | undefined {
  if (field.type === 'list') return undefined;
  if (value === null || value === '') return field.type === 'boolean' ? false : null;
  return readers[field.type](value, field, end);
}

/** The system value of a canonical choice, or `undefined` when this side has none. */
function writeChoice(value: JsonValue, end: FieldEnd): JsonValue | undefined {
  if (end.values === undefined) return value;
  const found = Object.entries(end.values).find(([name, canonical]) => name !== '*' && canonical === value);
  if (found) return found[0];
  return value === null ? null : undefined;
}

/**
 * Canonical value → system value of a field that is not a list; `undefined` when the side cannot hold it.
 * A date becomes noon UTC where an instant is kept: midnight would show as the day before in the Americas.
 */
export function writeScalar(value: JsonValue, field: FieldRule, end: FieldEnd): JsonValue | undefined {
  if (field.type === 'choice') return writeChoice(value, end);
  if (field.type === 'date' && end.format === 'instant' && typeof value === 'string') return `${value}T12:00:00.000Z`;
  return value;
}
