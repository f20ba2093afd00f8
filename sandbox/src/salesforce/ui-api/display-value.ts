import type { FieldSchema } from '../core/schema.js';

/** How the user reads values. */
export interface Formats {
  /** BCP 47, for example `en-GB`. */
  locale: string;
  /** IANA name, for example `Europe/Amsterdam`. */
  timeZone: string;
}

/** Value and its text in the user's locale, as the UI API and GraphQL give fields; null where the value reads as it is. */
export interface FieldValue {
  value: unknown;
  displayValue: string | null;
}

/** @param currency ISO code of the record, in an org with several currencies */
export function fieldValue(
  field: FieldSchema | undefined,
  value: unknown,
  formats: Formats,
  currency?: unknown
): FieldValue {
  if (value === null || value === undefined) return { value: null, displayValue: null };
  return { value, displayValue: displayValue(field, value, formats, currency) };
}

function displayValue(
  field: FieldSchema | undefined,
  value: unknown,
  formats: Formats,
  currency: unknown
): string | null {
  switch (field?.type) {
    case 'currency':
      return amount(Number(value), formats, currency);
    case 'percent':
      return `${decimal(field, value, formats)}%`;
    case 'double':
    case 'int':
      return decimal(field, value, formats);
    case 'date':
      return new Date(`${String(value)}T00:00:00Z`).toLocaleDateString(formats.locale, { timeZone: 'UTC' });
    case 'datetime':
      return instant(String(value), formats);
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

/** With several currencies the code stands in front (`EUR 25,000.00`), with one its symbol. */
function amount(value: number, { locale }: Formats, currency: unknown): string {
  const options = { style: 'currency', currency: 'USD' } as const;
  const several = typeof currency === 'string' ? ({ currency, currencyDisplay: 'code' } as const) : {};
  return new Intl.NumberFormat(locale, { ...options, ...several }).format(value).replaceAll('\u00a0', ' ');
}

function decimal(field: FieldSchema, value: unknown, { locale }: Formats): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: field.scale ?? 0 }).format(Number(value));
}

function instant(value: string, { locale, timeZone }: Formats): string {
  const text = new Date(value).toLocaleString(locale, { timeZone, dateStyle: 'short', timeStyle: 'short' });
  return text.replaceAll('\u202f', ' ');
}

function label(field: FieldSchema, value: string): string {
  return field.picklist?.values.find((item) => item.value === value)?.label ?? value;
}
