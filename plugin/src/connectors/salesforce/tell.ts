import { ConnectorError } from '../../ports/errors.js';
import type { Clock } from '../../ports/clock.js';
import type { JsonObject, JsonValue } from '../../ports/json.js';
import type { Random } from '../../ports/random.js';
import type { IssueRow, RecordReport, RunRow, TellResult } from '../../sync/ports.js';
import { auditRecord } from './audit-record.js';
import { composite, maxQueriesPerComposite, withoutReferences } from './composite.js';
import type { SubAnswer, SubRequest } from './composite.js';
import { isLeadKey } from './inbound/lead-record.js';
import { issueKeyField, issueObject, issueRecords } from './issue-record.js';
import { chunks } from './reading.js';
import { reportFields } from './report-fields.js';
import { dataRoot } from './rest.js';
import type { Rest } from './rest.js';
import { answerError, faultsOf } from './rest-errors.js';
import { runKeyField, runObject, runRecord } from './run-record.js';
import type { RunHistory } from './run-record.js';

/** REST API guide, "sObject Collections": 200 records per request. */
export const recordsPerCollection = 200;
/** A locked row is free again after the other transaction; two further tries, then the report says so. */
const lockRetries = 2;
const lockWaitMs = 1000;

/** How the collections resource takes each kind of row. */
const collectionsOf = {
  update: { method: 'PATCH', path: '' },
  insert: { method: 'POST', path: '' },
  issue: { method: 'PATCH', path: `/${issueObject}/${issueKeyField}` },
  run: { method: 'PATCH', path: `/${runObject}/${runKeyField}` }
} as const;
type RowKind = keyof typeof collectionsOf;
const kinds = Object.keys(collectionsOf) as RowKind[];

/** One row to write, and whose report it belongs to. */
export interface Row {
  owner: string;
  kind: RowKind;
  record: JsonObject;
}

export interface Refusal {
  row: Row;
  code: string;
  message: string;
}

/** Texts as they will be stored; made before they are compared with what is stored, or they would always differ. */
export function storable(report: RecordReport): RecordReport {
  return {
    ...report,
    issues: report.issues.map((issue) => withoutReferences({ ...issue })),
    rows: report.rows.map((row) => withoutReferences({ ...row } as JsonObject) as unknown as IssueRow),
    audit: report.audit.map((entry) => ({ ...entry, message: withoutReferences(entry.message) })),
    ...(report.counterpart
      ? { counterpart: { ...report.counterpart, document: withoutReferences(report.counterpart.document) } }
      : {})
  };
}

/** What a report writes: at most one update of the opportunity, an insert per entry of the trail, its issues by their keys. */
export function rowsOf(told: RecordReport): Row[] {
  const report = storable(told);
  const fields = reportFields(report);
  const update: Row[] =
    Object.keys(fields).length === 0
      ? []
      : [
          {
            owner: report.key,
            kind: 'update',
            record: { attributes: { type: isLeadKey(report.key) ? 'Lead' : 'Opportunity' }, Id: report.key, ...fields }
          }
        ];
  // The rows of the trail and of issues belong to opportunities; a lead has both in its own fields.
  if (isLeadKey(report.key)) return update;
  const inserts = report.audit.map((entry): Row => ({
    owner: report.key,
    kind: 'insert',
    record: auditRecord(report.key, entry)
  }));
  const issues = issueRecords(report).map((record): Row => ({ owner: report.key, kind: 'issue', record }));
  return [...update, ...inserts, ...issues];
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
    if (row.kind === 'insert' && fault.code === 'DUPLICATE_VALUE') return [];
    return [{ row, code: fault.code, message: fault.message }];
  });
}

/** One composite call: up to five collections of up to 200 rows, which each succeed or fail row by row. */
async function writeGroup({ rest, history }: TellPorts, collections: readonly Row[][]): Promise<Refusal[]> {
  const subRequests = collections.map((rows, index): SubRequest => {
    const { method, path } = collectionsOf[rows[0]?.kind ?? 'update'];
    const body = { allOrNone: false, records: rows.map((row) => row.record) };
    return { referenceId: `rows${index}`, method, url: `${dataRoot}/composite/sobjects${path}`, body };
  });
  const tellsRun = collections.some(([row]) => row?.kind === 'run');
  const riding = tellsRun && collections.length < maxQueriesPerComposite ? history?.request() : undefined;
  try {
    const answer = await composite(rest, [...subRequests, ...(riding ? [riding] : [])], true);
    if (riding) history?.answered(answer.answers.get(riding.referenceId)?.body);
    return collections.flatMap((rows, index) => refusals(rows, answer.answers.get(`rows${index}`)));
  } catch (error) {
    // The connection as a whole (sign-in, allowance) concerns the run; anything else concerns these records.
    if (!(error instanceof ConnectorError) || error.kind === 'connection') throw error;
    return collections.flat().map((row) => ({ row, code: error.code, message: error.message }));
  }
}

async function writeRows(ports: TellPorts, rows: readonly Row[]): Promise<Refusal[]> {
  const collections = kinds.flatMap((kind) =>
    chunks(
      rows.filter((row) => row.kind === kind),
      recordsPerCollection
    )
  );
  const refused: Refusal[] = [];
  for (const group of chunks(collections, maxQueriesPerComposite)) refused.push(...(await writeGroup(ports, group)));
  return refused;
}

export interface TellPorts {
  rest: Rest;
  clock: Clock;
  random: Random;
  /** Present where runs are told. */
  history?: RunHistory;
}

/** Writes rows with the collections resource. Rows that are locked get two further tries. */
export async function writePatiently(ports: TellPorts, rows: readonly Row[]): Promise<Refusal[]> {
  let refused = await writeRows(ports, rows);
  for (let attempt = 1; attempt <= lockRetries; attempt += 1) {
    const locked = refused.filter((refusal) => refusal.code === 'UNABLE_TO_LOCK_ROW');
    if (locked.length === 0) break;
    await ports.clock.sleep(Math.round(lockWaitMs * attempt * (0.5 + ports.random.next() / 2)));
    const again = await writeRows(
      ports,
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
 * 200 reports (more where they bring more than some 400 audit entries and issues). These fields are written without a
 * condition: nobody but the service changes them. The row of the run rides along with the last call. Errors come back per
 * report.
 */
export async function tellReports(
  ports: TellPorts,
  reports: readonly RecordReport[],
  run?: RunRow
): Promise<TellResult[]> {
  const refused: Refusal[] = [];
  const batches = chunks(reports, recordsPerCollection).map((batch) => batch.flatMap(rowsOf));
  const last = batches.at(-1);
  // That the list of runs lacks one is nobody's trouble: a refusal of this row belongs to no report.
  if (run && last) last.push({ owner: '', kind: 'run', record: runRecord(run) });
  for (const rows of batches) refused.push(...(await writePatiently(ports, rows)));
  return resultsOf(reports, refused);
}
