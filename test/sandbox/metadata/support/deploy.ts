import type { Org } from '../../../../sandbox/src/salesforce/core/contract.js';
import { evaluateDeploy, type Evaluation } from '../../../../sandbox/src/salesforce/metadata/deploy/evaluate.js';
import { deployOptions, type DeployOptions } from '../../../../sandbox/src/salesforce/metadata/deploy/options.js';
import { archive } from './samples.js';

export const defaults: DeployOptions = deployOptions({ rollbackOnError: true, singlePackage: true });

/** What a deploy of the files would do. */
export function evaluate(
  org: Org,
  files: Readonly<Record<string, string>>,
  options: Partial<DeployOptions> = {}
): Promise<Evaluation> {
  return evaluateDeploy(org, archive(files), { ...defaults, ...options });
}

/** Deploys the files; fails with the first problem. */
export async function deploy(
  org: Org,
  files: Readonly<Record<string, string>>,
  options: Partial<DeployOptions> = {}
): Promise<Evaluation> {
  const evaluation = await evaluate(org, files, options);
  const [failure] = evaluation.failures;
  if (failure) throw new Error(`${failure.fullName}: ${failure.problem ?? ''}`);
  for (const change of evaluation.changes) org.applyMetadata(change);
  return evaluation;
}

/** Failures as lines: `fullName: problem`. */
export function problems({ failures }: Evaluation): string[] {
  return failures.map(({ fullName, problem }) => `${fullName}: ${problem ?? ''}`);
}

export interface WrongSample {
  what: string;
  files: Record<string, string>;
  /** `fullName: problem`, which must be the only failure. */
  problem: string;
  /** `line:column` of the failure. */
  at?: string;
}
