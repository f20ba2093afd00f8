import type { DeployJob } from './job.js';
import { RequestFault } from './options.js';

/** Days for which a validation can be deployed without validating it again (Metadata API Developer Guide, deployRecentValidation). */
const validForDays = 10;
const dayMs = 86_400_000;

/** True for a deploy whose archive is kept: it only checked, its tests ran, and nothing was wrong. */
export function isValidation({ options, status }: Pick<DeployJob, 'options' | 'status'>): boolean {
  return options.checkOnly && options.testLevel !== 'NoTestRun' && status === 'Succeeded';
}

/**
 * Refuses a quick deploy of what is no recent validation. Any deploy ends the validations before it.
 *
 * @param lastDeploy end of the org's last deploy, ISO 8601
 * @throws RequestFault INVALID_ID_FIELD
 */
export function requireRecentValidation(job: DeployJob, now: Date, lastDeploy: string): void {
  const ended = job.completedDate ?? '';
  const recent = now.getTime() - Date.parse(ended) <= validForDays * dayMs;
  if (isValidation(job) && recent && ended >= lastDeploy) return;
  const text = `The deployment ${job.id} is not a successful validation of the last ${String(validForDays)} days, or another deployment followed it`;
  throw new RequestFault('INVALID_ID_FIELD', `INVALID_ID_FIELD: ${text}`);
}
