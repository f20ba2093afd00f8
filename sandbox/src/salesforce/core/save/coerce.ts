import { normalizeId } from '../ids.js';
import { storedInstant } from '../org-clock.js';
import type { FieldSchema } from '../schema.js';
import { ApiError } from '../transport.js';

export type StoredValue = string | number | boolean | null;

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?$/;
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const MAX_INT = 2_147_483_647;

/**
 * A JSON value as the field stores it. An empty text is no value. Throws JSON_PARSER_ERROR for a value of another JSON type,
 * as the REST API does before it looks at any rule, and MALFORMED_ID for a reference that is not an id.
 */
export function coerce(field: FieldSchema, value: unknown): StoredValue {
  if (field.type === 'boolean') return coerceBoolean(field, value);
  if (value === null || value === undefined || value === '') return null;
  switch (field.type) {
    case 'int':
    case 'double':
    case 'currency':
    case 'percent':
      return coerceNumber(field, value);
    case 'date':
      return coerceDate(field, value);
    case 'datetime':
      return coerceInstant(field, value);
    case 'id':
    case 'reference':
      return coerceId(field, value);
    default:
      return coerceText(field, value);
  }
}

function coerceText(field: FieldSchema, value: unknown): string | null {
  if (typeof value !== 'string') throw wrongType(field, value);
  const trimmed = field.longText === true ? value.trimEnd() : value.trim();
  return trimmed === '' ? null : trimmed;
}

function coerceBoolean(field: FieldSchema, value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'string' && /^(true|false)$/i.test(value)) return value.toLowerCase() === 'true';
  throw wrongType(field, value);
}

function coerceNumber(field: FieldSchema, value: unknown): number {
  const number = typeof value === 'string' && NUMBER.test(value.trim()) ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) throw wrongType(field, value);
  if (field.type === 'int') {
    if (!Number.isInteger(number) || Math.abs(number) > MAX_INT) throw wrongType(field, value);
    return number;
  }
  const scale = field.scale ?? 0;
  const limit = 10 ** ((field.precision ?? 18) - scale);
  const rounded = roundHalfUp(number, scale);
  if (Math.abs(rounded) >= limit) {
    const text = `${field.label}: value outside of valid range on numeric field: ${String(value)}`;
    throw new ApiError(400, 'NUMBER_OUTSIDE_VALID_RANGE', text, [field.name]);
  }
  return rounded;
}

/** Salesforce rounds half away from zero to the field's decimal places. */
export function roundHalfUp(value: number, scale: number): number {
  const magnitude = shiftPoint(Math.round(shiftPoint(Math.abs(value), scale)), -scale);
  return value < 0 && magnitude !== 0 ? -magnitude : magnitude;
}

/** Moves the decimal point in the text of a number, which is exact where a multiplication is not: 1.005 becomes 100.5. */
function shiftPoint(value: number, places: number): number {
  const [digits = '0', exponent = '0'] = String(value).split('e');
  return Number(`${digits}e${String(Number(exponent) + places)}`);
}

function coerceDate(field: FieldSchema, value: unknown): string {
  if (typeof value !== 'string') throw wrongType(field, value);
  const day = INSTANT.test(value) ? value.slice(0, 10) : value;
  if (!isCalendarDay(day)) throw wrongType(field, value);
  return day;
}

export function isCalendarDay(value: string): boolean {
  const parts = DATE.exec(value);
  if (parts === null) return false;
  const instant = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(value);
}

function coerceInstant(field: FieldSchema, value: unknown): string {
  if (typeof value !== 'string') throw wrongType(field, value);
  const instant = parseInstant(value);
  if (instant === undefined) throw wrongType(field, value);
  return storedInstant(instant);
}

/** ISO 8601 with `Z`, `+01:00`, `+0100` or without an offset, which means UTC; a bare day is its midnight. */
export function parseInstant(value: string): Date | undefined {
  const text = isCalendarDay(value) ? `${value}T00:00:00Z` : value;
  if (!INSTANT.test(text) || !isCalendarDay(text.slice(0, 10))) return undefined;
  const offset = /(Z|[+-]\d{2}:?\d{2})$/.exec(text.slice(11))?.[1];
  const normal = offset === undefined ? `${text}Z` : text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2');
  const instant = new Date(normal);
  return Number.isNaN(instant.getTime()) ? undefined : instant;
}

function coerceId(field: FieldSchema, value: unknown): string {
  if (typeof value !== 'string') throw wrongType(field, value);
  const id = normalizeId(value.trim());
  if (id === undefined) {
    throw new ApiError(400, 'MALFORMED_ID', `${field.label}: id value of incorrect type: ${value}`, [field.name]);
  }
  return id;
}

function wrongType(field: FieldSchema, value: unknown): ApiError {
  const type = field.type === 'int' ? 'int' : field.type;
  const shown = typeof value === 'object' && value !== null ? '' : ` value ${String(value)}`;
  return new ApiError(
    400,
    'JSON_PARSER_ERROR',
    `Cannot deserialize instance of ${type} from ${token(value)}${shown} or request may be missing a required field at [line:1, column:2]`
  );
}

/** Names of JSON tokens as the platform's parser gives them. */
function token(value: unknown): string {
  if (value === null || value === undefined) return 'VALUE_NULL';
  if (Array.isArray(value)) return 'START_ARRAY';
  if (typeof value === 'object') return 'START_OBJECT';
  if (typeof value === 'number') return Number.isInteger(value) ? 'VALUE_NUMBER_INT' : 'VALUE_NUMBER_FLOAT';
  if (typeof value === 'boolean') return value ? 'VALUE_TRUE' : 'VALUE_FALSE';
  return 'VALUE_STRING';
}
