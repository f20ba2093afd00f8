import type { Batch, BatchRow } from './batches.js';
import { keyOfTexts } from './batches.js';
import type { CsvRow } from './csv-parser.js';
import { jobPath } from './job.js';
import type { BulkJob, BulkPorts } from './job.js';
import { readPage } from './query.js';

/** What became of one record. */
export type RowResult<T> = { input: T; jobId: string } & (
  | { outcome: 'success'; id: string; created: boolean }
  | { outcome: 'failed'; code: string; message: string }
  /** Nothing was done; it may be sent again. */
  | { outcome: 'unprocessed'; code: string; message: string }
  /** Salesforce lists it nowhere: look at the record before it is sent again. */
  | { outcome: 'unknown'; code: string; message: string }
);

/** `REQUIRED_FIELD_MISSING:Required fields are missing: [Name]:Name --`, the form of `sf__Error`. */
export function rowFault(text: string): { code: string; message: string } {
  const match = /^([A-Z][A-Z0-9_]*):([\s\S]*?)(?::[^:]*--\s*)?$/.exec(text);
  return match ? { code: match[1] ?? '', message: match[2] ?? '' } : { code: 'UNKNOWN_EXCEPTION', message: text };
}

/** Rows of an upload, found again by key; equal rows are interchangeable. */
class Waiting<T> {
  private readonly byKey = new Map<string, BatchRow<T>[]>();

  public constructor(
    private readonly batch: Batch<T>,
    private readonly keyColumn: string | undefined
  ) {
    for (const row of batch.rows) {
      const rows = this.byKey.get(row.key);
      if (rows) rows.push(row);
      else this.byKey.set(row.key, [row]);
    }
  }

  public take(row: CsvRow): T | undefined {
    const { columns } = this.batch;
    const key = this.keyColumn === undefined ? keyOfTexts(columns.map((name) => row[name] ?? '')) : row[this.keyColumn];
    const rows = this.byKey.get(key ?? '');
    const found = rows?.shift();
    if (rows?.length === 0) this.byKey.delete(key ?? '');
    return found?.input;
  }

  public left(): T[] {
    return [...this.byKey.values()].flat().map(({ input }) => input);
  }
}

/**
 * Results of an ended job, matched with what was uploaded. Failed rows are read only where the job counts some, and
 * unprocessed ones only where rows are missing, so that a clean job costs one call.
 */
export async function* jobResults<T>(
  ports: BulkPorts,
  job: BulkJob,
  batch: Batch<T>,
  keyColumn: string | undefined
): AsyncGenerator<RowResult<T>> {
  const waiting = new Waiting(batch, keyColumn);
  const rowsOf = async (resource: string): Promise<CsvRow[]> =>
    (await readPage(ports, jobPath('ingest', job.id, resource))).rows;
  const jobId = job.id;
  for (const row of await rowsOf('successfulResults')) {
    const input = waiting.take(row);
    const id = row['sf__Id'] ?? '';
    if (input !== undefined) yield { input, jobId, outcome: 'success', id, created: row['sf__Created'] === 'true' };
  }
  for (const row of job.failed > 0 || job.state !== 'JobComplete' ? await rowsOf('failedResults') : []) {
    const input = waiting.take(row);
    if (input !== undefined) yield { input, jobId, outcome: 'failed', ...rowFault(row['sf__Error'] ?? '') };
  }
  if (waiting.left().length === 0) return;
  const reason = {
    code: `BULK_JOB_${job.state.toUpperCase()}`,
    message: job.errorMessage || `The job ended as ${job.state}.`
  };
  for (const row of await rowsOf('unprocessedrecords')) {
    const input = waiting.take(row);
    if (input !== undefined) yield { input, jobId, outcome: 'unprocessed', ...reason };
  }
  for (const input of waiting.left()) {
    yield {
      input,
      jobId,
      outcome: 'unknown',
      code: 'BULK_RESULT_MISSING',
      message: 'Salesforce gave no result for the record.'
    };
  }
}
