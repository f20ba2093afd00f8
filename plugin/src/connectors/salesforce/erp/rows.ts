import { ConnectorError } from '../../../ports/errors.js';
import type { JsonObject } from '../../../ports/json.js';
import { allRecords, pageOf, queryPath, quoted } from '../query.js';
import { chunks } from '../reading.js';
import type { Rest } from '../rest.js';
import { dataRoot } from '../rest.js';
import { faultsOf, system } from '../rest-errors.js';
import type { ErpAnswer, FigureRow } from './port.js';

/** REST API guide, "sObject Collections": 200 records per request. */
const rowsPerCall = 200;
const key = 'ERP_Key__c';
const idsPerQuery = 200;
/** A record that was deleted in the meantime needs no figures. */
const GONE: readonly string[] = ['ENTITY_IS_DELETED', 'INVALID_CROSS_REFERENCE_KEY', 'NOT_FOUND'];

/** @throws ConnectorError kind `rejected` with the first refusal that matters */
function check(answers: readonly JsonObject[]): void {
  for (const answer of answers) {
    const fault = answer['success'] === true ? undefined : faultsOf(answer['errors'])[0];
    if (fault === undefined || GONE.includes(fault.code)) continue;
    throw new ConnectorError(system, 'rejected', fault.code, `Salesforce refused ERP figures: ${fault.message}`, {
      nextSteps: [
        'Deploy the metadata: sf cosell deploy',
        'Assign the permission set to the integration user: sf org assign permset --name ERP_Integration_User'
      ]
    });
  }
}

/** Upsert by the external id, so that a call whose answer was lost may be repeated. */
export async function upsertRows(rest: Rest, object: string, rows: readonly FigureRow[]): Promise<void> {
  for (const batch of chunks(rows, rowsPerCall)) {
    const records = batch.map((row) => ({ attributes: { type: object }, ...row }));
    const path = `${dataRoot}/composite/sobjects/${object}/${key}`;
    const { json } = await rest.call({
      method: 'PATCH',
      path,
      body: { allOrNone: false, records },
      repeatable: true
    });
    check(json as JsonObject[]);
  }
}

async function rowsWhere(rest: Rest, select: string, field: string, ids: readonly string[]): Promise<JsonObject[]> {
  const rows: JsonObject[] = [];
  for (const some of chunks(ids, idsPerQuery)) {
    const soql = `${select} WHERE ${field} IN (${some.map(quoted).join(', ')})`;
    const { json } = await rest.call({ method: 'GET', path: queryPath(soql), repeatable: true });
    rows.push(...(await allRecords(rest, pageOf(json))));
  }
  return rows;
}

/** Removes the availability of products at locations that hold nothing any more. */
export async function removeOthers(rest: Rest, kept: ReadonlySet<string>, products: readonly string[]): Promise<void> {
  const rows = await rowsWhere(rest, `SELECT Id, ${key} FROM ERP_Availability__c`, 'Product__c', products);
  const old = rows.filter((row) => !kept.has(String(row[key]))).map((row) => String(row['Id']));
  for (const ids of chunks(old, rowsPerCall)) {
    const path = `${dataRoot}/composite/sobjects?ids=${ids.join(',')}&allOrNone=false`;
    const { json } = await rest.call({ method: 'DELETE', path, repeatable: true });
    check(json as JsonObject[]);
  }
}

/** The answer takes the request away; the page waits for exactly that. */
export async function writeAnswers(rest: Rest, answers: readonly ErpAnswer[]): Promise<void> {
  for (const batch of chunks(answers, rowsPerCall)) {
    const records = batch.map(({ object, id, at, fault }) => ({
      attributes: { type: object },
      id,
      ERP_Refresh_Requested__c: null,
      ERP_Refreshed__c: at,
      ERP_Refresh_Code__c: fault?.code.slice(0, 80) ?? null,
      ERP_Refresh_Message__c: fault?.message.slice(0, 255) ?? null
    }));
    // Two kinds of records in one call are fine as long as they come in at most ten groups.
    records.sort((a, b) => a.attributes.type.localeCompare(b.attributes.type));
    const { json } = await rest.call({
      method: 'PATCH',
      path: `${dataRoot}/composite/sobjects`,
      body: { allOrNone: false, records },
      repeatable: true
    });
    check(json as JsonObject[]);
  }
}

const AVAILABILITY =
  'Product__c, Product__r.Name, Item_Number__c, Location_Code__c, Location_Name__c, Unit__c, On_Hand__c, On_Order__c, Committed__c, Available__c, Late_Receipts__c, Projected_Date__c, Projected_Available__c, Projection__c, As_Of__c, Source__c, Company__c, Not_Available_Reason__c, Link__c';
const STATISTICS =
  'Account__c, Account__r.Name, Customer_Number__c, Customer_Name__c, Currency_Code__c, Balance__c, Outstanding_Orders__c, Open_Order_Count__c, Shipped_Not_Invoiced__c, Outstanding_Invoices__c, Total__c, Credit_Limit__c, Overdue_Amount__c, Overdue_As_Of__c, Total_Sales__c, Sales_From__c, Aged_As_Of__c, Aged_Current__c, Aged_Period_1__c, Aged_Period_1_Label__c, Aged_Period_2__c, Aged_Period_2_Label__c, Aged_Period_3__c, Aged_Period_3_Label__c, As_Of__c, Source__c, Company__c, Not_Available__c, Links__c';

export const availabilityRows = (rest: Rest, products: readonly string[]): Promise<JsonObject[]> =>
  rowsWhere(rest, `SELECT ${AVAILABILITY} FROM ERP_Availability__c`, 'Product__c', products);

export const statisticsRows = (rest: Rest, accounts: readonly string[]): Promise<JsonObject[]> =>
  rowsWhere(rest, `SELECT ${STATISTICS} FROM ERP_Account_Statistics__c`, 'Account__c', accounts);
