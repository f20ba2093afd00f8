import type { FieldValues, Session } from '../core/contract.js';
import type { OrgHandle } from '../core/org-handle.js';
import { ApiError } from '../core/transport.js';
import { upsertByExternalId } from '../rest/external-id.js';
import { csvLine, delimiters } from './csv.js';
import { lineEnd, ownerSession, type BulkJob, type JobStore } from './jobs.js';
import { forgetUpload, readUpload } from './upload.js';

/** Records per transaction, as in an org. */
const CHUNK = 200;
/** Records per batch, as the daily allocation counts them (Bulk API 2.0 limits). */
const BATCH = 10_000;
/** Records worked off per look at a job: a larger job is seen InProgress first. */
const RECORDS_PER_LOOK = 5000;

interface Outcome {
  id: string;
  created: boolean;
  error: string;
}

/**
 * Works on a job that is ready, up to `RECORDS_PER_LOOK` records. The stand-in has no background workers: looking at the job
 * drives it, so that a test or a client that polls sees the same states without waiting.
 */
export function advance(org: OrgHandle, store: JobStore, job: BulkJob): BulkJob {
  if (job.state !== 'UploadComplete' && job.state !== 'InProgress') return job;
  const session = ownerSession(org, job);
  const upload = readUpload(org, store, job);
  if (typeof upload === 'string') return finish(org, store, { ...job, state: 'Failed', errorMessage: upload });
  const { header, records } = upload;
  const unknown = header.find((name) => !isColumn(org, session, job, name));
  if (unknown !== undefined) {
    const errorMessage = `InvalidBatch : Field name not found : ${unknown}`;
    return finish(org, store, { ...job, state: 'Failed', errorMessage });
  }
  if (job.state === 'UploadComplete') org.allocations.bulkBatches.count(Math.ceil(records.length / BATCH));
  const from = job.numberRecordsProcessed;
  const slice = records.slice(from, from + RECORDS_PER_LOOK);
  const failures = saveSlice(org, session, store, job, header, slice);
  const processed = from + slice.length;
  return finish(org, store, {
    ...job,
    state: processed >= records.length ? 'JobComplete' : 'InProgress',
    numberRecordsProcessed: processed,
    numberRecordsFailed: job.numberRecordsFailed + failures
  });
}

function finish(org: OrgHandle, store: JobStore, job: BulkJob): BulkJob {
  store.save(job);
  if (job.state !== 'InProgress') forgetUpload(org);
  return job;
}

function isColumn(org: OrgHandle, session: Session, job: BulkJob, name: string): boolean {
  const [first = '', second] = name.split('.');
  if (second === undefined) {
    const field = org.schema.field(job.object, name);
    return field !== undefined && org.access.field(session, job.object, field.name).readable;
  }
  const lowered = first.toLowerCase();
  const fields = [...(org.schema.object(job.object)?.fields.values() ?? [])];
  const reference = fields.find((field) => field.reference?.relationshipName.toLowerCase() === lowered)?.reference;
  return (reference?.to ?? []).some((parent) => {
    const field = org.schema.field(parent, second);
    return field?.externalId === true && org.access.field(session, parent, field.name).readable;
  });
}

function saveSlice(
  org: OrgHandle,
  session: Session,
  store: JobStore,
  job: BulkJob,
  header: readonly string[],
  rows: readonly (readonly string[])[]
): number {
  const delimiter = delimiters[job.columnDelimiter] ?? ',';
  const end = lineEnd(job);
  const isFirst = job.numberRecordsProcessed === 0;
  let good = isFirst ? csvLine(['sf__Id', 'sf__Created', ...header], delimiter, end) : '';
  let bad = isFirst ? csvLine(['sf__Id', 'sf__Error', ...header], delimiter, end) : '';
  let failures = 0;
  for (let start = 0; start < rows.length; start += CHUNK) {
    const chunk = rows.slice(start, start + CHUNK);
    const outcomes = org.data.transaction(session, () => chunk.map((row) => saveRow(org, session, job, header, row)));
    outcomes.forEach(({ id, created, error }, index) => {
      const row = chunk[index] ?? [];
      if (error === '') good += csvLine([id, created, ...row], delimiter, end);
      else {
        failures++;
        bad += csvLine([id, error, ...row], delimiter, end);
      }
    });
  }
  store.append(job, 'success', good);
  store.append(job, 'failed', bad);
  return failures;
}

function saveRow(
  org: OrgHandle,
  session: Session,
  job: BulkJob,
  header: readonly string[],
  row: readonly string[]
): Outcome {
  const { id, values } = readRow(header, row);
  try {
    return org.data.transaction(session, () => ({ ...saveOne(org, session, job, id, values), error: '' }));
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const code = error.errorCode === 'JSON_PARSER_ERROR' ? 'INVALID_TYPE_ON_FIELD_IN_RECORD' : error.errorCode;
    return { id, created: false, error: `${code}:${error.message}:${error.fields.join(' ')} --` };
  }
}

/** An empty value is left alone, `#N/A` empties the field. `Account.Code__c` names a parent by its external id. */
function readRow(header: readonly string[], row: readonly string[]): { id: string; values: FieldValues } {
  const values: Record<string, unknown> = {};
  let id = '';
  header.forEach((name, index) => {
    const text = row[index] ?? '';
    if (text === '') return;
    const value = text === '#N/A' ? null : text;
    const [parent = '', field] = name.split('.');
    if (field !== undefined) values[parent] = value === null ? null : { [field]: value };
    else if (name.toLowerCase() === 'id') id = text;
    else values[name] = value;
  });
  return { id, values };
}

function saveOne(
  org: OrgHandle,
  session: Session,
  job: BulkJob,
  id: string,
  values: FieldValues
): { id: string; created: boolean } {
  switch (job.operation) {
    case 'insert':
      return { id: org.data.create(session, job.object, values), created: true };
    case 'update':
      org.data.update(session, job.object, requireId(id), values);
      return { id, created: false };
    case 'delete':
    case 'hardDelete':
      org.data.delete(session, job.object, requireId(id));
      return { id, created: false };
    default:
      return upsert(org, session, job, id, values);
  }
}

function upsert(
  org: OrgHandle,
  session: Session,
  job: BulkJob,
  id: string,
  values: FieldValues
): { id: string; created: boolean } {
  const field = job.externalIdFieldName ?? 'Id';
  const key = Object.keys(values).find((name) => name.toLowerCase() === field.toLowerCase());
  const value = field.toLowerCase() === 'id' ? id : String(key === undefined ? '' : values[key]);
  if (value === '') throw new ApiError(400, 'MISSING_ARGUMENT', `${field} not specified`, [field]);
  const rest = Object.fromEntries(Object.entries(values).filter(([name]) => name !== key));
  const result = upsertByExternalId(org, session, { object: job.object, field, value, values: rest });
  if ('ambiguous' in result) {
    const text = `${field}: more than one record found for external id field: [${result.ambiguous.join(', ')}]`;
    throw new ApiError(400, 'DUPLICATE_EXTERNAL_ID', text, [field]);
  }
  return result;
}

function requireId(id: string): string {
  if (id === '') throw new ApiError(400, 'MISSING_ARGUMENT', 'Id not specified in an update call');
  return id;
}
