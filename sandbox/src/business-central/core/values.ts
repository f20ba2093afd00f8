import type { EntitySet, Property } from '../contract/model.js';

export type Json = string | number | boolean | null | Json[] | { [member: string]: Json };

/** A row's fields. Names that begin with `$` are the application's own and never leave the service. */
export type Values = Readonly<Record<string, Json>>;
export type MutableValues = Record<string, Json>;

/** How the service writes "no value" (resource pages of API v2.0). */
export const EMPTY_GUID = '00000000-0000-0000-0000-000000000000';
export const EMPTY_DATE = '0001-01-01';
export const EMPTY_INSTANT = '0001-01-01T00:00:00Z';

const EMPTY: Readonly<Record<string, Json>> = {
  String: '',
  Guid: EMPTY_GUID,
  Date: EMPTY_DATE,
  DateTimeOffset: EMPTY_INSTANT,
  Boolean: false,
  Decimal: 0,
  Int32: 0,
  Int64: 0
};

/** The value of a field that nobody filled. */
export const emptyValue = (property: Property): Json => EMPTY[property.type] ?? property.members?.[0] ?? null;

export function emptyRow(set: EntitySet): MutableValues {
  const stored = [...set.properties.values()].filter(({ type }) => type !== 'Stream');
  return Object.fromEntries(stored.map((property) => [property.name, emptyValue(property)]));
}

export const text = (values: Values, name: string): string => {
  const value = values[name];
  return typeof value === 'string' ? value : '';
};

export const number = (values: Values, name: string): number => {
  const value = values[name];
  return typeof value === 'number' ? value : 0;
};

/** Two decimals, halves away from zero, as amounts are rounded. */
export const money = (amount: number): number =>
  (Math.sign(amount) * Math.round(Math.abs(amount) * 100 + 1e-7)) / 100 || 0;

/** Five decimals, as quantities are kept. */
export const quantity = (amount: number): number => Math.round(amount * 100_000) / 100_000 || 0;

export const isEmptyGuid = (value: Json | undefined): boolean =>
  value === undefined || value === null || value === '' || value === EMPTY_GUID;

export const dateOf = (milliseconds: number): string => new Date(milliseconds).toISOString().slice(0, 10);

export const addDays = (date: string, days: number): string =>
  dateOf(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000);
