export { deployPackage } from './deploy.js';
export type { DeployInput, DeployStage } from './deploy.js';
export type { JobProgress } from './metadata-job.js';
export { exitCodes } from './result.js';
export type { CosellDeployResult } from './result.js';
