import type { JsonObject } from '../../../ports/json.js';
import { batchesByColumns, batchText } from './batches.js';
import type { BatchLimits } from './batches.js';
import { startIngest } from './ingest.js';
import type { IngestSpec } from './ingest.js';
import { waitForJob } from './job.js';
import type { BulkPorts } from './job.js';
import { jobResults } from './results.js';
import type { RowResult } from './results.js';
import { unsuitable } from './suitable.js';

export interface BulkWrite<T> extends IngestSpec {
  /** The record to write: fields by API name, null to empty a field, absent to leave it as it is. */
  recordOf: (input: T) => JsonObject;
  limits?: Partial<BatchLimits>;
}

function keyColumnOf({ operation, externalId, keyColumn }: IngestSpec): string | undefined {
  if (operation === 'insert') return keyColumn;
  return operation === 'upsert' ? (externalId ?? 'Id') : 'Id';
}

/**
 * Writes any number of records with Bulk API 2.0, job after job, and tells of each what became of it. At most 20,000
 * records wait in memory. A record that cannot travel as CSV comes back as unprocessed with code NOT_FOR_BULK.
 *
 * Not atomic: a job's records succeed or fail one by one. Results come in any order.
 * @throws BulkJobError when a job's end could not be awaited; it carries the job's id for `resumeWrite`
 */
export async function* bulkWrite<T>(
  ports: BulkPorts,
  write: BulkWrite<T>,
  inputs: AsyncIterable<T> | Iterable<T>
): AsyncGenerator<RowResult<T>> {
  const keyColumn = keyColumnOf(write);
  const refused: RowResult<T>[] = [];
  const suited = async function* (): AsyncGenerator<T> {
    for await (const input of inputs) {
      const message = unsuitable(write.recordOf(input));
      if (message === undefined) yield input;
      else refused.push({ input, jobId: '', outcome: 'unprocessed', code: 'NOT_FOR_BULK', message });
    }
  };
  for await (const batch of batchesByColumns(suited(), { recordOf: write.recordOf, keyColumn }, write.limits)) {
    yield* refused.splice(0);
    const id = await startIngest(ports, write, batchText(batch));
    yield* jobResults(ports, await waitForJob(ports, 'ingest', id), batch, keyColumn);
  }
  yield* refused;
}

/** Awaits a job that an earlier `bulkWrite` left behind. Records that were not part of it come back as unknown. */
export async function* resumeWrite<T>(
  ports: BulkPorts,
  write: BulkWrite<T>,
  jobId: string,
  inputs: AsyncIterable<T> | Iterable<T>
): AsyncGenerator<RowResult<T>> {
  const keyColumn = keyColumnOf(write);
  const job = await waitForJob(ports, 'ingest', jobId);
  // One upload has one set of columns; a batch of another set matches nothing and stays unknown.
  for await (const batch of batchesByColumns(inputs, { recordOf: write.recordOf, keyColumn }, write.limits)) {
    yield* jobResults(ports, job, batch, keyColumn);
  }
}
