import { requiredFields } from '../../plugin/src/connectors/salesforce/fields.js';
import type { JsonObject, JsonValue } from '../../plugin/src/ports/json.js';

export interface SolutionRow {
  id: string;
  stamp: number;
  deleted: boolean;
}

/** An opportunity as the org keeps it. */
export interface OrgRow {
  id: string;
  fields: Record<string, JsonValue>;
  /** SystemModstamp and LastModifiedDate, milliseconds in whole seconds. */
  stamp: number;
  deleted: boolean;
  /** A transaction that is not committed yet holds the row until then, true time. */
  lockedUntil: number;
  solutions: SolutionRow[];
}

export const second = (time: number): number => Math.floor(time / 1000) * 1000;

/** The REST API's own notation. */
const orgTime = (time: number): string => new Date(time).toISOString().replace('Z', '+0000');

const owner: JsonObject = { FirstName: 'Sam', LastName: 'Seller', Email: 'sam@cosell.example', Phone: '+47 1' };
const account: JsonObject = {
  Name: 'Alpine Ski House',
  BillingStreet: '1 Way',
  BillingCity: 'Oslo',
  BillingState: null,
  BillingPostalCode: '0150',
  BillingCountry: 'NO'
};

export function newFields(name: string, shared: boolean, help: string | null): Record<string, JsonValue> {
  const fields: Record<string, JsonValue> = {};
  for (const field of requiredFields['Opportunity'] ?? []) fields[field] = null;
  return {
    ...fields,
    Name: name,
    Amount: 1000,
    CloseDate: '2026-06-30',
    Description: null,
    StageName: 'Prospecting',
    AccountId: '001000000000001AAA',
    OwnerId: '005000000000001AAA',
    Sync_with_Partner_Center__c: shared,
    Referral_Visible_to_Microsoft_Sellers__c: false,
    How_can_Microsoft_help__c: help
  };
}

/** A row as the big query gives it, children included. */
export function queryRow(row: OrgRow): JsonObject {
  const stamp = orgTime(row.stamp);
  const solutions = row.solutions
    .filter(({ deleted }) => !deleted)
    .map(({ id }) => ({
      Microsoft_Solution__r: {
        Solution_Identifier__c: id,
        Name: `Solution ${id}`,
        Type__c: '3P',
        Publisher_Name__c: 'Cosell'
      }
    }));
  return {
    ...row.fields,
    Id: row.id,
    IsClosed: String(row.fields['StageName']).startsWith('Closed'),
    IsWon: row.fields['StageName'] === 'Closed Won',
    LastModifiedDate: stamp,
    SystemModstamp: stamp,
    Owner: owner,
    Account: account,
    Microsoft_Solutions__r: { totalSize: solutions.length, done: true, records: solutions }
  };
}

/** `describe` of every object the connector asks for, complete. Objects without required fields are not there. */
export function describeAnswer(url: string): { status: number; body: JsonValue } {
  const object = /sobjects\/([^/]+)\/describe/.exec(url)?.[1] ?? '';
  const fields = requiredFields[object];
  if (fields === undefined) return { status: 404, body: [{ errorCode: 'NOT_FOUND', message: 'No such object.' }] };
  return { status: 200, body: { fields: ['Id', ...fields].map((name) => ({ name, type: 'string' })) } };
}
