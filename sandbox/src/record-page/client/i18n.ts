import { bootstrap } from './bootstrap.js';

const { locale, timeZone, language } = bootstrap.user;

/** Date patterns of the locales the demo users have; others read as in the United States. */
const patterns: Readonly<
  Record<string, { short: string; medium: string; long: string; time: string; firstDay: string }>
> = {
  'en-US': { short: 'M/d/yyyy', medium: 'MMM d, yyyy', long: 'MMMM d, yyyy', time: 'h:mm a', firstDay: '1' },
  'nl-NL': { short: 'd-M-yyyy', medium: 'd MMM yyyy', long: 'd MMMM yyyy', time: 'HH:mm', firstDay: '2' },
  'en-GB': { short: 'dd/MM/yyyy', medium: 'd MMM yyyy', long: 'd MMMM yyyy', time: 'HH:mm', firstDay: '2' }
};

const pattern = patterns[locale] ?? patterns['en-US'];

/** Values of `@salesforce/i18n/*` that follow the user; the rest is the same in every locale above. */
export const i18n: Readonly<Record<string, string | undefined>> = {
  lang: language.replaceAll('_', '-'),
  locale,
  timeZone,
  firstDayOfWeek: pattern?.firstDay,
  'dateTime.shortDateFormat': pattern?.short,
  'dateTime.mediumDateFormat': pattern?.medium,
  'dateTime.longDateFormat': pattern?.long,
  'dateTime.shortTimeFormat': pattern?.time,
  'dateTime.shortDateTimeFormat': `${pattern?.short} ${pattern?.time}`
};

/** A custom label in the user's language; the organization's language stands in for what is not translated. */
export const translated = (label: Readonly<Record<string, string>>): string => label[language] ?? label['en_US'] ?? '';
