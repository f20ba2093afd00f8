/** Legal forms that one system writes and the other leaves out; the last words of a company's name. */
const LEGAL_FORMS = new Set(
  (
    'ab ag aps as asa bv co company corp corporation eurl gmbh inc incorporated kg kgaa limited llc llp lp ltd nv oy oyj plc ' +
    'pty sa sarl sas se spa srl'
  ).split(' ')
);

const words = (text: string): string[] =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    // Points inside an abbreviation: "B.V." is "bv".
    .replace(/(?<=\b\p{L})\.(?=\p{L}|\s|$)/gu, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');

/** A company's name without case, accents, punctuation and legal form: the same for the same company. Pure. */
export function companyKey(name: string): string {
  const parts = words(name);
  let end = parts.length;
  while (end > 1 && LEGAL_FORMS.has(parts[end - 1] ?? '')) end -= 1;
  return parts.slice(0, end).join(' ');
}

/** A postal code without case, blanks and dashes. */
export const postalKey = (code: string): string => code.toUpperCase().replace(/[^\p{L}\p{N}]/gu, '');

/** What names of the same company begin with in any notation: the first word as it is written. Letters and digits only. */
export const firstWord = (name: string): string | undefined => /^[\p{L}\p{N}]+/u.exec(name.trim())?.[0];
