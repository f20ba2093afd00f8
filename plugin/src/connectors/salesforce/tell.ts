import { ConnectorError } from '../../ports/errors.js';
import type { Clock } from '../../ports/clock.js';
import type { JsonObject, JsonValue } from '../../ports/json.js';
import type { Random } from '../../ports/random.js';
import type { RecordReport, TellResult } from '../../sync/ports.js';
import { auditRecord } from './audit-record.js';
import { composite, maxQueriesPerComposite, withoutReferences } from './composite.js';
import type { SubAnswer, SubRequest } from './composite.js';
import { chunks } from './reading.js';
import { reportFields } from './report-fields.js';
import { dataRoot } from './rest.js';
import type { Rest } from './rest.js';
import { answerError, faultsOf } from './rest-errors.js';

/** REST API guide, "sObject Collections": 200 records per request. */
const recordsPerCollection = 200;
/** A locked row is free again after the other transaction; two further tries, then the report says so. */
const lockRetries = 2;
const lockWaitMs = 1000;

/** One row to write, and whose report it belongs to. */
export interface Row {
  owner: string;
  method: 'PATCH' | 'POST';
  record: JsonObject;
}

export interface Refusal {
  row: Row;
  code: string;
  message: string;
}

/** Texts as they will be stored; made before they are compared with what is stored, or they would always differ. */
function storable(report: RecordReport): RecordReport {
  return {
    ...report,
    issues: report.issues.map((issue) => withoutReferences({ ...issue })),
    audit: report.audit.map((entry) => ({ ...entry, message: withoutReferences(entry.message) })),
    ...(report.counterpart
      ? { counterpart: { ...report.counterpart, document: withoutReferences(report.counterpart.document) } }
      : {})
  };
}

/** What a report writes: at most one update of the opportunity, and an insert per entry of the trail. */
export function rowsOf(told: RecordReport): Row[] {
  const report = storable(told);
  const fields = reportFields(report);
  const update: Row[] =
    Object.keys(fields).length === 0
      ? []
      : [
          {
            owner: report.key,
            method: 'PATCH',
            record: { attributes: { type: 'Opportunity' }, Id: report.key, ...fields }
          }
        ];
  const inserts = report.audit.map((entry): Row => ({
    owner: report.key,
    method: 'POST',
    record: auditRecord(report.key, entry)
  }));
  return [...update, ...inserts];
}

function refusals(rows: readonly Row[], sub: SubAnswer | undefined): Refusal[] {
  if (sub === undefined || sub.status >= 400 || !Array.isArray(sub.body)) {
    const error = answerError(sub?.status ?? 500, sub?.body);
    return rows.map((row) => ({ row, code: error.code, message: error.message }));
  }
  const results: JsonValue[] = sub.body;
  return rows.flatMap((row, index) => {
    const result = results[index] as JsonObject | undefined;
    if (result?.['success'] === true) return [];
    const fault = faultsOf(result?.['errors'])[0] ?? {
      code: 'UNKNOWN_EXCEPTION',
      message: 'Salesforce gave no reason.'
    };
    // An entry of the trail is never changed; that its key is taken means an earlier attempt got through.
    if (row.method === 'POST' && fault.code === 'DUPLICATE_VALUE') return [];
    return [{ row, code: fault.code, message: fault.message }];
  });
}

/** One composite call: up to five collections of up to 200 rows, which each succeed or fail row by row. */
async function writeGroup(rest: Rest, collections: readonly Row[][]): Promise<Refusal[]> {
  const subRequests = collections.map((rows, index): SubRequest => ({
    referenceId: `rows${index}`,
    method: rows[0]?.method ?? 'PATCH',
    url: `${dataRoot}/composite/sobjects`,
    body: { allOrNone: false, records: rows.map((row) => row.record) }
  }));
  try {
    const answer = await composite(rest, subRequests, true);
    return collections.flatMap((rows, index) => refusals(rows, answer.answers.get(`rows${index}`)));
  } catch (error) {
    // The connection as a whole (sign-in, allowance) concerns the run; anything else concerns these records.
    if (!(error instanceof ConnectorError) || error.kind === 'connection') throw error;
    return collections.flat().map((row) => ({ row, code: error.code, message: error.message }));
  }
}

async function writeRows(rest: Rest, rows: readonly Row[]): Promise<Refusal[]> {
  const collections = (['PATCH', 'POST'] as const).flatMap((method) =>
    chunks(
      rows.filter((row) => row.method === method),
      recordsPerCollection
    )
  );
  const refused: Refusal[] = [];
  for (const group of chunks(collections, maxQueriesPerComposite)) refused.push(...(await writeGroup(rest, group)));
  return refused;
}

export interface TellPorts {
  rest: Rest;
  clock: Clock;
  random: Random;
}

/** Writes rows with the collections resource. Rows that are locked get two further tries. */
export async function writePatiently(ports: TellPorts, rows: readonly Row[]): Promise<Refusal[]> {
  let refused = await writeRows(ports.rest, rows);
  for (let attempt = 1; attempt <= lockRetries; attempt += 1) {
    const locked = refused.filter((refusal) => refusal.code === 'UNABLE_TO_LOCK_ROW');
    if (locked.length === 0) break;
    await ports.clock.sleep(Math.round(lockWaitMs * attempt * (0.5 + ports.random.next() / 2)));
    const again = await writeRows(
      ports.rest,
      locked.map((refusal) => refusal.row)
    );
    refused = [...refused.filter((refusal) => !locked.includes(refusal)), ...again];
  }
  return refused;
}

/** One result per report, in their order; the first refusal of a report is its error. */
export function resultsOf(reports: readonly RecordReport[], refused: readonly Refusal[]): TellResult[] {
  const failed = new Map<string, { code: string; message: string }>();
  for (const { row, code, message } of refused) if (!failed.has(row.owner)) failed.set(row.owner, { code, message });
  return reports.map(({ key }) => ({ key, ...(failed.has(key) ? { error: failed.get(key)! } : {}) }));
}

/**
 * `TellingConnector.tell`: service-owned opportunity fields and new rows of the audit trail, one composite call per
 * 200 reports (more where they bring more than 800 audit entries). These fields are written without a condition:
 * nobody but the service changes them. Errors come back per report.
 */
export async function tellReports(ports: TellPorts, reports: readonly RecordReport[]): Promise<TellResult[]> {
  const refused: Refusal[] = [];
  for (const batch of chunks(reports, recordsPerCollection)) {
    refused.push(...(await writePatiently(ports, batch.flatMap(rowsOf))));
  }
  return resultsOf(reports, refused);
}
