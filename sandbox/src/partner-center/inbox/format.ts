import type { Referral } from '../referrals/resource.js';
import type { Html } from '../http/html.js';
import { html } from '../http/html.js';

const LOCALE = 'en-GB';

export function money(value: number | null, currency: string | null): string {
  if (value === null) return '–';
  try {
    return new Intl.NumberFormat(LOCALE, {
      style: 'currency',
      currency: currency ?? 'XXX',
      currencyDisplay: 'code',
      maximumFractionDigits: 2,
      minimumFractionDigits: 0
    }).format(value);
  } catch {
    return `${value} ${currency ?? ''}`;
  }
}

const dayFormat = new Intl.DateTimeFormat(LOCALE, { dateStyle: 'medium', timeZone: 'UTC' });
const momentFormat = new Intl.DateTimeFormat(LOCALE, { dateStyle: 'medium', timeStyle: 'medium', timeZone: 'UTC' });

/** A UTC day, as the API stores closing dates. */
export function day(instant: string | null): Html {
  return instant === null
    ? html`–`
    : html`<time datetime="${instant}">${dayFormat.format(new Date(instant.slice(0, 10)))}</time>`;
}

/** A UTC moment. */
export function moment(instant: string | null): Html {
  return instant === null
    ? html`–`
    : html`<time datetime="${instant}">${momentFormat.format(new Date(`${instant.slice(0, 19)}Z`))}</time>`;
}

/** `YYYY-MM-DD` for a date input. */
export const dayValue = (instant: string | null): string => (instant ?? '').slice(0, 10);

/** Status with its substatus; the colour says nothing the words do not. */
export function pill(referral: Pick<Referral, 'status' | 'substatus'>): Html {
  const tone = `${referral.status}-${referral.substatus}`.toLowerCase();
  return html`<span class="pill pill-${tone}">${referral.status} · ${referral.substatus}</span>`;
}

/** `ProofOfConceptOrDemo` → `Proof of concept or demo`. */
export function words(code: string | null | undefined): string {
  if (!code || code === 'Unknown') return 'No help asked';
  const spaced = code.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}
