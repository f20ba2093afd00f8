import type { JsonObject } from '../../ports/json.js';
import { allRecords, pageOf, queryPath } from './query.js';
import { chunks } from './reading.js';
import { dataRoot } from './rest.js';
import type { Rest } from './rest.js';
import { faultsOf } from './rest-errors.js';

const object = 'Microsoft_Solution__c';
const keyField = 'Solution_Identifier__c';
/** REST API guide, "sObject Collections": 200 records per request. */
const rowsPerCall = 200;

/** A solution of the catalogue. Partner Center's words: identifier, name, type, publisher. */
export interface SolutionRow {
  id: string;
  name: string;
  type: string | null;
  publisher: string | null;
  /** Offered to sellers. */
  active: boolean;
}

export interface CatalogueSolution extends SolutionRow {
  /** Salesforce's id of the record. */
  recordId: string;
}

export interface SolutionWriteResult {
  id: string;
  created: boolean;
  error?: { code: string; message: string };
}

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

export async function readSolutions(rest: Rest): Promise<CatalogueSolution[]> {
  const soql = `SELECT Id, Name, ${keyField}, Type__c, Publisher_Name__c, Active__c FROM ${object} ORDER BY ${keyField}`;
  const { json } = await rest.call({ method: 'GET', path: queryPath(soql), repeatable: true });
  const rows = await allRecords(rest, pageOf(json));
  return rows.map((row) => ({
    recordId: String(row['Id']),
    id: String(row[keyField]),
    name: String(row['Name']),
    type: text(row['Type__c']),
    publisher: text(row['Publisher_Name__c']),
    active: row['Active__c'] === true
  }));
}

const recordOf = ({ id, name, type, publisher, active }: SolutionRow): JsonObject => ({
  attributes: { type: object },
  [keyField]: id,
  Name: name,
  Type__c: type,
  Publisher_Name__c: publisher,
  Active__c: active
});

/** Upsert by the external id, so that a call whose answer was lost may be repeated. */
export async function writeSolutions(rest: Rest, rows: readonly SolutionRow[]): Promise<SolutionWriteResult[]> {
  const results: SolutionWriteResult[] = [];
  for (const batch of chunks(rows, rowsPerCall)) {
    const { json } = await rest.call({
      method: 'PATCH',
      path: `${dataRoot}/composite/sobjects/${object}/${keyField}`,
      body: { allOrNone: false, records: batch.map(recordOf) },
      repeatable: true
    });
    const answers = json as JsonObject[];
    results.push(
      ...batch.map(({ id }, index) => {
        const answer = answers[index] ?? {};
        if (answer['success'] === true) return { id, created: answer['created'] === true };
        const fault = faultsOf(answer['errors'])[0] ?? { code: 'UNKNOWN', message: 'Salesforce gave no reason.' };
        return { id, created: false, error: { code: fault.code, message: fault.message } };
      })
    );
  }
  return results;
}
