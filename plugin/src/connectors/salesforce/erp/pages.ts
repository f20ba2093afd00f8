import type { JsonObject, JsonValue } from '../../../ports/json.js';
import { composite, succeeded } from '../composite.js';
import { allRecords, childRecords, pageOf, queryPath, quoted } from '../query.js';
import { chunks } from '../reading.js';
import type { Rest } from '../rest.js';
import type { ErpPage, OrgCandidate } from './port.js';

const requestField = 'ERP_Refresh_Requested__c';
const coupledField = 'ERP_Record_Id__c';
const product = (prefix: string): string =>
  `${prefix}Product2Id, ${prefix}Product2.ProductCode, ${prefix}Product2.${coupledField}`;

const opportunitySelect = `SELECT Id, AccountId, Account.AccountNumber, Account.${coupledField}, ${requestField}, (SELECT ${product('')} FROM OpportunityLineItems) FROM Opportunity`;
const accountSelect = `SELECT Id, AccountNumber, ${coupledField}, ${requestField} FROM Account`;

const text = (value: JsonValue | undefined): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value : undefined;

const candidate = (
  id: JsonValue | undefined,
  number: JsonValue | undefined,
  coupled: JsonValue | undefined
): OrgCandidate => ({
  id: String(id),
  number: text(number),
  coupledId: text(coupled)
});

const productOf = (line: JsonObject): OrgCandidate[] => {
  const record = line['Product2'] as JsonObject | null | undefined;
  return text(line['Product2Id']) === undefined
    ? []
    : [candidate(line['Product2Id'], record?.['ProductCode'], record?.[coupledField])];
};

const unique = (candidates: readonly OrgCandidate[]): OrgCandidate[] => [
  ...new Map(candidates.map((each) => [each.id, each])).values()
];

async function opportunityPage(rest: Rest, row: JsonObject): Promise<ErpPage> {
  const account = row['Account'] as JsonObject | null | undefined;
  const lines = await childRecords(rest, row['OpportunityLineItems']);
  return {
    object: 'Opportunity',
    id: String(row['Id']),
    requested: text(row[requestField]) !== undefined,
    account:
      text(row['AccountId']) === undefined
        ? undefined
        : candidate(row['AccountId'], account?.['AccountNumber'], account?.[coupledField]),
    products: unique(lines.flatMap(productOf))
  };
}

const accountOf = (row: JsonObject): OrgCandidate => candidate(row['Id'], row['AccountNumber'], row[coupledField]);

const accountPage = (row: JsonObject): ErpPage => ({
  object: 'Account',
  id: String(row['Id']),
  requested: text(row[requestField]) !== undefined,
  account: accountOf(row),
  products: []
});

/** Both queries in one call. */
async function readPages(
  rest: Rest,
  where: string | { opportunities: string; accounts: string }
): Promise<{ pages: ErpPage[]; serverTime: number }> {
  const { opportunities, accounts } = typeof where === 'string' ? { opportunities: where, accounts: where } : where;
  const answer = await composite(
    rest,
    [
      { referenceId: 'opportunities', method: 'GET', url: queryPath(`${opportunitySelect} ${opportunities}`) },
      { referenceId: 'accounts', method: 'GET', url: queryPath(`${accountSelect} ${accounts}`) }
    ],
    true
  );
  const deals = await allRecords(rest, pageOf(succeeded(answer, 'opportunities')));
  const customers = await allRecords(rest, pageOf(succeeded(answer, 'accounts')));
  const pages = await Promise.all(deals.map((row) => opportunityPage(rest, row)));
  return { pages: [...pages, ...customers.map(accountPage)], serverTime: answer.serverTime };
}

/** Records that ask for a refresh and were saved since. `SystemModstamp` is indexed, the request field is not. */
export const waitingPages = (rest: Rest, since: string): Promise<{ pages: ErpPage[]; serverTime: number }> =>
  readPages(rest, `WHERE ${requestField} != null AND SystemModstamp >= ${since} ORDER BY SystemModstamp`);

/** Keeps the address of a query below 16 kB. */
const idsPerQuery = 200;

export async function pagesByIds(rest: Rest, ids: readonly string[]): Promise<ErpPage[]> {
  const pages: ErpPage[] = [];
  for (const some of chunks(ids, idsPerQuery)) {
    pages.push(...(await readPages(rest, `WHERE Id IN (${some.map(quoted).join(', ')})`)).pages);
  }
  return pages;
}

/** What the schedule refreshes. Products that nobody is about to sell wait until somebody is. */
export async function allCandidates(rest: Rest): Promise<{ accounts: OrgCandidate[]; products: OrgCandidate[] }> {
  const queries = {
    accounts: `SELECT Id, AccountNumber, ${coupledField} FROM Account WHERE ${coupledField} != null OR AccountNumber != null`,
    lines: `SELECT ${product('')} FROM OpportunityLineItem WHERE Opportunity.IsClosed = false AND Product2Id != null`
  };
  const requests = Object.entries(queries).map(([referenceId, soql]) => ({
    referenceId,
    method: 'GET' as const,
    url: queryPath(soql)
  }));
  const answer = await composite(rest, requests, true);
  const accounts = await allRecords(rest, pageOf(succeeded(answer, 'accounts')));
  const lines = await allRecords(rest, pageOf(succeeded(answer, 'lines')));
  return { accounts: accounts.map(accountOf), products: unique(lines.flatMap(productOf)) };
}
