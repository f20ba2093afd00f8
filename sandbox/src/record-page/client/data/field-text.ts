import { bootstrap } from '../bootstrap.js';
import type { FieldValue } from './representations.js';

const formats: Readonly<Record<string, (value: unknown) => string>> = {
  Boolean: (value) => (value === true ? 'Yes' : 'No'),
  Percent: (value) => `${String(value)}%`,
  Date: (value) => new Date(`${String(value)}T00:00:00`).toLocaleDateString(bootstrap.user.locale),
  DateTime: (value) =>
    new Date(String(value)).toLocaleString(bootstrap.user.locale, { timeZone: bootstrap.user.timeZone })
};

/** What the user reads: the display value where the server gives one, the value otherwise. */
export function fieldText(field: FieldValue | undefined, dataType = ''): string {
  if (field?.value === undefined || field.value === null) return '';
  return field.displayValue ?? formats[dataType]?.(field.value) ?? String(field.value);
}
