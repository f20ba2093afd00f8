import type { JsonObject } from '../../../ports/json.js';
import type { Arrival } from '../../../sync/inbound.js';
import { composite, succeeded } from '../composite.js';
import type { OrgShape } from '../org-shape.js';
import { allRecords, pageOf, queryPath, quoted } from '../query.js';
import type { Rest } from '../rest.js';
import { firstWord } from './names.js';

/** Accounts that are compared by name; of a first word that begins more names than that, nothing is certain. */
export const comparedAccounts = 2000;

/** What the org knows about an arriving deal. */
export interface Known {
  opportunities: JsonObject[];
  leads: JsonObject[];
  accounts: JsonObject[];
  currencies: JsonObject[];
  solutions: JsonObject[];
}

export const textAt = ({ values }: Arrival, path: string): string => {
  const value = values[path];
  return typeof value === 'string' ? value : '';
};

export function itemsAt({ values }: Arrival, path: string): JsonObject[] {
  const value = values[path];
  return Array.isArray(value) ? (value as JsonObject[]) : [];
}

export const solutionsById = (ids: readonly string[]): string =>
  `SELECT Id, Solution_Identifier__c FROM Microsoft_Solution__c WHERE Solution_Identifier__c IN (${ids.map(quoted).join(', ')})`;

const solutionIds = (arrival: Arrival): string[] => itemsAt(arrival, 'Solutions').map(({ Id: id }) => String(id));

function queriesFor(arrival: Arrival, shape: OrgShape): Record<keyof Known, string | undefined> {
  const named = `WHERE Referral_Identifier__c = ${quoted(arrival.rightKey)}`;
  const start = firstWord(textAt(arrival, 'Account.Name'));
  const currency = textAt(arrival, 'CurrencyIsoCode');
  const ids = solutionIds(arrival);
  const isDeal = arrival.category === 'deal';
  return {
    opportunities: `SELECT Id FROM Opportunity ${named}`,
    leads: shape.leads ? `SELECT Id, IsConverted, ConvertedOpportunityId FROM Lead ${named}` : undefined,
    accounts:
      isDeal && start !== undefined
        ? `SELECT Id, Name, BillingPostalCode FROM Account WHERE Name LIKE ${quoted(`${start}%`)} ORDER BY CreatedDate, Id LIMIT ${comparedAccounts}`
        : undefined,
    currencies:
      shape.multiCurrency && currency !== ''
        ? `SELECT IsoCode FROM CurrencyType WHERE IsActive = true AND IsoCode = ${quoted(currency)}`
        : undefined,
    solutions: isDeal && ids.length > 0 ? solutionsById(ids) : undefined
  };
}

/** Asks everything about an arriving deal in one call of at most five queries. */
export async function askFor(rest: Rest, shape: OrgShape, arrival: Arrival): Promise<Known> {
  const known: Known = { opportunities: [], leads: [], accounts: [], currencies: [], solutions: [] };
  const queries = Object.entries(queriesFor(arrival, shape)).filter(
    (entry): entry is [keyof Known, string] => entry[1] !== undefined
  );
  const answer = await composite(
    rest,
    queries.map(([referenceId, soql]) => ({ referenceId, method: 'GET', url: queryPath(soql) })),
    true
  );
  for (const [name] of queries) known[name] = await allRecords(rest, pageOf(succeeded(answer, name)));
  return known;
}

/** People of an account by their e-mail addresses, and the user who owns what nobody else owns. */
export async function askForPeople(
  rest: Rest,
  { accountId, emails, username }: { accountId?: string; emails: readonly string[]; username?: string }
): Promise<{ contacts: JsonObject[]; users: JsonObject[] }> {
  const queries = {
    contacts:
      accountId !== undefined && emails.length > 0
        ? `SELECT Id, Email FROM Contact WHERE AccountId = ${quoted(accountId)} AND Email IN (${emails.map(quoted).join(', ')}) ORDER BY CreatedDate, Id`
        : undefined,
    users:
      username === undefined
        ? undefined
        : `SELECT Id FROM User WHERE IsActive = true AND Username = ${quoted(username)}`
  };
  const result = { contacts: [] as JsonObject[], users: [] as JsonObject[] };
  const asked = Object.entries(queries).filter(
    (entry): entry is ['contacts' | 'users', string] => entry[1] !== undefined
  );
  if (asked.length === 0) return result;
  const answer = await composite(
    rest,
    asked.map(([referenceId, soql]) => ({ referenceId, method: 'GET', url: queryPath(soql) })),
    true
  );
  for (const [name] of asked) result[name] = await allRecords(rest, pageOf(succeeded(answer, name)));
  return result;
}
