import type { Org, Session } from '../../core/contract.js';
import { ApiError } from '../../core/transport.js';
import { ArchiveError } from '../package/archive.js';
import { evaluateDeploy } from './evaluate.js';
import { isFinal, visibleSteps, type DeployJob } from './job.js';
import { JobStore } from './job-store.js';
import { isValidation, requireRecentValidation } from './quick-deploy.js';
import { recordProperties } from '../retrieve/properties.js';
import { RequestFault, type DeployOptions } from './options.js';

/** Milliseconds until a deploy starts by itself, when nobody asks for its status. */
const startsAfter = 200;
/** Milliseconds after which a status check shows the true status, however few checks there were. */
const showsTruthAfter = 2000;

/** The deploys of one organization: one runs at a time, the others wait. */
export class DeployJobs {
  private readonly store: JobStore;
  private readonly started = new Set<string>();
  private queue: Promise<void> = Promise.resolve();

  public constructor(private readonly org: Org) {
    this.store = new JobStore(org);
  }

  public submit(session: Session, zip: Buffer, options: DeployOptions): DeployJob {
    const job: DeployJob = {
      id: this.org.newId('0Af'),
      status: 'Pending',
      options,
      createdBy: session.userId,
      createdByName: String(this.org.data.retrieve(session, 'User', session.userId, ['Name'])['Name']),
      createdDate: this.org.now().toISOString(),
      checks: 0,
      successes: [],
      failures: []
    };
    this.store.put(job);
    this.store.putZip(job.id, zip);
    setTimeout(() => this.start(job.id), startsAfter).unref();
    return job;
  }

  /**
   * Deploys what a recent validation checked, without running its tests again.
   *
   * @throws RequestFault for an unknown id, or when the validation does not qualify
   */
  public quickDeploy(session: Session, validationId: string): DeployJob {
    const validation = this.require(validationId);
    requireRecentValidation(validation, this.org.now(), this.store.lastDeploy());
    const zip = this.store.zip(validation.id) ?? Buffer.alloc(0);
    return this.submit(session, zip, { ...validation.options, checkOnly: false, testLevel: 'NoTestRun', runTests: [] });
  }

  /**
   * The deploy as a client sees it now. Work may be done in milliseconds; the status still walks Pending, InProgress, end.
   *
   * @throws RequestFault INVALID_CROSS_REFERENCE_KEY for an unknown id
   */
  public check(id: string): DeployJob {
    const job = this.require(id);
    const step = visibleSteps[job.checks];
    const age = this.org.now().getTime() - Date.parse(job.createdDate);
    this.store.change(id, { checks: job.checks + 1 });
    if (step !== 'Pending') this.start(job.id);
    if (step === undefined || age > showsTruthAfter || job.status.startsWith('Cancel')) return this.require(id);
    return { ...job, status: step, successes: [], failures: [] };
  }

  /** A waiting deploy is canceled at once, a running one unless it ends first. */
  public cancel(id: string): DeployJob {
    const job = this.require(id);
    if (isFinal(job.status)) {
      throw new RequestFault('INVALID_ID_FIELD', `INVALID_ID_FIELD: Deployment already completed`);
    }
    const now = this.org.now().toISOString();
    this.store.change(
      id,
      job.status === 'Pending' ? { status: 'Canceled', completedDate: now } : { status: 'Canceling' }
    );
    return this.require(id);
  }

  private require(id: string): DeployJob {
    const job = this.store.get(id);
    if (job) return job;
    throw new RequestFault('INVALID_CROSS_REFERENCE_KEY', `INVALID_CROSS_REFERENCE_KEY: invalid cross reference id`);
  }

  private start(id: string): void {
    if (this.started.has(id)) return;
    this.started.add(id);
    // It fails only when the organization was closed meanwhile; the job keeps its archive and runs on the next check.
    this.queue = this.queue.then(() => this.run(id)).catch(() => void this.started.delete(id));
  }

  private async run(id: string): Promise<void> {
    const zip = this.store.zip(id);
    const job = this.store.get(id);
    if (!job || !zip || isFinal(job.status)) return;
    this.store.change(id, { status: 'InProgress', startDate: this.org.now().toISOString() });
    const result = await this.outcome(zip, job);
    const completedDate = this.org.now().toISOString();
    this.store.change(id, { ...result, completedDate });
    if (!job.options.checkOnly && result.status?.startsWith('Succeeded')) this.store.setLastDeploy(completedDate);
    if (!isValidation({ ...job, ...result })) this.store.dropZip(id);
  }

  private async outcome(
    zip: Buffer,
    { id, options, createdBy, createdByName }: DeployJob
  ): Promise<Partial<DeployJob>> {
    try {
      const { successes, failures, changes, partial } = await evaluateDeploy(this.org, zip, options);
      if (this.store.get(id)?.status === 'Canceling') return { status: 'Canceled' };
      for (const change of changes) this.org.applyMetadata(change);
      if (changes.length > 0) {
        recordProperties(this.org, { userId: createdBy, name: createdByName }, successes);
      }
      if (failures.length === 0) return { status: 'Succeeded', successes, failures };
      return { status: partial ? 'SucceededPartial' : 'Failed', successes, failures };
    } catch (error) {
      return { status: 'Failed', errorStatusCode: codeOf(error), errorMessage: messageOf(error) };
    }
  }
}

function codeOf(error: unknown): string {
  if (error instanceof ApiError) return error.errorCode;
  return error instanceof ArchiveError ? 'INVALID_FILE' : 'UNKNOWN_EXCEPTION';
}

function messageOf(error: unknown): string {
  return `${codeOf(error)}: ${error instanceof Error ? error.message : String(error)}`;
}
