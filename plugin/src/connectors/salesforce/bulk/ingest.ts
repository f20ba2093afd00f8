import { ConnectorError } from '../../../ports/errors.js';
import type { JsonObject } from '../../../ports/json.js';
import { answerError } from '../rest-errors.js';
import { abortJob, BulkJobError, createJob, jobPath, readJob } from './job.js';
import type { BulkPorts } from './job.js';

export interface IngestSpec {
  object: string;
  operation: 'insert' | 'update' | 'upsert' | 'delete';
  /** Upsert: the field that names a record. Its values travel in the table, so no character of theirs needs care. */
  externalId?: string;
  /** Insert: a column whose value is unique, if there is one, to match results by. */
  keyColumn?: string;
}

/** A body of up to 100 MB takes longer than an answer of JSON. */
const uploadTimeoutMs = 600_000;
const uploadAttempts = 3;

function jobBody({ object, operation, externalId }: IngestSpec): JsonObject {
  return {
    object,
    operation,
    ...(operation === 'upsert' ? { externalIdFieldName: externalId ?? 'Id' } : {}),
    contentType: 'CSV',
    columnDelimiter: 'COMMA',
    lineEnding: 'LF'
  };
}

/** Data can be uploaded to a job once, and nobody knows what a cut upload left there: such a job is given up. */
async function uploaded(ports: BulkPorts, spec: IngestSpec, csv: string): Promise<string> {
  for (let attempt = 1; ; attempt += 1) {
    const { id } = await createJob(ports, 'ingest', jobBody(spec));
    try {
      await ports.rest.call({
        method: 'PUT',
        path: jobPath('ingest', id, 'batches'),
        csv,
        repeatable: false,
        timeoutMs: uploadTimeoutMs
      });
      return id;
    } catch (error) {
      await abortJob(ports, 'ingest', id);
      const again = error instanceof ConnectorError && ['retryable', 'unknownOutcome'].includes(error.kind);
      if (!again || attempt >= uploadAttempts) throw error;
      await ports.clock.sleep(Math.round(1000 * 2 ** (attempt - 1) * (0.5 + ports.random.next() / 2)));
    }
  }
}

/**
 * Closes the job, after which Salesforce works on it. A close that was carried out and lost its answer is refused the
 * second time; the job's state tells.
 */
async function close(ports: BulkPorts, id: string): Promise<void> {
  const body = { state: 'UploadComplete' };
  try {
    const request = { method: 'PATCH', path: jobPath('ingest', id), body, repeatable: true, accept: [400] } as const;
    const { status, json } = await ports.rest.call(request);
    if (status < 400 || (await readJob(ports, 'ingest', id)).state !== 'Open') return;
    throw answerError(status, json);
  } catch (error) {
    if (error instanceof ConnectorError && error.kind === 'rejected') {
      await abortJob(ports, 'ingest', id);
      throw error;
    }
    const text = `Nobody knows whether Salesforce works on job ${id}: its start was not confirmed.`;
    throw new BulkJobError(id, 'unknownOutcome', 'BULK_JOB_UNKNOWN', text, error);
  }
}

/**
 * Creates a job, uploads and closes. Nothing is processed before the close, so everything up to there may be done again.
 * @returns the job's id
 */
export async function startIngest(ports: BulkPorts, spec: IngestSpec, csv: string): Promise<string> {
  const id = await uploaded(ports, spec, csv);
  await close(ports, id);
  return id;
}
