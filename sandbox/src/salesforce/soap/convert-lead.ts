import type { FieldValues, Row, Session } from '../core/contract.js';
import { normalizeId } from '../core/ids.js';
import type { OrgHandle } from '../core/org-handle.js';
import { requireRecord } from '../core/save/save-record.js';
import { convertedStatus, leadStatuses } from '../core/standard/lead.js';
import { firstStage } from '../core/opportunity-stages.js';
import { ApiError } from '../core/transport.js';
import { fiscalQuarterEnd } from './fiscal-quarter.js';
import { leadFields } from './lead-fields.js';

/** Members of LeadConvert, all texts as XML has them (SOAP API Developer Guide, convertLead). */
export type LeadConvert = Readonly<Record<string, string | undefined>>;

export interface Converted {
  accountId: string;
  contactId: string;
  opportunityId: string | null;
}

/**
 * Makes an account, a contact and (unless told not to) an opportunity of a lead, or fills the empty fields of an account and a
 * contact that are there. Call it inside a transaction. Throws `ApiError` with the codes of LeadConvertResult.errors.
 */
export function convertLead(org: OrgHandle, session: Session, given: LeadConvert): Converted {
  const lead = readLead(org, session, given);
  const ownerId = given['ownerId'] === undefined || given['ownerId'] === '' ? lead['OwnerId'] : given['ownerId'];
  const common = { OwnerId: ownerId, ...(org.multiCurrency ? { CurrencyIsoCode: lead['CurrencyIsoCode'] } : {}) };
  const accountId = saveAccount(org, session, lead, given, common);
  const contactId = saveContact(org, session, lead, given, { ...common, AccountId: accountId });
  const opportunityId =
    given['doNotCreateOpportunity'] === 'true'
      ? null
      : createOpportunity(org, session, lead, given, { ...common, AccountId: accountId, ContactId: contactId });
  org.engine.writeComputed('Lead', String(lead['Id']), {
    IsConverted: true,
    Status: given['convertedStatus'] ?? convertedStatus,
    ConvertedDate: org.now().toISOString().slice(0, 10),
    ConvertedAccountId: accountId,
    ConvertedContactId: contactId,
    ConvertedOpportunityId: opportunityId,
    LastModifiedById: session.userId
  });
  return { accountId, contactId, opportunityId };
}

function readLead(org: OrgHandle, session: Session, given: LeadConvert): Row {
  const object = org.schema.object('Lead');
  const id = normalizeId(given['leadId'] ?? '');
  if (object === undefined || id === undefined)
    throw new ApiError(400, 'INVALID_ID_FIELD', 'invalid lead id', ['leadId']);
  const lead = requireRecord(org.engine, session, object, id);
  if (!org.access.object(session, 'Lead').edit) {
    throw new ApiError(403, 'INSUFFICIENT_ACCESS_OR_READONLY', 'insufficient access rights on object id');
  }
  if (lead['IsConverted'] === true) {
    throw new ApiError(400, 'CANNOT_UPDATE_CONVERTED_LEAD', 'cannot reference converted lead');
  }
  const status = given['convertedStatus'] ?? '';
  if (!leadStatuses.includes(status) || status !== convertedStatus) {
    throw new ApiError(400, 'INVALID_STATUS', `invalid convertedStatus: ${status}`, ['convertedStatus']);
  }
  return lead;
}

function saveAccount(org: OrgHandle, session: Session, lead: Row, given: LeadConvert, common: FieldValues): string {
  const values = mapped(lead, 'Account');
  return isGiven(given, 'accountId')
    ? fillEmpty(org, session, 'Account', given['accountId'], values)
    : org.data.create(session, 'Account', { ...values, ...common });
}

function saveContact(org: OrgHandle, session: Session, lead: Row, given: LeadConvert, common: FieldValues): string {
  const values = mapped(lead, 'Contact');
  if (!isGiven(given, 'contactId')) return org.data.create(session, 'Contact', { ...values, ...common });
  const contact = org.data.retrieve(session, 'Contact', given['contactId'], ['AccountId']);
  // A contact is named together with its account (SOAP API Developer Guide, LeadConvert).
  if (!isGiven(given, 'accountId') || contact['AccountId'] !== normalizeId(given['accountId'])) {
    throw new ApiError(400, 'INVALID_CROSS_REFERENCE_KEY', 'the contact does not belong to the account', ['contactId']);
  }
  const overwrite = given['overwriteLeadSource'] === 'true' ? ['LeadSource'] : [];
  return fillEmpty(org, session, 'Contact', given['contactId'], values, overwrite);
}

function createOpportunity(
  org: OrgHandle,
  session: Session,
  lead: Row,
  given: LeadConvert,
  common: FieldValues
): string {
  return org.data.create(session, 'Opportunity', {
    ...common,
    Name: isGiven(given, 'opportunityName') ? given['opportunityName'] : lead['Company'],
    StageName: firstStage(org),
    CloseDate: fiscalQuarterEnd(org.now(), fiscalStart(org)),
    LeadSource: lead['LeadSource']
  });
}

function isGiven<T extends string>(given: LeadConvert, name: T): given is LeadConvert & Record<T, string> {
  return given[name] !== undefined && given[name] !== '';
}

function mapped(lead: Row, object: 'Account' | 'Contact'): Row {
  const pairs = leadFields[object].map(([from, to]) => [to, lead[from] ?? null] as const);
  return Object.fromEntries(pairs.filter(([, value]) => value !== null));
}

/** Values that are there stay; only empty fields are filled, and those named to be overwritten. */
function fillEmpty(
  org: OrgHandle,
  session: Session,
  object: string,
  id: string,
  values: Row,
  overwrite: readonly string[] = []
): string {
  const current = org.data.retrieve(session, object, id, ['Id', ...Object.keys(values)]);
  const filled = Object.entries(values).filter(([name]) => current[name] === null || overwrite.includes(name));
  if (filled.length > 0) org.data.update(session, object, id, Object.fromEntries(filled));
  return String(current['Id']);
}

function fiscalStart(org: OrgHandle): number {
  const row = org.engine.database.first<{ m: number | null }>(`SELECT "FiscalYearStartMonth" AS m FROM "Organization"`);
  return row?.m ?? 1;
}
