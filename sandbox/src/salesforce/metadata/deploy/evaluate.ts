import type { MetadataChange, Org } from '../../core/contract.js';
import { openArchive, type Archive } from '../package/archive.js';
import { collectComponents } from '../package/collect.js';
import { readDeletions, type Deletion } from '../package/destructive.js';
import { readManifest } from '../package/manifest.js';
import { packageProblem, type Problem } from '../package/problem.js';
import { deletionProblems } from '../rules/deletions.js';
import { checkComponents, type Checked } from '../rules/check.js';
import { metadataChanges } from './change.js';
import { deletionMessage, failureMessage, manifestMessage, successMessage, type DeployMessage } from './messages.js';
import type { DeployOptions } from './options.js';

export interface Evaluation {
  successes: DeployMessage[];
  failures: DeployMessage[];
  /** To be applied in this order; none when nothing may be. */
  changes: MetadataChange[];
  partial: boolean;
}

/**
 * Decides what a deploy does, in this order: archive and manifest; files against the WSDL; names and values; references;
 * components compiled. Nothing is applied here.
 *
 * @throws ArchiveError when the zip cannot be read at all
 */
export async function evaluateDeploy(org: Org, zip: Buffer, options: DeployOptions): Promise<Evaluation> {
  const archive = openArchive(zip, options.singlePackage);
  const now = org.now().toISOString();
  const content = archive.files.get('package.xml');
  if (!content) return refused([packageProblem('package.xml', 'No package.xml found')], now);
  const { manifest, problems } = readManifest(content, 'package.xml', org.apiVersion);
  if (!manifest || problems.length > 0) {
    return refused(
      problems.map((problem) => ({ ...problem, fileName: archive.root + problem.fileName })),
      now
    );
  }
  const collected = collectComponents(archive, manifest);
  const { deletions, problems: unknown } = readDeletions(archive, org);
  const checked = await checkComponents(org, collected.components, deletions);
  const held = await deletionProblems(deletions, checked.world);
  const all = [...collected.problems, ...unknown, ...checked.problems, ...held];
  return decide({ org, archive, options, checked, deletions, problems: all, now });
}

interface Findings {
  org: Org;
  archive: Archive;
  options: DeployOptions;
  checked: Checked;
  deletions: readonly Deletion[];
  problems: readonly Problem[];
  now: string;
}

function decide({ org, archive, options, checked, deletions, problems, now }: Findings): Evaluation {
  const failures = problems.filter(({ problemType }) => problemType === 'Error');
  const warnings = problems.filter(({ problemType }) => problemType === 'Warning');
  const blocked = failures.length > 0;
  const successes = [
    manifestMessage(`${archive.root}package.xml`, now),
    ...checked.valid.map((component) => successMessage(component, org, now)),
    ...deletions.map((deletion) => deletionMessage(deletion, now)),
    ...warnings.map((problem) => failureMessage(problem, now))
  ];
  // Deletions have no partial form: with rollbackOnError off, one that is refused keeps the deploy from applying.
  const mayApply = !options.checkOnly && (!blocked || (!options.rollbackOnError && deletions.length === 0));
  return {
    successes,
    failures: failures.map((problem) => failureMessage(problem, now)),
    partial: blocked && mayApply,
    changes: mayApply ? metadataChanges(checked.world, deletions) : []
  };
}

function refused(problems: readonly Problem[], now: string): Evaluation {
  return {
    successes: [],
    failures: problems.map((problem) => failureMessage(problem, now)),
    partial: false,
    changes: []
  };
}
