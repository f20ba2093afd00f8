import { metadataTypeNames } from '../xml/metadata-schema.generated.js';
import { children, text, texts, XmlProblem, type XmlElement } from '../xml/element.js';
import { readMetadataFile } from '../xml/read.js';
import { fileTypeOf } from './file-types.js';
import { packageProblem, type Problem } from './problem.js';

/** What `package.xml` or a destructive manifest names. */
export interface Manifest {
  version: string;
  /** Type → full names; `*` is among them when every component of the type is meant. */
  members: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Types of components that cannot be named by `*` (Metadata API Developer Guide, `package.xml`). */
const noWildcard: ReadonlySet<string> = new Set([
  'CustomField',
  'ListView',
  'RecordType',
  'CompactLayout',
  'CustomLabel'
]);

/**
 * Reads a manifest.
 *
 * @param newest the organization's API version, for example `66.0`
 */
export function readManifest(
  content: Buffer,
  fileName: string,
  newest: string,
  { versionRequired = true } = {}
): { manifest?: Manifest; problems: Problem[] } {
  let root: XmlElement;
  try {
    root = readMetadataFile(content, 'Package', versionRequired ? [] : ['version']);
  } catch (error) {
    if (!(error instanceof XmlProblem)) throw error;
    const { line, column } = error;
    return { problems: [{ ...packageProblem(fileName, error.message, { line, column }), fileName }] };
  }
  const problems: Problem[] = [];
  const version = text(root, 'version') ?? '';
  const given = versionRequired || version !== '';
  if (given && (!/^\d+\.0$/.test(version) || Number(version) > Number(newest) || Number(version) < 7)) {
    problems.push({ ...packageProblem(fileName, `Invalid version specified: ${version}`), fileName });
  }
  const members = new Map<string, Set<string>>();
  for (const types of children(root, 'types')) {
    const type = text(types, 'name') ?? '';
    const problem = typeProblem(type) ?? wildcardProblem(type, texts(types, 'members'));
    if (problem) problems.push({ ...packageProblem(fileName, problem, types), fileName });
    else members.set(type, new Set([...(members.get(type) ?? []), ...texts(types, 'members')]));
  }
  return { manifest: { version, members }, problems };
}

function typeProblem(type: string): string | undefined {
  if (!metadataTypeNames.has(type)) return `Unknown type name '${type}' specified in package.xml`;
  if (!fileTypeOf(type)) return `${type}: Not available for deploy for this organization`;
  return undefined;
}

function wildcardProblem(type: string, members: readonly string[]): string | undefined {
  return noWildcard.has(type) && members.includes('*') ? `Wildcard (*) is not supported for type ${type}` : undefined;
}
