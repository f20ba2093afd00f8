import { ticksOf } from '../../partner-center/core/clock.js';
import type { Property } from '../contract/model.js';
import { ApiFault, badRequest } from '../core/errors.js';
import type { Json } from '../core/values.js';
import { memberOf } from './enum-names.js';
import type { Token } from './filter-tokens.js';

/** A value of a filter, ready to be compared with what `comparable` makes of a row's field. */
export type Literal = string | number | bigint | boolean;

const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const DATE = /^\d{4}-\d\d-\d\d$/;

type Reader = (token: Token, field: Property) => Literal | undefined;

const word =
  (read: (text: string) => Literal | undefined): Reader =>
  (token) =>
    token.kind === 'word' ? read(token.text) : undefined;

const wholeOrDecimal = (text: string): number | undefined => (/^-?\d+(\.\d+)?$/.test(text) ? Number(text) : undefined);

/** Strings stand in quotes; guids, dates, numbers and truth values stand bare (filter expressions in OData addresses). */
const READERS: Readonly<Record<string, Reader>> = {
  String: (token) => (token.kind === 'string' ? token.text : undefined),
  Guid: word((text) => (GUID.test(text) ? text.toLowerCase() : undefined)),
  Decimal: word(wholeOrDecimal),
  Int32: word(wholeOrDecimal),
  Int64: word(wholeOrDecimal),
  Boolean: word((text) => (text === 'true' || text === 'false' ? text === 'true' : undefined)),
  Date: word((text) => (DATE.test(text) ? text : undefined)),
  DateTimeOffset: word((text) => (text.includes('T') ? ticks(text) : undefined))
};

/** Reads a literal for a field. Throws 400 when it has another type, or is longer than the field. */
export function literalOf(token: Token, field: Property): Literal {
  const read: Reader =
    READERS[field.type] ?? ((given) => (given.kind === 'string' ? memberOf(field, given.text) : undefined));
  const value = read(token, field);
  if (value === undefined) {
    throw badRequest(
      `The value '${token.text}' cannot be compared with the field '${field.name}' of type '${field.type}'.`
    );
  }
  if (typeof value === 'string' && field.maxLength !== undefined && value.length > field.maxLength) {
    throw new ApiFault(
      400,
      'Application_FilterErrorException',
      `The filter "='${value}'" is not valid for the ${field.name} field. The length of the string is ${value.length}, but it must be less than or equal to ${field.maxLength} characters. Value: ${value}`
    );
  }
  return value;
}

/** What a row's value is compared as. */
export function comparable(value: Json | undefined, field: Property): Literal {
  if (field.type === 'DateTimeOffset') return ticks(String(value)) ?? 0n;
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  return typeof value === 'string' ? value : '';
}

/** 100-nanosecond ticks; years before 1970 are negative. */
function ticks(text: string): bigint | undefined {
  try {
    return ticksOf(text);
  } catch {
    return undefined;
  }
}
