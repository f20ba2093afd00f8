import type { Org } from '@salesforce/core';
import type { Clock } from '../ports/clock.js';
import { checkEntityLimit, toolingQuery } from './change-events.js';
import { runJob } from './metadata-job.js';
import type { JobProgress } from './metadata-job.js';
import { apiVersion, packageComponents, packageEntities } from './package-source.js';
import { assignPermissionSets, recordsOf } from './permission-sets.js';
import { checkReachable } from './reachable.js';
import type { CosellDeployResult } from './result.js';

export type DeployStage = 'prepare' | 'deploy' | 'assign' | 'done';

export interface DeployInput {
  org: Org;
  checkOnly: boolean;
  changeEvents: boolean;
  translations: boolean;
  permissionSets: readonly string[];
  waitMs: number;
  clock: Clock;
  /** Folder that holds `force-app`. @default this package */
  root?: string;
  env: Readonly<Record<string, string | undefined>>;
  onStage?: (stage: DeployStage) => void;
  onProgress?: (progress: JobProgress) => void;
}

/**
 * Puts the package's metadata into an org: reachability, change event limit, deploy or validation, permission sets for
 * the running user. Permission sets are assigned after a deploy that succeeded only.
 */
export async function deployPackage(input: DeployInput): Promise<CosellDeployResult> {
  const { org, checkOnly, changeEvents, translations, root, clock, waitMs, onStage, onProgress } = input;
  onStage?.('prepare');
  const connection = org.getConnection(apiVersion);
  await checkReachable(connection.instanceUrl, input.env);
  const components = packageComponents({ changeEvents, translations, ...(root === undefined ? {} : { root }) });
  const events = changeEvents ? await checkEntityLimit(toolingQuery(connection), packageEntities(components)) : null;
  onStage?.('deploy');
  const job = await runJob({ connection, components, checkOnly, waitMs, clock, ...(onProgress ? { onProgress } : {}) });
  const username = org.getUsername() ?? '';
  const assign = job.status === 'Succeeded' && !checkOnly && input.permissionSets.length > 0;
  if (assign) onStage?.('assign');
  const permissionSets = assign
    ? await assignPermissionSets(recordsOf(connection), username, input.permissionSets)
    : [];
  if (job.status === 'Succeeded') onStage?.('done');
  return { orgId: org.getOrgId(), username, ...job, checkOnly, changeEvents: events, permissionSets };
}
