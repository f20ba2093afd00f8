import type { ApiUsage } from '../core/api-usage.js';
import type { Org, Session } from '../core/contract.js';
import type { OrgHandle } from '../core/org-handle.js';
import { wireInstant } from '../core/org-clock.js';
import { ApiError } from '../core/transport.js';
import { delimiters } from './csv.js';

export type JobState = 'Open' | 'UploadComplete' | 'InProgress' | 'JobComplete' | 'Failed' | 'Aborted';

/** A job as the API shows it, plus what the stand-in keeps for itself. */
export interface BulkJob {
  id: string;
  operation: string;
  object: string;
  createdById: string;
  createdDate: string;
  systemModstamp: string;
  state: JobState;
  externalIdFieldName?: string;
  concurrencyMode: 'Parallel';
  contentType: 'CSV';
  apiVersion: number;
  lineEnding: 'LF' | 'CRLF';
  columnDelimiter: string;
  numberRecordsProcessed: number;
  numberRecordsFailed: number;
  errorMessage?: string;
  query?: string;
  /** Who works the job off, whoever looks at it. */
  owner: Pick<Session, 'username' | 'clientId' | 'changeOrigin'>;
}

export type JobKind = 'ingest' | 'query';

/** Jobs and their results are kept for seven days (Bulk API 2.0 limits). */
const RETENTION_MS = 7 * 86_400_000;

/** Throws EXCEEDEDQUOTA when the allocation of 24 hours is used up. */
export function requireAllocation(usage: ApiUsage, what: string): void {
  if (!usage.exhausted) return;
  throw new ApiError(400, 'EXCEEDEDQUOTA', `The limit of ${String(usage.max)} ${what} in 24 hours is exceeded.`);
}

/** The permissions of the job's user as they are now, and the road that its changes name. */
export function ownerSession(org: OrgHandle, { owner: { username, ...road } }: BulkJob): Session {
  return { ...org.sessionFor(username), ...road };
}

/** Reads and writes jobs and the texts that belong to them. */
export class JobStore {
  public constructor(
    private readonly org: Org,
    private readonly kind: JobKind
  ) {}

  public create(session: Session, version: string, given: Record<string, unknown>, object: string): BulkJob {
    const now = wireInstant(this.org.now().toISOString());
    const { operation, externalIdFieldName, lineEnding, columnDelimiter, query, contentType = 'CSV' } = given;
    if (contentType !== 'CSV') throw new ApiError(400, 'INVALIDJOB', `Invalid contentType: ${String(contentType)}`);
    const { username, clientId, changeOrigin } = session;
    const job: BulkJob = {
      id: this.org.newId('750'),
      operation: String(operation),
      object,
      createdById: session.userId,
      createdDate: now,
      systemModstamp: now,
      state: this.kind === 'ingest' ? 'Open' : 'UploadComplete',
      ...(typeof externalIdFieldName === 'string' ? { externalIdFieldName } : {}),
      concurrencyMode: 'Parallel',
      contentType: 'CSV',
      apiVersion: Number(version),
      lineEnding: readLineEnding(lineEnding),
      columnDelimiter: readDelimiter(columnDelimiter),
      numberRecordsProcessed: 0,
      numberRecordsFailed: 0,
      ...(typeof query === 'string' ? { query } : {}),
      owner: { username, clientId, ...(changeOrigin === undefined ? {} : { changeOrigin }) }
    };
    this.save(job);
    return job;
  }

  /** A job of this user, or of anybody for an administrator. Throws NOT_FOUND. */
  public read(session: Session, id: string): BulkJob {
    const found = this.documents.get(`${id.slice(0, 15)}/job`);
    const job = found === undefined ? undefined : (JSON.parse(found.toString('utf8')) as BulkJob);
    const age = job === undefined ? 0 : this.org.now().getTime() - Date.parse(job.createdDate.replace('+0000', 'Z'));
    if (job === undefined || age > RETENTION_MS || (!session.admin && job.createdById !== session.userId)) {
      throw new ApiError(404, 'NOT_FOUND', 'The requested resource does not exist');
    }
    return job;
  }

  public list(session: Session): BulkJob[] {
    const ids = this.documents.keys().filter((key) => key.endsWith('/job'));
    return ids.flatMap((key) => {
      try {
        return [this.read(session, key.slice(0, 15))];
      } catch {
        return [];
      }
    });
  }

  public save(job: BulkJob): void {
    this.write(job, 'job', JSON.stringify({ ...job, systemModstamp: wireInstant(this.org.now().toISOString()) }));
  }

  public write(job: BulkJob, name: string, text: string): void {
    this.documents.set(`${job.id.slice(0, 15)}/${name}`, Buffer.from(text));
  }

  /** Adds to a text in a part of its own: results of a large job are not written anew with every piece of work. */
  public append(job: BulkJob, name: string, text: string): void {
    if (text !== '') this.write(job, `${name}.${String(job.numberRecordsProcessed).padStart(9, '0')}`, text);
  }

  /** A text as written, or its parts in order. */
  public text(job: BulkJob, name: string): string {
    const key = `${job.id.slice(0, 15)}/${name}`;
    const whole = this.documents.get(key);
    if (whole !== undefined) return whole.toString('utf8');
    const parts = this.documents.keys().filter((each) => each.startsWith(`${key}.`));
    return parts.map((part) => this.documents.get(part)?.toString('utf8') ?? '').join('');
  }

  public delete(job: BulkJob): void {
    const prefix = `${job.id.slice(0, 15)}/`;
    for (const key of this.documents.keys()) if (key.startsWith(prefix)) this.documents.delete(key);
  }

  private get documents(): ReturnType<Org['documents']> {
    return this.org.documents(`bulk-${this.kind}`);
  }
}

function readLineEnding(value: unknown): 'LF' | 'CRLF' {
  if (value === undefined || value === 'LF') return 'LF';
  if (value === 'CRLF') return 'CRLF';
  throw new ApiError(400, 'INVALIDJOB', `Invalid lineEnding: ${String(value)}`);
}

function readDelimiter(value: unknown): string {
  if (value === undefined) return 'COMMA';
  if (typeof value === 'string' && delimiters[value] !== undefined) return value;
  throw new ApiError(400, 'INVALIDJOB', `Invalid columnDelimiter: ${String(value)}`);
}

export function lineEnd(job: BulkJob): string {
  return job.lineEnding === 'CRLF' ? '\r\n' : '\n';
}

/** Without the fields of the other kind of job. */
export function showJob(job: BulkJob, kind: JobKind): object {
  const { numberRecordsFailed, query: _query, owner: _owner, ...rest } = job;
  if (kind === 'query') return { ...rest, jobType: 'V2Query', retries: 0, totalProcessingTime: 0 };
  return {
    ...rest,
    numberRecordsFailed,
    jobType: 'V2Ingest',
    contentUrl: `services/data/v${job.apiVersion.toFixed(1)}/jobs/ingest/${job.id}/batches`,
    retries: 0,
    totalProcessingTime: 0,
    apiActiveProcessingTime: 0,
    apexProcessingTime: 0
  };
}
