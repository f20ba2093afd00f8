import { HttpTransportError } from '../../../ports/http.js';
import { transportError } from '../rest-errors.js';
import { csvRows } from './csv-parser.js';
import type { CsvRow } from './csv-parser.js';
import { abortJob, BulkJobError, createJob, jobPath, waitForJob } from './job.js';
import type { BulkPorts } from './job.js';
import { rowsPerPage } from './limits.js';

export interface QueryOptions {
  /** Sees deleted rows too. @default query */
  operation?: 'query' | 'queryAll';
  /** Most rows of one page; Salesforce may give fewer. @default 2000 */
  maxRecords?: number;
}

/** A query job that is complete, or will be once `pages` was asked for its first page. */
export interface QueryJob {
  id: string;
  /** Server time when the job was asked for, milliseconds since the epoch: the rows are at least this fresh. */
  serverTime: number;
}

/** Calls end after ten minutes at Salesforce; a page of results may take as long. */
const resultsTimeoutMs = 600_000;
const attemptsPerPage = 4;

/** Starts a query. No sub-queries, aggregates or compound fields (Bulk API 2.0 guide, "SOQL Considerations"). */
export async function startQuery(ports: BulkPorts, soql: string, options: QueryOptions = {}): Promise<QueryJob> {
  const { operation = 'query' } = options;
  const { id, serverTime } = await createJob(ports, 'query', { operation, query: soql });
  return { id, serverTime };
}

/** Waits until the rows can be read; a job that cannot be waited for is aborted. */
export async function queryReady(ports: BulkPorts, { id }: QueryJob): Promise<void> {
  try {
    const job = await waitForJob(ports, 'query', id);
    if (job.state === 'JobComplete') return;
    const reason = job.errorMessage === '' ? job.state : `${job.state}: ${job.errorMessage}`;
    throw new BulkJobError(
      id,
      'rejected',
      'BULK_JOB_FAILED',
      `Salesforce did not complete query job ${id} (${reason}).`
    );
  } catch (error) {
    // Nobody will read it any more, and a running query takes a place in the org.
    await abortJob(ports, 'query', id);
    throw error;
  }
}

interface Page {
  rows: CsvRow[];
  locator: string | undefined;
}

async function onePage(ports: BulkPorts, path: string): Promise<Page> {
  const { headers, body } = await ports.rest.open({
    method: 'GET',
    path,
    headers: { accept: 'text/csv' },
    repeatable: true,
    timeoutMs: resultsTimeoutMs
  });
  const rows: CsvRow[] = [];
  for await (const row of csvRows(body)) rows.push(row);
  const locator = headers['sforce-locator'];
  return { rows, locator: locator === undefined || locator === 'null' || locator === '' ? undefined : locator };
}

/** A page that breaks off half way is asked for again: the locator stands for the same rows as before. */
export async function readPage(ports: BulkPorts, path: string): Promise<Page> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await onePage(ports, path);
    } catch (error) {
      const cut = error instanceof HttpTransportError || error instanceof SyntaxError;
      if (!cut) throw error;
      if (attempt >= attemptsPerPage) {
        throw transportError(
          error instanceof HttpTransportError ? error : new HttpTransportError('cut', error.message),
          true
        );
      }
      await ports.clock.sleep(Math.round(500 * 2 ** attempt * ports.random.next()));
    }
  }
}

/** The rows of a complete job, page by page; one page is in memory at a time. Values are texts, empty for null. */
export async function* queryPages(
  ports: BulkPorts,
  { id }: QueryJob,
  { maxRecords = rowsPerPage }: QueryOptions = {}
): AsyncGenerator<readonly CsvRow[]> {
  let locator: string | undefined;
  do {
    const after = locator === undefined ? '' : `&locator=${encodeURIComponent(locator)}`;
    const page = await readPage(ports, `${jobPath('query', id, 'results')}?maxRecords=${maxRecords}${after}`);
    yield page.rows;
    locator = page.locator;
  } while (locator !== undefined);
}

/** All rows of a query: job, wait, results. */
export async function* bulkQuery(ports: BulkPorts, soql: string, options: QueryOptions = {}): AsyncGenerator<CsvRow> {
  const job = await startQuery(ports, soql, options);
  await queryReady(ports, job);
  for await (const rows of queryPages(ports, job, options)) yield* rows;
}
