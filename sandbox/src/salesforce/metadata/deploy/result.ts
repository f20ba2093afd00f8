import { isFinal, type DeployJob } from './job.js';

/** A DeployResult as SOAP and REST give it (Metadata API Developer Guide, DeployResult). */
export function deployResult(job: DeployJob, includeDetails: boolean): Record<string, unknown> {
  const { options, successes, failures, status } = job;
  const done = isFinal(status);
  const deployed = successes.filter(({ componentType, problemType }) => componentType !== '' && !problemType).length;
  const errors = failures.filter(({ problemType }) => problemType === 'Error').length;
  return {
    checkOnly: options.checkOnly,
    ...(job.completedDate && done ? { completedDate: job.completedDate } : {}),
    createdBy: job.createdBy,
    createdByName: job.createdByName,
    createdDate: job.createdDate,
    details: includeDetails ? details(job, done) : undefined,
    done,
    ...(job.errorMessage ? { errorMessage: job.errorMessage, errorStatusCode: job.errorStatusCode } : {}),
    id: job.id,
    ignoreWarnings: options.ignoreWarnings,
    lastModifiedDate: job.completedDate ?? job.startDate ?? job.createdDate,
    numberComponentErrors: errors,
    numberComponentsDeployed: deployed,
    numberComponentsTotal: deployed + errors,
    numberTestErrors: 0,
    numberTestsCompleted: 0,
    numberTestsTotal: 0,
    rollbackOnError: options.rollbackOnError,
    runTestsEnabled: options.testLevel !== 'NoTestRun',
    ...(job.startDate && status !== 'Pending' ? { startDate: job.startDate } : {}),
    status,
    success: status === 'Succeeded' || status === 'SucceededPartial'
  };
}

function details(job: DeployJob, done: boolean): Record<string, unknown> {
  if (!done) return { componentFailures: [], componentSuccesses: [] };
  return {
    componentFailures: job.failures,
    componentSuccesses: job.successes,
    runTestResult: { numFailures: 0, numTestsRun: 0, totalTime: 0 }
  };
}
