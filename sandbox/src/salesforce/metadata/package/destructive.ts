import type { Org } from '../../core/contract.js';
import type { Archive } from './archive.js';
import { readManifest } from './manifest.js';
import type { Problem } from './problem.js';

/** A component to delete. */
export interface Deletion {
  type: string;
  fullName: string;
  /** The manifest that names it. */
  fileName: string;
}

const manifestNames = ['destructiveChangesPre.xml', 'destructiveChanges.xml', 'destructiveChangesPost.xml'] as const;

/** Reads the destructive manifests. A component that the organization does not have is a warning, as on the platform. */
export function readDeletions(archive: Archive, org: Org): { deletions: Deletion[]; problems: Problem[] } {
  const deletions: Deletion[] = [];
  const problems: Problem[] = [];
  for (const name of manifestNames) {
    const content = archive.files.get(name);
    if (!content) continue;
    const fileName = archive.root + name;
    const read = readManifest(content, name, org.apiVersion, { versionRequired: false });
    problems.push(...read.problems.map((problem) => ({ ...problem, fileName })));
    for (const [type, fullNames] of read.manifest?.members ?? []) {
      for (const fullName of fullNames) {
        const deletion = { type, fullName, fileName };
        const problem = deletionProblem(deletion, org);
        if (!problem) deletions.push(deletion);
        else problems.push({ componentType: type, fullName: name, fileName, ...problem });
      }
    }
  }
  return { deletions, problems };
}

function deletionProblem({ type, fullName }: Deletion, org: Org): Pick<Problem, 'problem' | 'problemType'> | undefined {
  if (fullName === '*') {
    return { problem: 'Wildcard (*) is not supported in destructiveChanges.xml', problemType: 'Error' };
  }
  const [object = '', field = ''] = fullName.split('.');
  const standardField = type === 'CustomField' && org.schema.field(object, field)?.custom === false;
  const standardObject = type === 'CustomObject' && org.schema.object(fullName)?.custom === false;
  if (standardField || standardObject)
    return { problem: `Cannot delete standard ${type}: ${fullName}`, problemType: 'Error' };
  if (!org.components.get(type, fullName))
    return { problem: `No ${type} named: ${fullName} found`, problemType: 'Warning' };
  // Record types go in Setup only, or with their object.
  if (type === 'RecordType') return { problem: 'Cannot delete record type through API', problemType: 'Error' };
  return undefined;
}
