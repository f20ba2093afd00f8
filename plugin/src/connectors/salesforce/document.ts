import type { JsonObject, JsonValue } from '../../ports/json.js';
import type { RemoteRecord } from '../../sync/ports.js';
import { isoTime } from './document-values.js';
import { personFields } from './fields.js';
import { opportunityAnswer } from './inbound/opportunity-answer.js';
import { issueOfRow, resolutionsOf } from './issue-record.js';
import type { OrgShape } from './org-shape.js';
import { childRecords } from './query.js';
import { registrationOf } from './registration.js';
import type { Rest } from './rest.js';

/** What a conditional write needs to know about the read it is based on. */
export interface RecordVersion {
  /** LastModifiedDate of the record, milliseconds since the epoch. */
  modified: number;
  /** Server time when the read was sent, milliseconds since the epoch. */
  read: number;
}

export function versionText(version: RecordVersion): string {
  return `${version.modified}@${version.read}`;
}

export function parseVersion(text: string): RecordVersion {
  const [modified, read] = text.split('@').map(Number);
  return { modified: modified ?? Number.NaN, read: read ?? Number.NaN };
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A row without the `attributes` that the REST API adds to every object. */
function plain(row: JsonValue | undefined): JsonObject | null {
  if (!isObject(row)) return null;
  const { attributes: _attributes, ...fields } = row;
  return fields;
}

function person(row: JsonValue | undefined): JsonObject {
  const source = isObject(row) ? row : {};
  return Object.fromEntries(personFields.map((name) => [name, source[name] ?? null]));
}

function contact(row: JsonObject): JsonObject {
  return { ...person(row['Contact']), Role: row['Role'] ?? null, IsPrimary: row['IsPrimary'] === true };
}

function solution(row: JsonObject): JsonObject {
  const catalogue = isObject(row['Microsoft_Solution__r']) ? row['Microsoft_Solution__r'] : {};
  return {
    Id: catalogue['Solution_Identifier__c'] ?? null,
    Name: catalogue['Name'] ?? null,
    Type: catalogue['Type__c'] ?? null,
    PublisherName: catalogue['Publisher_Name__c'] ?? null
  };
}

/** Owner first; a team member with the owner's or an earlier member's e-mail is the same person. */
function team(owner: JsonObject, members: readonly JsonObject[]): JsonObject[] {
  const byEmail = new Map<string, JsonObject>();
  for (const one of [owner, ...members.map((row) => person(row['User']))]) {
    const email = String(one['Email'] ?? '').toLowerCase();
    if (!byEmail.has(email)) byEmail.set(email, one);
  }
  return [...byEmail.values()];
}

const childNames = [
  'OpportunityContactRoles',
  'OpportunityTeamMembers',
  'Microsoft_Solutions__r',
  'Cosell_Issues__r'
] as const;

/**
 * The left document: opportunity fields by API name plus `Account`, `Owner`, `Contacts` (primary first), `Team`
 * (owner first), `Solutions`, `Issues` (what waits for somebody) and `Registration` where one is asked for. In a single-currency org `CurrencyIsoCode` is the org's currency.
 */
async function documentOf(rest: Rest, row: JsonObject, shape: OrgShape, serverTime: number): Promise<JsonObject> {
  const [roles, members, solutions, issues] = await Promise.all(
    childNames.map((name) => childRecords(rest, row[name]))
  );
  const { IsDeleted: _deleted, ...fields } = plain(row) ?? {};
  for (const name of childNames) delete fields[name];
  const owner = person(row['Owner']);
  const chosen = (solutions ?? []).map(solution);
  return {
    ...fields,
    CurrencyIsoCode: row['CurrencyIsoCode'] ?? shape.defaultCurrency ?? null,
    Account: plain(row['Account']),
    Owner: shape.sharers === undefined ? owner : { ...owner, MayShare: shape.sharers.has(String(row['OwnerId'])) },
    Contacts: (roles ?? []).map(contact),
    Team: team(owner, members ?? []),
    Solutions: chosen,
    ...registrationOf(row, chosen, serverTime),
    Issues: (issues ?? []).map(issueOfRow)
  };
}

/** Turns a row of the big opportunity query into a record; follows child pages where a record has very many. */
export async function toRecord(
  rest: Rest,
  row: JsonObject,
  shape: OrgShape,
  serverTime: number
): Promise<RemoteRecord> {
  if (row['IsDeleted'] === true) return toDeletedRecord(row);
  const modifiedAt = isoTime(row['LastModifiedDate']);
  const referral = row['Referral_Identifier__c'];
  const document = await documentOf(rest, row, shape, serverTime);
  const resolutions = resolutionsOf(document);
  return {
    key: String(row['Id']),
    document,
    version: versionText({ modified: Date.parse(modifiedAt), read: serverTime }),
    modifiedAt,
    lifecycle: 'open',
    ...(typeof referral === 'string' && referral !== '' ? { counterpart: referral } : {}),
    ...(shape.onHoldStage === undefined ? {} : { answer: opportunityAnswer(row, shape.onHoldStage) }),
    ...(resolutions.length > 0 ? { resolutions } : {})
  };
}

/** A deleted row; its children are gone, and nothing more will be done with it. */
function toDeletedRecord(row: JsonObject): RemoteRecord {
  const modifiedAt = isoTime(row['LastModifiedDate']);
  const referral = row['Referral_Identifier__c'];
  return {
    key: String(row['Id']),
    document: plain(row) ?? {},
    version: '',
    modifiedAt,
    lifecycle: 'deleted',
    ...(typeof referral === 'string' && referral !== '' ? { counterpart: referral } : {})
  };
}
