import type { Org } from '../../core/contract.js';
import type { DeployJob } from './job.js';

/** Deploys and their archives in the organization's documents: they survive a restart and are found by id. */
export class JobStore {
  public constructor(private readonly org: Org) {}

  public get(id: string): DeployJob | undefined {
    const stored = this.documents().get(jobKey(id));
    return stored ? (JSON.parse(stored.toString('utf8')) as DeployJob) : undefined;
  }

  public put(job: DeployJob): void {
    this.documents().set(jobKey(job.id), Buffer.from(JSON.stringify(job)));
  }

  public change(id: string, change: Partial<DeployJob>): void {
    const job = this.get(id);
    if (job) this.put({ ...job, ...change });
  }

  public zip(id: string): Buffer | undefined {
    return this.documents().get(zipKey(id));
  }

  public putZip(id: string, zip: Buffer): void {
    this.documents().set(zipKey(id), zip);
  }

  public dropZip(id: string): void {
    this.documents().delete(zipKey(id));
  }

  /** End of the last deploy that changed the org; empty when there was none. */
  public lastDeploy(): string {
    return this.documents().get(lastDeployKey)?.toString('utf8') ?? '';
  }

  public setLastDeploy(completedDate: string): void {
    this.documents().set(lastDeployKey, Buffer.from(completedDate));
  }

  private documents(): ReturnType<Org['documents']> {
    return this.org.documents('metadata');
  }
}

const lastDeployKey = 'last-deploy';

/** Ids are given with 15 or 18 characters. */
function jobKey(id: string): string {
  return `deploy/${id.slice(0, 15)}`;
}

function zipKey(id: string): string {
  return `zip/${id.slice(0, 15)}`;
}
