import type { Clock } from '../../../ports/clock.js';
import { ConnectorError } from '../../../ports/errors.js';
import type { FailureKind } from '../../../ports/errors.js';
import type { JsonObject, JsonValue } from '../../../ports/json.js';
import type { Random } from '../../../ports/random.js';
import { dataRoot } from '../rest.js';
import type { Rest } from '../rest.js';
import { system } from '../rest-errors.js';
import { defaultPolling, nextPollMs } from './polling.js';
import type { Polling } from './polling.js';

export interface BulkPorts {
  rest: Rest;
  clock: Clock;
  random: Random;
  /** @default `defaultPolling` */
  polling?: Partial<Polling>;
}

export type JobKind = 'ingest' | 'query';
export type JobState = 'Open' | 'UploadComplete' | 'InProgress' | 'JobComplete' | 'Failed' | 'Aborted';

export interface BulkJob {
  kind: JobKind;
  id: string;
  state: JobState;
  processed: number;
  failed: number;
  errorMessage: string;
}

/** A job that did not come to a good end. Its results, and so its effect, can be asked for by `jobId` for seven days. */
export class BulkJobError extends ConnectorError {
  public constructor(
    public readonly jobId: string,
    kind: FailureKind,
    code: string,
    message: string,
    cause?: unknown
  ) {
    const nextSteps = [`Look at job ${jobId} in Setup, Bulk Data Load Jobs.`];
    super(system, kind, code, message, { nextSteps, target: jobId, cause });
  }
}

export const jobPath = (kind: JobKind, id = '', resource = ''): string =>
  `${dataRoot}/jobs/${kind}${id === '' ? '' : `/${id}`}${resource === '' ? '' : `/${resource}`}`;

export function jobOf(kind: JobKind, json: JsonValue): BulkJob {
  const body = (json ?? {}) as JsonObject;
  return {
    kind,
    id: String(body['id'] ?? ''),
    state: String(body['state'] ?? '') as JobState,
    processed: Number(body['numberRecordsProcessed'] ?? 0),
    failed: Number(body['numberRecordsFailed'] ?? 0),
    errorMessage: String(body['errorMessage'] ?? '')
  };
}

/**
 * Creates a job. May be repeated: of two query jobs one is never read, and an ingest job nobody uploads to and closes
 * changes nothing.
 */
export async function createJob(
  { rest }: BulkPorts,
  kind: JobKind,
  body: JsonObject
): Promise<BulkJob & { serverTime: number }> {
  const { json, serverTime } = await rest.call({ method: 'POST', path: jobPath(kind), body, repeatable: true });
  return { ...jobOf(kind, json), serverTime };
}

export async function readJob({ rest }: BulkPorts, kind: JobKind, id: string): Promise<BulkJob> {
  return jobOf(kind, (await rest.call({ method: 'GET', path: jobPath(kind, id), repeatable: true })).json);
}

/** Best effort: the job may have ended by itself, and the error that led here is the one to report. */
export async function abortJob({ rest }: BulkPorts, kind: JobKind, id: string): Promise<void> {
  await rest
    .call({
      method: 'PATCH',
      path: jobPath(kind, id),
      body: { state: 'Aborted' },
      repeatable: true,
      accept: [400, 404]
    })
    .catch(() => undefined);
}

/** Worth another look while there is time; a host that is away for a moment does not end a job that goes on there. */
function passes(error: unknown): boolean {
  return error instanceof ConnectorError && (error.kind === 'retryable' || error.code === 'UNREACHABLE');
}

const ended: readonly JobState[] = ['JobComplete', 'Failed', 'Aborted'];

/**
 * Waits until a job has ended, in whatever state. A look that fails is not the end of the wait.
 * @throws BulkJobError BULK_JOB_TIMEOUT when it takes longer than `polling.timeoutMs`; the job goes on in the org
 */
export async function waitForJob(ports: BulkPorts, kind: JobKind, id: string): Promise<BulkJob> {
  const polling = { ...defaultPolling, ...ports.polling };
  const { clock, random } = ports;
  const deadline = clock.now() + polling.timeoutMs;
  let failure: unknown;
  for (let look = 0; ; look += 1) {
    try {
      const job = await readJob(ports, kind, id);
      if (ended.includes(job.state)) return job;
    } catch (error) {
      if (!passes(error)) throw error;
      failure = error;
    }
    const wait = nextPollMs(polling, look, random);
    if (clock.now() + wait > deadline) {
      const text = `Bulk job ${id} has not ended within ${Math.round(polling.timeoutMs / 1000)} seconds.`;
      throw new BulkJobError(id, 'unknownOutcome', 'BULK_JOB_TIMEOUT', text, failure);
    }
    await clock.sleep(wait);
  }
}
