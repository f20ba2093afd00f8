import NOT_IN_API from '@salesforce/label/c.Erp_Reason_NOT_IN_API';
import ANALYTICS_MISSING from '@salesforce/label/c.Erp_Reason_ANALYTICS_MISSING';
import NOT_READ from '@salesforce/label/c.Erp_Reason_NOT_READ';
import NO_NUMBER from '@salesforce/label/c.Erp_Reason_NO_NUMBER';
import NO_MATCH from '@salesforce/label/c.Erp_Reason_NO_MATCH';
import SEVERAL_MATCHES from '@salesforce/label/c.Erp_Reason_SEVERAL_MATCHES';
import NOT_STOCKED from '@salesforce/label/c.Erp_Reason_NOT_STOCKED';
import BLOCKED from '@salesforce/label/c.Erp_Reason_BLOCKED';
import INCOMPLETE from '@salesforce/label/c.Erp_Reason_INCOMPLETE';
import LEGACY_SERVICE from '@salesforce/label/c.Erp_Reason_LEGACY_SERVICE';

const REASONS: Readonly<Record<string, string>> = {
  NOT_IN_API,
  ANALYTICS_MISSING,
  NOT_READ,
  NO_NUMBER,
  NO_MATCH,
  SEVERAL_MATCHES,
  NOT_STOCKED,
  BLOCKED,
  INCOMPLETE,
  LEGACY_SERVICE
};

/** The sentence for a code of the service; a code that is not known here is shown as it is. */
export const reasonText = (code: string): string => (code === '' ? '' : (REASONS[code] ?? code));

/** Lines `name=value`, as the service keeps lists in long texts. */
export function readLines(lines: string): ReadonlyMap<string, string> {
  return new Map(
    lines.split('\n').flatMap((line): [string, string][] => {
      const at = line.indexOf('=');
      return at < 1 ? [] : [[line.slice(0, at), line.slice(at + 1).trim()]];
    })
  );
}
