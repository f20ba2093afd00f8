import type { Clock } from '../../../ports/clock.js';
import type { JsonObject, JsonValue } from '../../../ports/json.js';
import type { Arrival } from '../../../sync/inbound.js';
import type { SubRequest } from '../composite.js';
import { maxSubRequests, reference, withoutReferences } from '../composite.js';
import type { OrgShape } from '../org-shape.js';
import { dataRoot } from '../rest.js';
import { itemsAt, textAt } from './queries.js';
import type { IntakeDetails } from './receiving.js';
import type { InboundRules } from './rules.js';
import { defaultDaysToClose } from './rules.js';

const DAY_MS = 86_400_000;
/** Lengths of the standard fields (Object Reference). */
const lengths = { Name: 120, LastName: 80, FirstName: 40, Company: 255 } as const;
/** Contacts that are created with a deal; a referral names one or two. */
const maxContacts = 4;
const unnamed = 'Not stated';

/** Texts of people may look like references to other sub-requests; ours are added afterwards. */
const insert = (referenceId: string, object: string, fields: JsonObject, own: JsonObject = {}): SubRequest => ({
  referenceId,
  method: 'POST',
  url: `${dataRoot}/sobjects/${object}`,
  body: { ...(withoutReferences(filled(fields)) as JsonObject), ...own }
});

const filled = (fields: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== null && value !== undefined && value !== '')
  );

const clipped = (text: string, length: number): string => text.slice(0, length);

/** Values below a relationship of the left document, by the name of the field there. */
function below({ values }: Arrival, relationship: string): JsonObject {
  const start = `${relationship}.`;
  return Object.fromEntries(
    Object.entries(values).flatMap(([path, value]) =>
      path.startsWith(start) ? [[path.slice(start.length), value]] : []
    )
  );
}

/** Without state and country picklists there is no field for the code, and the text field takes it. */
function address(arrival: Arrival, shape: OrgShape): JsonObject {
  const { BillingCountryCode: code = null, ...rest } = below(arrival, 'Account');
  return shape.countryCodes ? { ...rest, BillingCountryCode: code } : { BillingCountry: code, ...rest };
}

/** Fields of the record itself; lists and relationships become records of their own. */
function plainFields({ values }: Arrival, shape: OrgShape): JsonObject {
  const own = Object.entries(values).filter(
    ([path, value]) =>
      !path.includes('.') && !Array.isArray(value) && (path !== 'CurrencyIsoCode' || shape.multiCurrency)
  );
  return Object.fromEntries(own);
}

const person = (contact: JsonObject): JsonObject => ({
  ...contact,
  FirstName: clipped(String(contact['FirstName'] ?? ''), lengths.FirstName),
  LastName: clipped(String(contact['LastName'] ?? contact['Email'] ?? unnamed), lengths.LastName)
});

/** What every new record carries: whose it is, which referral it is, and that it takes part. */
function marks(arrival: Arrival, { ownerId }: IntakeDetails): JsonObject {
  return {
    Referral_Identifier__c: arrival.rightKey,
    Sync_with_Partner_Center__c: true,
    ...(ownerId === null ? {} : { OwnerId: ownerId })
  };
}

export interface NewRecords {
  arrival: Arrival;
  details: IntakeDetails;
  shape: OrgShape;
  rules: InboundRules;
  clock: Clock;
}

function contactRows(
  { arrival, details, shape }: NewRecords,
  accountId: string
): { requests: SubRequest[]; ids: string[] } {
  const requests: SubRequest[] = [];
  const ids = itemsAt(arrival, 'Contacts')
    .slice(0, maxContacts)
    .map((contact, index) => {
      const known = details.contacts[String(contact['Email'] ?? '').toLowerCase()];
      if (typeof known === 'string') return known;
      const currency = shape.multiCurrency ? { CurrencyIsoCode: textAt(arrival, 'CurrencyIsoCode') } : {};
      requests.push(
        insert(`contact${index}`, 'Contact', { ...person(contact), ...currency }, { AccountId: accountId })
      );
      return reference(`contact${index}`);
    });
  return { requests, ids };
}

/** Rows of the catalogue that are missing are learned from the referral, as Microsoft publishes no list of them. */
export function solutionRows(
  { arrival, details }: { arrival: Arrival; details: Pick<IntakeDetails, 'solutions'> },
  opportunityId: string,
  room: number
): SubRequest[] {
  const requests: SubRequest[] = [];
  for (const [index, { Id: id, Name: name }] of itemsAt(arrival, 'Solutions').entries()) {
    const known = details.solutions[String(id)];
    const rows: SubRequest[] =
      typeof known === 'string'
        ? []
        : [
            insert(`solution${index}`, 'Microsoft_Solution__c', {
              Name: clipped(String(name ?? id), 80),
              Solution_Identifier__c: id ?? null,
              Active__c: true
            })
          ];
    const row = typeof known === 'string' ? known : reference(`solution${index}`);
    const link = { Opportunity__c: opportunityId, Microsoft_Solution__c: row };
    rows.push(insert(`chosen${index}`, 'Opportunity_Microsoft_Solution__c', {}, link));
    // The others stay on the referral, where they can be seen.
    if (requests.length + rows.length > room) break;
    requests.push(...rows);
  }
  return requests;
}

function opportunityFields({ arrival, details, shape, rules, clock }: NewRecords): JsonObject {
  const closing = new Date(clock.now() + defaultDaysToClose * DAY_MS).toISOString().slice(0, 10);
  const name = textAt(arrival, 'Name') || textAt(arrival, 'Account.Name');
  return {
    CloseDate: closing,
    ...plainFields(arrival, shape),
    Name: clipped(name, lengths.Name),
    StageName: arrival.waiting ? rules.onHoldStage : rules.activeStage,
    ...marks(arrival, details)
  };
}

/**
 * Account, contacts, opportunity, contact roles and solutions as one transaction, so that a deal that was taken in already leaves
 * no second account behind.
 */
export function dealRecords(records: NewRecords): SubRequest[] {
  const { arrival, details, shape } = records;
  const { accountId: known, ownerId } = details;
  const owner = ownerId === null ? {} : { OwnerId: ownerId };
  const currency = shape.multiCurrency ? { CurrencyIsoCode: textAt(arrival, 'CurrencyIsoCode') } : {};
  const account =
    known === null ? [insert('account', 'Account', { ...address(arrival, shape), ...currency }, owner)] : [];
  const accountId = known ?? reference('account');
  const { requests: contacts, ids } = contactRows(records, accountId);
  const opportunity = insert('opportunity', 'Opportunity', opportunityFields(records), { AccountId: accountId });
  const roles = ids.map((contactId, index) =>
    insert(
      `role${index}`,
      'OpportunityContactRole',
      {},
      {
        OpportunityId: reference('opportunity'),
        ContactId: contactId,
        IsPrimary: index === 0
      }
    )
  );
  const rows = [...account, ...contacts, opportunity, ...roles];
  return [...rows, ...solutionRows(records, reference('opportunity'), maxSubRequests - rows.length)];
}

/** Field of the lead ← path of the arrival. Status is not among them: the org's own default fits every org. */
const LEAD_FIELDS: Readonly<Record<string, string>> = {
  Description: 'Description',
  Referral_Deal_Value__c: 'Amount',
  Referral_Closing_Date__c: 'CloseDate',
  How_can_Microsoft_help__c: 'How_can_Microsoft_help__c',
  Street: 'Account.BillingStreet',
  City: 'Account.BillingCity',
  State: 'Account.BillingState',
  PostalCode: 'Account.BillingPostalCode'
};

/** A lead is one record. */
export function leadRecords({ arrival, details, shape }: NewRecords): SubRequest[] {
  const fields: Record<string, JsonValue> = {};
  for (const [field, path] of Object.entries(LEAD_FIELDS)) fields[field] = arrival.values[path] ?? null;
  const [contact = {}] = itemsAt(arrival, 'Contacts');
  const country = textAt(arrival, 'Account.BillingCountryCode');
  const currency = textAt(arrival, 'CurrencyIsoCode');
  const lead = {
    ...fields,
    ...person(contact),
    ...(shape.countryCodes ? { CountryCode: country } : { Country: country }),
    ...(shape.multiCurrency ? { CurrencyIsoCode: currency } : {}),
    Company: clipped(textAt(arrival, 'Account.Name') || textAt(arrival, 'Name') || unnamed, lengths.Company),
    ...marks(arrival, details)
  };
  return [insert('lead', 'Lead', lead)];
}
