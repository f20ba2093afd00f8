import LOCALE from '@salesforce/i18n/locale';
/** Stands where there is no figure. */
export const NOTHING = '–';
/** Quantities of Business Central have up to five decimals. */
export function quantity(value) {
  if (value === null || value === undefined) return NOTHING;
  return new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 5 }).format(value);
}
/** An amount with its currency; without a valid code the bare number. */
export function amount(value, currency) {
  if (value === null || value === undefined) return NOTHING;
  const options = /^[A-Z]{3}$/.test(currency)
    ? { style: 'currency', currency }
    : { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  return new Intl.NumberFormat(LOCALE, options).format(value);
}
/** A day `YYYY-MM-DD`, whatever the time zone. */
export function day(value) {
  if (!value) return NOTHING;
  return new Intl.DateTimeFormat(LOCALE, { dateStyle: 'medium', timeZone: 'UTC' }).format(
    new Date(`${value}T00:00:00Z`)
  );
}
/** Milliseconds of a stamp, as lightning-relative-date-time takes it. */
export const time = (stamp) => (stamp === '' ? undefined : Date.parse(stamp));
export const text = (field) => field?.value ?? '';
export const number = (field) => field?.value ?? null;
