import type { JsonObject, JsonValue } from '../../ports/json.js';
import type { RecordReport } from '../../sync/ports.js';
import { auditText } from './audit-text.js';
import {
  counterpartFields,
  firstText,
  leadCounterpartFields,
  valueAt,
  visibleField,
  visiblePath
} from './counterpart-fields.js';
import { isLeadKey, toldLeadFields } from './inbound/lead-record.js';
import { registrationStatusField } from './registration.js';
import { clip } from './text.js';

/** Lengths of the text fields, as the package defines them. */
const limits = { message: 4000, codes: 255 } as const;
const lastSync = 'Cosell_Last_Sync__c';
const times: ReadonlySet<string> = new Set([lastSync, 'Referral_Expires_On__c', 'ERP_Last_Sync__c']);

/** Whole codes only: half a code would be a wrong one. */
function issueCodes(codes: readonly string[]): string | null {
  let text = '';
  for (const code of new Set(codes)) {
    const longer = text === '' ? code : `${text};${code}`;
    if (longer.length > limits.codes) break;
    text = longer;
  }
  return text === '' ? null : text;
}

export function issueText(report: RecordReport): string | null {
  const lines = report.issues.map((issue) => `${issue.message} ${issue.nextStep}`.trim());
  return lines.length === 0 ? null : clip(lines.join('\n'), limits.message);
}

function fromCounterpart(report: RecordReport): JsonObject {
  const { counterpart, key } = report;
  if (!counterpart) return {};
  const shown = isLeadKey(key) ? leadCounterpartFields : counterpartFields;
  const fields: JsonObject = { Referral_Identifier__c: counterpart.key, Referral_Link__c: counterpart.link };
  for (const [field, paths] of Object.entries(shown)) fields[field] = firstText(counterpart.document, paths);
  if (valueAt(counterpart.document, visiblePath) === true) fields[visibleField] = true;
  if (registrationStatusField in report.left.document)
    fields[registrationStatusField] = firstText(counterpart.document, ['registrationStatus']);
  return fields;
}

function wanted(report: RecordReport): JsonObject {
  const before = report.left.document['Audit__c'];
  return {
    Cosell_Sync_State__c: report.state,
    Cosell_Sync_Message__c: issueText(report),
    Cosell_Issue_Codes__c: issueCodes(report.issues.map((issue) => issue.code)),
    ...(report.syncedAt ? { [lastSync]: report.syncedAt } : {}),
    ...(report.audit.length > 0 ? { Audit__c: auditText(typeof before === 'string' ? before : '', report.audit) } : {}),
    ...fromCounterpart(report)
  };
}

/** Equal for the org: it keeps empty text as null and times in its own notation, and gives line ends back as it likes. */
export function sameStored(field: string, a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  if (times.has(field) && typeof a === 'string' && typeof b === 'string')
    return Date.parse(a) === Date.parse(b.replace(/\+0000$/, 'Z'));
  const normal = (value: JsonValue | undefined): JsonValue =>
    value === undefined || value === '' ? null : typeof value === 'string' ? value.replace(/\r\n/g, '\n') : value;
  return normal(a) === normal(b);
}

/**
 * The service-owned fields of the opportunity or lead that a report changes, compared with the record as last read; empty when the
 * org already says all of it. A newer time of last sync alone is no reason to write: every write makes the record
 * appear in the feed again, and it would never come to rest.
 */
export function reportFields(report: RecordReport): JsonObject {
  const before = report.left.document;
  const lead = isLeadKey(report.key);
  const changed = Object.entries(wanted(report)).filter(
    ([field, value]) => (!lead || toldLeadFields.includes(field)) && !sameStored(field, value, before[field])
  );
  const onlyTime = changed.length === 1 && changed[0]?.[0] === lastSync && before[lastSync] != null;
  return onlyTime ? {} : Object.fromEntries(changed);
}
