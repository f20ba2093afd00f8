import CONTACT_MISSING from '@salesforce/label/c.Cosell_Issue_CONTACT_MISSING';
import CONTACT_MISSING_STEP from '@salesforce/label/c.Cosell_Step_CONTACT_MISSING';
import CONTACT_INCOMPLETE from '@salesforce/label/c.Cosell_Issue_CONTACT_INCOMPLETE';
import CONTACT_INCOMPLETE_STEP from '@salesforce/label/c.Cosell_Step_CONTACT_INCOMPLETE';
import COUNTRY_NOT_TWO_LETTERS from '@salesforce/label/c.Cosell_Issue_COUNTRY_NOT_TWO_LETTERS';
import COUNTRY_NOT_TWO_LETTERS_STEP from '@salesforce/label/c.Cosell_Step_COUNTRY_NOT_TWO_LETTERS';
import ADDRESS_INCOMPLETE from '@salesforce/label/c.Cosell_Issue_ADDRESS_INCOMPLETE';
import ADDRESS_INCOMPLETE_STEP from '@salesforce/label/c.Cosell_Step_ADDRESS_INCOMPLETE';
import SOLUTION_MISSING from '@salesforce/label/c.Cosell_Issue_SOLUTION_MISSING';
import SOLUTION_MISSING_STEP from '@salesforce/label/c.Cosell_Step_SOLUTION_MISSING';
import TEAM_INCOMPLETE from '@salesforce/label/c.Cosell_Issue_TEAM_INCOMPLETE';
import TEAM_INCOMPLETE_STEP from '@salesforce/label/c.Cosell_Step_TEAM_INCOMPLETE';
import AMOUNT_MISSING from '@salesforce/label/c.Cosell_Issue_AMOUNT_MISSING';
import AMOUNT_MISSING_STEP from '@salesforce/label/c.Cosell_Step_AMOUNT_MISSING';
import CLOSE_DATE_MISSING from '@salesforce/label/c.Cosell_Issue_CLOSE_DATE_MISSING';
import CLOSE_DATE_MISSING_STEP from '@salesforce/label/c.Cosell_Step_CLOSE_DATE_MISSING';
import CURRENCY_MISSING from '@salesforce/label/c.Cosell_Issue_CURRENCY_MISSING';
import CURRENCY_MISSING_STEP from '@salesforce/label/c.Cosell_Step_CURRENCY_MISSING';
import ACCOUNT_MISSING from '@salesforce/label/c.Cosell_Issue_ACCOUNT_MISSING';
import ACCOUNT_MISSING_STEP from '@salesforce/label/c.Cosell_Step_ACCOUNT_MISSING';
import REJECTED from '@salesforce/label/c.Cosell_Issue_REJECTED';
import REJECTED_STEP from '@salesforce/label/c.Cosell_Step_REJECTED';
import CONFLICT from '@salesforce/label/c.Cosell_Issue_CONFLICT';
import CONFLICT_STEP from '@salesforce/label/c.Cosell_Step_CONFLICT';
import REFERRAL_CLOSED from '@salesforce/label/c.Cosell_Issue_REFERRAL_CLOSED';
import REFERRAL_CLOSED_STEP from '@salesforce/label/c.Cosell_Step_REFERRAL_CLOSED';
import COUNTERPART_GONE from '@salesforce/label/c.Cosell_Issue_COUNTERPART_GONE';
import COUNTERPART_GONE_STEP from '@salesforce/label/c.Cosell_Step_COUNTERPART_GONE';
import COUPLED_ELSEWHERE from '@salesforce/label/c.Cosell_Issue_COUPLED_ELSEWHERE';
import COUPLED_ELSEWHERE_STEP from '@salesforce/label/c.Cosell_Step_COUPLED_ELSEWHERE';
import CLOSED from '@salesforce/label/c.Cosell_Issue_CLOSED';
import CLOSED_STEP from '@salesforce/label/c.Cosell_Step_CLOSED';
import ALREADY_SET from '@salesforce/label/c.Cosell_Issue_ALREADY_SET';
import ALREADY_SET_STEP from '@salesforce/label/c.Cosell_Step_ALREADY_SET';
import WORKER_LOST from '@salesforce/label/c.Cosell_Issue_WORKER_LOST';
import WORKER_LOST_STEP from '@salesforce/label/c.Cosell_Step_WORKER_LOST';
import SYSTEM_BUSY from '@salesforce/label/c.Cosell_Issue_SYSTEM_BUSY';
import SYSTEM_BUSY_STEP from '@salesforce/label/c.Cosell_Step_SYSTEM_BUSY';
import INTERNAL from '@salesforce/label/c.Cosell_Issue_INTERNAL';
import INTERNAL_STEP from '@salesforce/label/c.Cosell_Step_INTERNAL';
import REGISTRATION_INCOMPLETE from '@salesforce/label/c.Cosell_Issue_REGISTRATION_INCOMPLETE';
import REGISTRATION_INCOMPLETE_STEP from '@salesforce/label/c.Cosell_Step_REGISTRATION_INCOMPLETE';
import REGISTRATION_END_MISSING from '@salesforce/label/c.Cosell_Issue_REGISTRATION_END_MISSING';
import REGISTRATION_END_MISSING_STEP from '@salesforce/label/c.Cosell_Step_REGISTRATION_END_MISSING';
import REGISTRATION_VALUE_TOO_LOW from '@salesforce/label/c.Cosell_Issue_REGISTRATION_VALUE_TOO_LOW';
import REGISTRATION_VALUE_TOO_LOW_STEP from '@salesforce/label/c.Cosell_Step_REGISTRATION_VALUE_TOO_LOW';
import REGISTRATION_SIGNED_TOO_LONG_AGO from '@salesforce/label/c.Cosell_Issue_REGISTRATION_SIGNED_TOO_LONG_AGO';
import REGISTRATION_SIGNED_TOO_LONG_AGO_STEP from '@salesforce/label/c.Cosell_Step_REGISTRATION_SIGNED_TOO_LONG_AGO';
import REGISTRATION_SOLUTION_UNCLEAR from '@salesforce/label/c.Cosell_Issue_REGISTRATION_SOLUTION_UNCLEAR';
import REGISTRATION_SOLUTION_UNCLEAR_STEP from '@salesforce/label/c.Cosell_Step_REGISTRATION_SOLUTION_UNCLEAR';
import REGISTRATION_NOT_SHARED from '@salesforce/label/c.Cosell_Issue_REGISTRATION_NOT_SHARED';
import REGISTRATION_NOT_SHARED_STEP from '@salesforce/label/c.Cosell_Step_REGISTRATION_NOT_SHARED';

/** What keeps the opportunity from being in step, and what to do. */
export interface Issue {
  key: string;
  text: string;
  step: string;
}

/** Texts by issue code, translatable; the service's own text is the fallback. */
const ISSUES: Readonly<Record<string, readonly [text: string, step: string]>> = {
  CONTACT_MISSING: [CONTACT_MISSING, CONTACT_MISSING_STEP],
  CONTACT_INCOMPLETE: [CONTACT_INCOMPLETE, CONTACT_INCOMPLETE_STEP],
  COUNTRY_NOT_TWO_LETTERS: [COUNTRY_NOT_TWO_LETTERS, COUNTRY_NOT_TWO_LETTERS_STEP],
  ADDRESS_INCOMPLETE: [ADDRESS_INCOMPLETE, ADDRESS_INCOMPLETE_STEP],
  SOLUTION_MISSING: [SOLUTION_MISSING, SOLUTION_MISSING_STEP],
  TEAM_INCOMPLETE: [TEAM_INCOMPLETE, TEAM_INCOMPLETE_STEP],
  AMOUNT_MISSING: [AMOUNT_MISSING, AMOUNT_MISSING_STEP],
  CLOSE_DATE_MISSING: [CLOSE_DATE_MISSING, CLOSE_DATE_MISSING_STEP],
  CURRENCY_MISSING: [CURRENCY_MISSING, CURRENCY_MISSING_STEP],
  ACCOUNT_MISSING: [ACCOUNT_MISSING, ACCOUNT_MISSING_STEP],
  REJECTED: [REJECTED, REJECTED_STEP],
  CONFLICT: [CONFLICT, CONFLICT_STEP],
  REFERRAL_CLOSED: [REFERRAL_CLOSED, REFERRAL_CLOSED_STEP],
  COUNTERPART_GONE: [COUNTERPART_GONE, COUNTERPART_GONE_STEP],
  COUPLED_ELSEWHERE: [COUPLED_ELSEWHERE, COUPLED_ELSEWHERE_STEP],
  CLOSED: [CLOSED, CLOSED_STEP],
  ALREADY_SET: [ALREADY_SET, ALREADY_SET_STEP],
  WORKER_LOST: [WORKER_LOST, WORKER_LOST_STEP],
  SYSTEM_BUSY: [SYSTEM_BUSY, SYSTEM_BUSY_STEP],
  INTERNAL: [INTERNAL, INTERNAL_STEP],
  REGISTRATION_INCOMPLETE: [REGISTRATION_INCOMPLETE, REGISTRATION_INCOMPLETE_STEP],
  REGISTRATION_END_MISSING: [REGISTRATION_END_MISSING, REGISTRATION_END_MISSING_STEP],
  REGISTRATION_VALUE_TOO_LOW: [REGISTRATION_VALUE_TOO_LOW, REGISTRATION_VALUE_TOO_LOW_STEP],
  REGISTRATION_SIGNED_TOO_LONG_AGO: [REGISTRATION_SIGNED_TOO_LONG_AGO, REGISTRATION_SIGNED_TOO_LONG_AGO_STEP],
  REGISTRATION_SOLUTION_UNCLEAR: [REGISTRATION_SOLUTION_UNCLEAR, REGISTRATION_SOLUTION_UNCLEAR_STEP],
  REGISTRATION_NOT_SHARED: [REGISTRATION_NOT_SHARED, REGISTRATION_NOT_SHARED_STEP]
};

/** Codes about which the service's own line says more than any label can: which field was refused, and why. */
const WITH_DETAIL = new Set(['REJECTED']);

const parts = (text: string, separator: RegExp): string[] =>
  text
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** Whether the labels say as much about the issue as the service's own line would. */
const isLabelEnough = (code: string): boolean => code in ISSUES && !WITH_DETAIL.has(code);

function fromLabels(code: string, index: number): Issue {
  const [text, step] = ISSUES[code] ?? [code, ''];
  return { key: `${index} ${code}`, text, step };
}

const fromLine = (text: string, index: number): Issue => ({ key: `${index} ${text}`, text, step: '' });

/** The cause in the user's language, and under it the service's line; that line alone when the cause has no label. */
function withDetail(code: string, line: string, index: number): Issue {
  const [text] = ISSUES[code] ?? [line];
  return { key: `${index} ${code}`, text, step: text === line ? '' : line };
}

/** Whether nothing is wrong but that a deal waits for the rep's answer. */
export const isOnlyWaiting = (codes: string): boolean => parts(codes, /;/).join() === 'AWAITING_ANSWER';

/** What a code means, in the user's language; undefined for codes that came with a newer service or an own mapping. */
export function issueTexts(code: string): { text: string; step: string } | undefined {
  const [text, step] = ISSUES[code] ?? [];
  return text === undefined || step === undefined ? undefined : { text, step };
}

/**
 * @param codes Cosell_Issue_Codes__c: codes separated by semicolons, each once
 * @param message Cosell_Sync_Message__c: one line per issue, in the order of the codes; several may share a code
 */
export function readIssues(codes: string, message: string): Issue[] {
  const known = parts(codes, /;/);
  const lines = parts(message, /\r?\n/);
  if (known.length === 0) return lines.map(fromLine);
  if (lines.length === 0 || known.every(isLabelEnough)) return known.map(fromLabels);
  if (lines.length !== known.length) return lines.map(fromLine);
  return known.map((code, index) =>
    isLabelEnough(code) ? fromLabels(code, index) : withDetail(code, lines[index] ?? '', index)
  );
}
