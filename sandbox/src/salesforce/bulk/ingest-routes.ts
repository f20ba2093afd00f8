import type { Route, RouteContext } from '../core/contract.js';
import { ApiError, type ApiResponse } from '../core/transport.js';
import { DATA, handleOf, readObject } from '../rest/http.js';
import { lookupField } from '../rest/external-id.js';
import { csvLine, delimiters, parseCsv } from './csv.js';
import { advance } from './ingest-run.js';
import { JobStore, lineEnd, requireAllocation, showJob, type BulkJob } from './jobs.js';

const operations: ReadonlySet<string> = new Set(['insert', 'update', 'upsert', 'delete', 'hardDelete']);
/** 150 MB counted after base64 encoding (Bulk API 2.0 limits), so three quarters of it raw. */
const MAX_UPLOAD = 112_500_000;

const jobs = (context: RouteContext): JobStore => new JobStore(context.org, 'ingest');
const readJob = (context: RouteContext): BulkJob => jobs(context).read(context.session, context.params[1] ?? '');

function create(context: RouteContext): ApiResponse {
  const given = readObject(context.request);
  const { object, operation, externalIdFieldName } = given;
  const org = handleOf(context);
  const schema = org.schema.object(String(object));
  if (schema === undefined || !org.access.object(context.session, schema.name).read) {
    throw new ApiError(400, 'INVALIDENTITY', `Unable to find object: ${String(object)}`);
  }
  if (!operations.has(String(operation)))
    throw new ApiError(400, 'INVALIDJOB', `Invalid operation: ${String(operation)}`);
  if (operation === 'hardDelete') {
    const text =
      'hardDelete operation requires special user profile permission, please contact your system administrator';
    throw new ApiError(400, 'FEATURENOTENABLED', text);
  }
  if (operation === 'upsert') {
    if (typeof externalIdFieldName !== 'string') {
      throw new ApiError(
        400,
        'INVALIDJOB',
        'External ID was blank for upsert. An external ID must be specified for upsert.'
      );
    }
    lookupField(org, context.session, schema.name, externalIdFieldName);
  }
  requireAllocation(org.allocations.bulkBatches, 'batches');
  const job = jobs(context).create(context.session, context.params[0] ?? '', given, schema.name);
  return { status: 200, body: showJob(job, 'ingest') };
}

function upload(context: RouteContext): ApiResponse {
  const job = readJob(context);
  const store = jobs(context);
  if (job.state !== 'Open' || store.text(job, 'data') !== '') {
    throw new ApiError(400, 'INVALIDJOBSTATE', 'Data can be uploaded once, and only while the job is open.');
  }
  if (!/^text\/csv/i.test(context.request.headers['content-type'] ?? '')) {
    throw new ApiError(415, 'UNSUPPORTED_MEDIA_TYPE', 'Content type of request not supported');
  }
  if (context.request.body.length > MAX_UPLOAD)
    throw new ApiError(400, 'INVALIDBATCH', 'The uploaded data exceeds the maximum size.');
  store.write(job, 'data', context.request.body.toString('utf8'));
  return { status: 201 };
}

function changeState(context: RouteContext): ApiResponse {
  const job = readJob(context);
  const { state } = readObject(context.request);
  const allowed = job.state === 'Open' || (state === 'Aborted' && ['UploadComplete', 'InProgress'].includes(job.state));
  if ((state !== 'UploadComplete' && state !== 'Aborted') || !allowed) {
    throw new ApiError(400, 'INVALIDJOBSTATE', `Job state cannot change from ${job.state} to ${String(state)}.`);
  }
  const changed: BulkJob = { ...job, state };
  jobs(context).save(changed);
  return { status: 200, body: showJob(changed, 'ingest') };
}

function results(context: RouteContext): ApiResponse {
  const job = readJob(context);
  const store = jobs(context);
  if (!['JobComplete', 'Failed', 'Aborted'].includes(job.state)) {
    throw new ApiError(400, 'INVALIDJOBSTATE', 'Results are available when the job has ended.');
  }
  const kind = context.params[2] ?? '';
  const body =
    kind === 'unprocessedrecords'
      ? unprocessed(store, job)
      : store.text(job, kind === 'successfulResults' ? 'success' : 'failed');
  return { status: 200, headers: { 'content-type': 'text/csv' }, body };
}

/** Rows that an aborted or failed job did not come to. */
function unprocessed(store: JobStore, job: BulkJob): string {
  const delimiter = delimiters[job.columnDelimiter] ?? ',';
  try {
    const [header = [], ...rows] = parseCsv(store.text(job, 'data'), delimiter);
    return [header, ...rows.slice(job.numberRecordsProcessed)]
      .map((row) => csvLine(row, delimiter, lineEnd(job)))
      .join('');
  } catch {
    return store.text(job, 'data');
  }
}

/** Bulk API 2.0, ingest. */
export const ingestRoutes: readonly Route[] = [
  { method: 'POST', pattern: new RegExp(`${DATA}/jobs/ingest/?$`), handle: create },
  {
    method: 'GET',
    pattern: new RegExp(`${DATA}/jobs/ingest/?$`),
    handle: (context) => {
      const records = jobs(context)
        .list(context.session)
        .map((job) => showJob(job, 'ingest'));
      return { status: 200, body: { done: true, records, nextRecordsUrl: null } };
    }
  },
  {
    method: 'GET',
    pattern: new RegExp(`${DATA}/jobs/ingest/(\\w+)/?$`),
    handle: (context) => {
      const job = advance(handleOf(context), jobs(context), readJob(context));
      return { status: 200, body: showJob(job, 'ingest') };
    }
  },
  { method: 'PUT', pattern: new RegExp(`${DATA}/jobs/ingest/(\\w+)/batches/?$`), handle: upload },
  { method: 'PATCH', pattern: new RegExp(`${DATA}/jobs/ingest/(\\w+)/?$`), handle: changeState },
  {
    method: 'DELETE',
    pattern: new RegExp(`${DATA}/jobs/ingest/(\\w+)/?$`),
    handle: (context) => {
      const job = readJob(context);
      if (job.state === 'UploadComplete' || job.state === 'InProgress') {
        throw new ApiError(400, 'INVALIDJOBSTATE', 'A job that is being processed cannot be deleted.');
      }
      jobs(context).delete(job);
      return { status: 204 };
    }
  },
  {
    method: 'GET',
    pattern: new RegExp(`${DATA}/jobs/ingest/(\\w+)/(successfulResults|failedResults|unprocessedrecords)/?$`, 'i'),
    handle: results
  }
];
