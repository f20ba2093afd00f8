import type { JsonValue } from '../ports/json.js';
import type { FieldEnd, FieldRule } from './types.js';

const PLAIN_DATE = /^\d{4}-\d{2}-\d{2}$/;
/** Salesforce's REST API writes offsets without a colon (`+0000`), which ISO 8601 parsers refuse. */
const COLONLESS_OFFSET = /([+-]\d{2})(\d{2})$/;

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
  const number = typeof value === 'number' || typeof value === 'string' ? Number(value) : Number.NaN;
  return Number.isFinite(number) ? number + 0 : undefined;
}

function parseInstant(value: Exclude<JsonValue, null>): Date | undefined {
  if (typeof value !== 'string') return undefined;
  const date = new Date(value.trim().replace(COLONLESS_OFFSET, '$1:$2'));
  return Number.isNaN(date.getTime()) ? undefined : date;
}

function readDate(value: Exclude<JsonValue, null>): JsonValue | undefined {
  if (typeof value === 'string' && PLAIN_DATE.test(value.trim())) return value.trim();
  return parseInstant(value)?.toISOString().slice(0, 10);
}

function readChoice(value: Exclude<JsonValue, null>, _field: FieldRule, end: FieldEnd): JsonValue | undefined {
  if (typeof value === 'object') return undefined;
  const text = canonicalText(String(value));
  if (text === null || end.values === undefined) return text;
  const mapped = end.values[text];
  return mapped !== undefined ? mapped : end.values['*'];
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
  dateTime: (value) => parseInstant(value)?.toISOString(),
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
