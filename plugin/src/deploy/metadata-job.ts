import type { Connection } from '@salesforce/core';
import { ComponentStatus, DeployResult } from '@salesforce/source-deploy-retrieve';
import type { ComponentSet, FileResponse, MetadataApiDeployStatus } from '@salesforce/source-deploy-retrieve';
import type { Clock } from '../ports/clock.js';
import { failuresOf } from './failures.js';
import { apiVersion } from './package-source.js';
import type { ComponentFailure, DeployedComponent, DeployStatus } from './result.js';

/** First and longest wait between two looks at the job. */
const poll = { firstMs: 200, factor: 1.5, maxMs: 2000 } as const;
/** Looks in a row that may fail for reasons of the network before the command gives up. */
const tolerated = 5;

export interface JobProgress {
  id: string;
  done: number;
  total: number;
  errors: number;
}

export interface JobInput {
  connection: Connection;
  components: ComponentSet;
  checkOnly: boolean;
  waitMs: number;
  clock: Clock;
  onProgress?: (progress: JobProgress) => void;
}

export interface JobOutcome {
  id: string;
  status: DeployStatus;
  components: DeployedComponent[];
  failures: ComponentFailure[];
}

/** A deploy job in the org, as far as this module knows it. */
interface Job {
  id: string;
  look(): Promise<MetadataApiDeployStatus>;
}

const finals: ReadonlySet<string> = new Set(['Succeeded', 'SucceededPartial', 'Failed', 'Canceled']);

function statusOf(status: string): DeployStatus {
  return finals.has(status) ? (status as DeployStatus) : status === 'FinalizingFailed' ? 'Failed' : 'InProgress';
}

function componentsOf(files: readonly FileResponse[]): DeployedComponent[] {
  const byName = new Map<string, DeployedComponent>();
  for (const file of files) {
    if (file.state === ComponentStatus.Failed) continue;
    byName.set(`${file.type}#${file.fullName}`, { type: file.type, fullName: file.fullName, state: file.state });
  }
  return [...byName.values()].sort((a, b) => a.type.localeCompare(b.type) || a.fullName.localeCompare(b.fullName));
}

async function start({ connection, components, checkOnly }: JobInput): Promise<Job> {
  const transfer = await components.deploy({
    usernameOrConnection: connection,
    apiVersion,
    apiOptions: { checkOnly, rollbackOnError: true, singlePackage: true }
  });
  return { id: transfer.id ?? '', look: () => transfer.checkStatus() };
}

/** Looks until the job has ended or the time is up; a look that fails now and then is no reason to give up on the job. */
async function follow(job: Job, { clock, waitMs, onProgress }: JobInput): Promise<MetadataApiDeployStatus | undefined> {
  const deadline = clock.now() + waitMs;
  let failed = 0;
  let status: MetadataApiDeployStatus | undefined;
  for (let wait: number = poll.firstMs; ; wait = Math.min(poll.maxMs, wait * poll.factor)) {
    try {
      status = await job.look();
      failed = 0;
      onProgress?.({
        id: job.id,
        done: status.numberComponentsDeployed,
        total: status.numberComponentsTotal,
        errors: status.numberComponentErrors
      });
      if (status.done) return status;
    } catch (error) {
      failed += 1;
      if (failed > tolerated) throw error;
    }
    if (clock.now() + wait > deadline) return status;
    await clock.sleep(wait);
  }
}

/** Deploys or validates the components and waits for the end; without one in time the status is `InProgress`. */
export async function runJob(input: JobInput): Promise<JobOutcome> {
  const job = await start(input);
  const status = await follow(job, input);
  if (!status?.done) return { id: job.id, status: 'InProgress', components: [], failures: [] };
  const files = new DeployResult(status, input.components).getFileResponses();
  return {
    id: job.id,
    status: statusOf(status.status),
    components: componentsOf(files),
    failures: failuresOf(files, status, input.components.projectDirectory ?? '')
  };
}
