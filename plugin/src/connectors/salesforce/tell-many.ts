import { ConnectorError } from '../../ports/errors.js';
import type { RecordReport, TellResult } from '../../sync/ports.js';
import { BulkJobError } from './bulk/job.js';
import type { BulkPorts } from './bulk/job.js';
import { bulkLimits } from './bulk/limits.js';
import { bulkWrite } from './bulk/write.js';
import type { BulkWrite } from './bulk/write.js';
import { isLeadKey } from './inbound/lead-record.js';
import { resultsOf, rowsOf, tellReports, writePatiently } from './tell.js';
import type { Refusal, Row } from './tell.js';

/** Reports worked off together: an upload's worth, so that no more than that is in memory. */
const reportsPerWindow = bulkLimits.uploadRecords;

const updates: BulkWrite<Row> = { object: 'Opportunity', operation: 'update', recordOf: (row) => row.record };
const inserts: BulkWrite<Row> = {
  object: 'Cosell_Audit__c',
  operation: 'insert',
  keyColumn: 'Audit_Key__c',
  recordOf: (row) => row.record
};

interface Leftover {
  /** Nothing speaks against another try with the collections resource: both kinds of row may be written twice. */
  again: Row[];
  refused: Refusal[];
}

async function byBulk(ports: BulkPorts, write: BulkWrite<Row>, rows: readonly Row[]): Promise<Leftover> {
  const open = new Set(rows);
  const refused: Refusal[] = [];
  try {
    for await (const result of bulkWrite(ports, write, rows)) {
      const done = result.outcome === 'success';
      const final = result.outcome === 'failed' && result.code !== 'UNABLE_TO_LOCK_ROW';
      if (done || final) open.delete(result.input);
      // That its key is taken means that an earlier attempt got through; see `tell`.
      if (final && !(write === inserts && result.code === 'DUPLICATE_VALUE')) {
        refused.push({ row: result.input, code: result.code, message: result.message });
      }
    }
    return { again: [...open], refused };
  } catch (error) {
    if (!(error instanceof ConnectorError) || error.kind === 'connection') throw error;
    if (!(error instanceof BulkJobError)) return { again: [...open], refused };
    // The job may still be running; writing its rows beside it would only make both wait for locks.
    const { code, message } = error;
    return { again: [], refused: [...refused, ...[...open].map((row) => ({ row, code, message }))] };
  }
}

/** Rows by the job they could share: the same operation and the same columns. */
function groupsOf(rows: readonly Row[]): Row[][] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const name = `${row.kind} ${isLeadKey(row.owner) ? 'Lead' : ''} ${Object.keys(row.record).sort().join(',')}`;
    const group = groups.get(name);
    if (group) group.push(row);
    else groups.set(name, [row]);
  }
  return [...groups.values()];
}

/**
 * A job costs about ten calls and some seconds of waiting; the collections resource carries 1,000 rows in a call. So
 * only groups above 2,000 rows become jobs, and what a job leaves over goes the other way.
 */
async function writeWindow(ports: BulkPorts, reports: readonly RecordReport[]): Promise<TellResult[]> {
  const refused: Refusal[] = [];
  const others: Row[] = [];
  for (const group of groupsOf(reports.flatMap(rowsOf))) {
    // Issues are written by key, and they and leads are few; the collections resource takes them.
    if (group.length <= bulkLimits.worthwhileAbove || group[0]?.kind === 'issue' || isLeadKey(group[0]?.owner ?? '')) {
      others.push(...group);
      continue;
    }
    const left = await byBulk(ports, group[0]?.kind === 'insert' ? inserts : updates, group);
    refused.push(...left.refused);
    others.push(...left.again);
  }
  return resultsOf(reports, [...refused, ...(await writePatiently(ports, others))]);
}

async function* windows(reports: AsyncIterable<RecordReport> | Iterable<RecordReport>): AsyncGenerator<RecordReport[]> {
  let window: RecordReport[] = [];
  for await (const report of reports) {
    window.push(report);
    if (window.length < reportsPerWindow) continue;
    yield window;
    window = [];
  }
  if (window.length > 0) yield window;
}

/**
 * Service-owned fields and trail entries of any number of reports, a window of 10,000 at a time. Windows of up to 2,000
 * reports go the way of `tell`.
 */
export async function* writeServiceFields(
  ports: BulkPorts,
  reports: AsyncIterable<RecordReport> | Iterable<RecordReport>
): AsyncGenerator<TellResult> {
  for await (const window of windows(reports)) {
    yield* window.length > bulkLimits.worthwhileAbove
      ? await writeWindow(ports, window)
      : await tellReports(ports, window);
  }
}
