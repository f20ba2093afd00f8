import type { QueryRow, Route, RouteContext, Session } from '../core/contract.js';
import type { OrgHandle } from '../core/org-handle.js';
import { ApiError, type ApiResponse } from '../core/transport.js';
import { DATA, handleOf, readObject } from '../rest/http.js';
import { toolingOnly } from '../rest/tooling.js';
import type { RecordShape } from '../soql/compiled-query.js';
import { csvLine, delimiters } from './csv.js';
import { JobStore, lineEnd, ownerSession, requireAllocation, showJob, type BulkJob } from './jobs.js';

const jobs = (context: RouteContext): JobStore => new JobStore(context.org, 'query');
const readJob = (context: RouteContext): BulkJob => jobs(context).read(context.session, context.params[1] ?? '');

function create(context: RouteContext): ApiResponse {
  const given = readObject(context.request);
  const { query, operation } = given;
  if (operation !== 'query' && operation !== 'queryAll') {
    throw new ApiError(400, 'INVALIDJOB', `Invalid operation: ${String(operation)}`);
  }
  const org = handleOf(context);
  const compiled = org.soql.compile(context.session, String(query), operation === 'queryAll');
  toolingOnly(compiled.object.name, String(query));
  if (
    compiled.mode !== 'rows' ||
    compiled.shape.entries.some((entry) => entry.kind === 'children' || entry.kind === 'address')
  ) {
    throw new ApiError(
      400,
      'API_ERROR',
      'Aggregates, nested queries and compound fields are not supported in Bulk Query'
    );
  }
  requireAllocation(org.allocations.bulkQueryJobs, 'query jobs');
  const job = jobs(context).create(context.session, context.params[0] ?? '', given, compiled.object.name);
  org.allocations.bulkQueryJobs.count();
  return { status: 200, body: showJob(job, 'query') };
}

/** Runs the query when the job is looked at for the first time, see `advance` of the ingest jobs. */
function look(context: RouteContext): BulkJob {
  const job = readJob(context);
  if (job.state !== 'UploadComplete') return job;
  const org = handleOf(context);
  const lines = readLines(org, ownerSession(org, job), job);
  const store = jobs(context);
  store.write(job, 'result', JSON.stringify(lines));
  const done: BulkJob = { ...job, state: 'JobComplete', numberRecordsProcessed: lines.length - 1 };
  store.save(done);
  return done;
}

/** The header and one line per record. */
function readLines(org: OrgHandle, session: Session, job: BulkJob): string[] {
  const soql = job.query ?? '';
  const includeDeleted = job.operation === 'queryAll';
  const columns = columnPaths(org.soql.compile(session, soql, includeDeleted).shape, []);
  const delimiter = delimiters[job.columnDelimiter] ?? ',';
  const lines = [
    csvLine(
      columns.map((path) => path.join('.')),
      delimiter,
      lineEnd(job)
    )
  ];
  let page = org.soql.query(session, soql, { includeDeleted });
  for (;;) {
    for (const record of page.records)
      lines.push(
        csvLine(
          columns.map((path) => valueAt(record, path)),
          delimiter,
          lineEnd(job)
        )
      );
    if (page.done) return lines;
    page = org.soql.more(session, page.nextRecordsUrl?.split('/').pop() ?? '');
  }
}

function columnPaths(shape: RecordShape, path: readonly string[]): string[][] {
  return shape.entries.flatMap((entry) => {
    if (entry.kind === 'parent') return columnPaths(entry.shape, [...path, entry.name]);
    return [[...path, entry.name]];
  });
}

/** Instants in a CSV end in `Z`, unlike in JSON. */
function valueAt(record: QueryRow, path: readonly string[]): unknown {
  let value: unknown = record;
  for (const name of path) value = (value as QueryRow | null)?.[name] ?? null;
  return typeof value === 'string'
    ? value.replace(/^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3})\+0000$/, '$1Z')
    : value;
}

/** A page of the result; the locator of the last page is the text `null`. */
function results(context: RouteContext): ApiResponse {
  const job = readJob(context);
  if (job.state !== 'JobComplete')
    throw new ApiError(400, 'INVALIDJOBSTATE', 'Results are available when the job has ended.');
  const { query } = context.request;
  const locator = query.get('locator');
  const start = locator === null ? 0 : Number(Buffer.from(locator, 'base64url').toString('utf8'));
  if (!Number.isInteger(start) || start < 0) throw new ApiError(400, 'INVALID_LOCATOR', 'The locator is not valid.');
  const wanted = Number(query.get('maxRecords') ?? handleOf(context).bulkResultRows);
  if (!Number.isInteger(wanted) || wanted < 1)
    throw new ApiError(400, 'API_ERROR', 'maxRecords must be a positive number');
  const size = Math.min(wanted, handleOf(context).bulkResultRows);
  const [header = '', ...lines] = JSON.parse(jobs(context).text(job, 'result')) as string[];
  const page = lines.slice(start, start + size);
  const end = start + page.length;
  const next = end < lines.length ? Buffer.from(String(end)).toString('base64url') : 'null';
  return {
    status: 200,
    headers: { 'content-type': 'text/csv', 'sforce-locator': next, 'sforce-numberofrecords': String(page.length) },
    body: header + page.join('')
  };
}

function abort(context: RouteContext): ApiResponse {
  const job = readJob(context);
  const { state } = readObject(context.request);
  if (state !== 'Aborted' || job.state === 'JobComplete') {
    throw new ApiError(400, 'INVALIDJOBSTATE', `Job state cannot change from ${job.state} to ${String(state)}.`);
  }
  const changed: BulkJob = { ...job, state };
  jobs(context).save(changed);
  return { status: 200, body: showJob(changed, 'query') };
}

/** Bulk API 2.0, query. */
export const queryJobRoutes: readonly Route[] = [
  { method: 'POST', pattern: new RegExp(`${DATA}/jobs/query/?$`), handle: create },
  {
    method: 'GET',
    pattern: new RegExp(`${DATA}/jobs/query/?$`),
    handle: (context) => {
      const records = jobs(context)
        .list(context.session)
        .map((job) => showJob(job, 'query'));
      return { status: 200, body: { done: true, records, nextRecordsUrl: null } };
    }
  },
  {
    method: 'GET',
    pattern: new RegExp(`${DATA}/jobs/query/(\\w+)/?$`),
    handle: (context) => ({ status: 200, body: showJob(look(context), 'query') })
  },
  { method: 'GET', pattern: new RegExp(`${DATA}/jobs/query/(\\w+)/results/?$`), handle: results },
  { method: 'PATCH', pattern: new RegExp(`${DATA}/jobs/query/(\\w+)/?$`), handle: abort },
  {
    method: 'DELETE',
    pattern: new RegExp(`${DATA}/jobs/query/(\\w+)/?$`),
    handle: (context) => {
      const job = readJob(context);
      if (job.state === 'UploadComplete') {
        throw new ApiError(400, 'INVALIDJOBSTATE', 'A job that is being processed cannot be deleted.');
      }
      jobs(context).delete(job);
      return { status: 204 };
    }
  }
];
