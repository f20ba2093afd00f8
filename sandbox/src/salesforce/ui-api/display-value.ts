import type { FieldSchema } from '../core/schema.js';

const locale = 'en-US';
const currency = new Intl.NumberFormat(locale, { style: 'currency', currency: 'USD' });

/** Value and its text in the user's locale, as the UI API and GraphQL give fields; null where the value reads as it is. */
export interface FieldValue {
  value: unknown;
  displayValue: string | null;
}

export function fieldValue(field: FieldSchema | undefined, value: unknown): FieldValue {
  return {
    value: value ?? null,
    displayValue: value === null || value === undefined ? null : displayValue(field, value)
  };
}

function displayValue(field: FieldSchema | undefined, value: unknown): string | null {
  switch (field?.type) {
    case 'currency':
      return currency.format(Number(value));
    case 'percent':
      return `${decimal(field, value)}%`;
    case 'double':
    case 'int':
      return decimal(field, value);
    case 'date':
      return new Date(`${String(value)}T00:00:00Z`).toLocaleDateString(locale, { timeZone: 'UTC' });
    case 'datetime':
      return new Date(String(value)).toLocaleString(locale, {
        timeZone: 'UTC',
        dateStyle: 'short',
        timeStyle: 'short'
      });
    case 'picklist':
      return label(field, String(value));
    case 'multipicklist':
      return String(value)
        .split(';')
        .map((part) => label(field, part))
        .join(';');
    default:
      return null;
  }
}

function decimal(field: FieldSchema, value: unknown): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: field.scale ?? 0 }).format(Number(value));
}

function label(field: FieldSchema, value: string): string {
  return field.picklist?.values.find((item) => item.value === value)?.label ?? value;
}
