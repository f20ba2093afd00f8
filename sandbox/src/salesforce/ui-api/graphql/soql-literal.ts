import type { FieldSchema } from '../../core/schema.js';
import { ApiError } from '../../core/transport.js';

/** Date and date-time operands: a value, a literal such as TODAY, or a range such as `{ last_n_days: 30 }`. */
interface DateOperand {
  value?: unknown;
  literal?: unknown;
  range?: Readonly<Record<string, unknown>>;
}

/** SOQL date literals without a number, as the enumeration `DateLiteral` of the schema names them. */
export const dateLiterals = [
  'YESTERDAY',
  'TODAY',
  'TOMORROW',
  'LAST_WEEK',
  'THIS_WEEK',
  'NEXT_WEEK',
  'LAST_MONTH',
  'THIS_MONTH',
  'NEXT_MONTH',
  'LAST_90_DAYS',
  'NEXT_90_DAYS',
  'THIS_QUARTER',
  'LAST_QUARTER',
  'NEXT_QUARTER',
  'THIS_YEAR',
  'LAST_YEAR',
  'NEXT_YEAR'
] as const;

/** SOQL date literals with a number. */
export const dateRanges = [
  'last_n_days',
  'next_n_days',
  'last_n_weeks',
  'next_n_weeks',
  'last_n_months',
  'next_n_months'
] as const;

const patterns: Readonly<Record<string, RegExp>> = {
  date: /^\d{4}-\d{2}-\d{2}$/,
  datetime: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:?\d{2})$/
};

const numeric = new Set(['int', 'double', 'currency', 'percent']);

export function soqlLiteral(field: FieldSchema, operand: unknown): string {
  if (operand === null || operand === undefined) return 'null';
  const pattern = patterns[field.type];
  if (pattern) return dateLiteral(field, pattern, typeof operand === 'object' ? operand : { value: operand });
  if (field.type === 'boolean') return operand === true || operand === 'true' ? 'true' : 'false';
  if (numeric.has(field.type)) return number(field, operand);
  return quote(String(operand));
}

/** `like` keeps `\%` and `\_`, which mean the characters themselves. */
export function quote(text: string, like = false): string {
  const escaped = text.replace(like ? /\\(?![%_])|'/g : /['\\]/g, '\\$&');
  return `'${escaped.replaceAll('\n', '\\n').replaceAll('\r', '\\r')}'`;
}

function number(field: FieldSchema, operand: unknown): string {
  const value = Number(operand);
  if (!Number.isFinite(value)) throw malformed(field, operand);
  return String(value);
}

function dateLiteral(field: FieldSchema, pattern: RegExp, operand: DateOperand): string {
  if (operand.literal !== undefined && operand.literal !== null) {
    if (!dateLiterals.some((name) => name === operand.literal)) throw malformed(field, operand.literal);
    return String(operand.literal);
  }
  const [range] = Object.entries(operand.range ?? {}).filter(([, count]) => count !== undefined && count !== null);
  if (range) {
    if (!dateRanges.some((name) => name === range[0]) || !Number.isInteger(range[1])) throw malformed(field, range[0]);
    return `${range[0].toUpperCase()}:${Number(range[1])}`;
  }
  if (operand.value === null || operand.value === undefined) return 'null';
  if (!pattern.test(String(operand.value))) throw malformed(field, operand.value);
  return String(operand.value);
}

function malformed(field: FieldSchema, value: unknown): ApiError {
  return new ApiError(
    400,
    'INVALID_FIELD',
    `value of filter criterion for field '${field.name}' must be of type ${field.type}: ${String(value)}`
  );
}
