import { readMetadataFile } from '../xml/read.js';
import { text, XmlProblem, type XmlElement } from '../xml/element.js';
import type { Archive } from './archive.js';
import { collectBundles } from './bundles.js';
import { fileTypeInDirectory, undeployedObjectParts, type FileType } from './file-types.js';
import type { Manifest } from './manifest.js';
import { packageProblem, type PackageComponent, type Problem } from './problem.js';

/** A component as deployed. */
export interface DeployComponent extends PackageComponent {
  /** Its own element: the root of its file, or the part of the parent's file that declares it. */
  element: XmlElement;
  /** Full name of the object that a field, list view … belongs to. */
  parent: string;
  /** What retrieve gives back. A child keeps its own part of the parent's file. */
  files: Record<string, Buffer>;
}

export interface Collected {
  components: DeployComponent[];
  problems: Problem[];
}

const manifests = /^(package|destructiveChanges(Pre|Post)?)\.xml$/;

/** Finds the components that the manifest names in the files of the archive, and reports what does not fit together. */
export function collectComponents(archive: Archive, manifest: Manifest): Collected {
  const collected: Collected = { components: [], problems: [] };
  const bundles = new Map<string, Map<string, Buffer>>();
  for (const path of [...archive.files.keys()].sort()) {
    if (manifests.test(path)) continue;
    const [directory = '', ...rest] = path.split('/');
    const fileType = fileTypeInDirectory(directory);
    const content = archive.files.get(path) as Buffer;
    if (!fileType || rest.length === 0) collected.problems.push(notNamed(archive, path, ''));
    else if (fileType.layout === 'bundle') {
      const name = rest.length > 1 ? (rest[0] as string) : '';
      bundles.set(name, (bundles.get(name) ?? new Map<string, Buffer>()).set(path, content));
    } else collectFile(archive, manifest, fileType, path, collected);
  }
  collectBundles(archive.root, manifest, bundles, collected);
  collected.problems.push(...missingMembers(manifest, collected));
  return collected;
}

export function isNamed(manifest: Manifest, type: string, fullName: string): boolean {
  const members = manifest.members.get(type);
  return members !== undefined && (members.has(fullName) || members.has('*'));
}

export function notNamed(archive: { root: string }, path: string, type: string): Problem {
  const fullName = path.slice(path.lastIndexOf('/') + 1).replace(/\.[^.]+$/, '');
  return { ...packageProblem(fullName, 'Not in package.xml'), componentType: type, fileName: archive.root + path };
}

function collectFile(archive: Archive, manifest: Manifest, fileType: FileType, path: string, into: Collected): void {
  const fileName = path.slice(path.indexOf('/') + 1);
  const metaSuffix = fileType.layout === 'content' ? `.${fileType.suffix}-meta.xml` : `.${fileType.suffix}`;
  if (fileType.layout === 'content' && fileName.endsWith(`.${fileType.suffix}`)) {
    if (!archive.files.has(`${path}-meta.xml`)) into.problems.push(notNamed(archive, path, fileType.type));
    return;
  }
  if (!fileName.endsWith(metaSuffix) || fileName.includes('/')) {
    into.problems.push(notNamed(archive, path, fileType.type));
    return;
  }
  const component: PackageComponent = {
    type: fileType.type,
    fullName: fileName.slice(0, -metaSuffix.length),
    fileName: archive.root + path,
    line: 0,
    column: 0
  };
  const content = archive.files.get(path) as Buffer;
  const root = readRoot(content, component, into);
  if (!root) return;
  const parts = { archive, manifest, fileType, path, root, source: content.toString('utf8') };
  const added = addParts({ ...component, line: root.line, column: root.column }, parts, into);
  if (!added) into.problems.push(notNamed(archive, path, fileType.type));
}

function readRoot(content: Buffer, component: PackageComponent, into: Collected): XmlElement | undefined {
  try {
    return readMetadataFile(content, component.type);
  } catch (error) {
    if (!(error instanceof XmlProblem)) throw error;
    const { line, column, message } = error;
    into.problems.push(failure({ ...component, line, column }, message));
    return undefined;
  }
}

interface Parts {
  archive: Archive;
  manifest: Manifest;
  fileType: FileType;
  path: string;
  root: XmlElement;
  source: string;
}

/** @returns whether the manifest names anything of the file */
function addParts(component: PackageComponent, parts: Parts, into: Collected): boolean {
  const { archive, manifest, fileType, path, root, source } = parts;
  const whole = isNamed(manifest, fileType.type, component.fullName);
  const childElements = root.children.filter((part) => part.name in fileType.children);
  let any = whole;
  if (whole) {
    const files: Record<string, Buffer> = { [path]: Buffer.from(without(source, childElements)) };
    if (fileType.layout === 'content') {
      const contentPath = path.slice(0, -'-meta.xml'.length);
      const content = archive.files.get(contentPath);
      if (content) files[contentPath] = content;
    }
    into.components.push({ ...component, element: root, parent: '', files });
    into.problems.push(...undeployed(component, root));
  }
  const names = new Set<string>();
  for (const element of childElements) {
    const type = fileType.children[element.name] as string;
    const own = text(element, 'fullName') ?? '';
    const prefix = fileType.type === 'CustomObject' ? `${component.fullName}.` : '';
    const found = { ...component, type, fullName: prefix + own, line: element.line, column: element.column };
    const named = whole || isNamed(manifest, type, found.fullName);
    const refusal = own === '' ? `element fullName missing for a child of type ${type}` : undefined;
    if (refusal || (named && names.has(`${type}#${own.toLowerCase()}`))) {
      const problem = refusal ?? `Duplicate developer name: ${own}`;
      into.problems.push(failure(found, problem));
      any = true;
      continue;
    }
    names.add(`${type}#${own.toLowerCase()}`);
    if (!named) continue;
    any = true;
    const slice = Buffer.from(source.slice(element.start, element.end));
    into.components.push({ ...found, element, parent: component.fullName, files: { [path]: slice } });
  }
  return any;
}

function undeployed(component: PackageComponent, root: XmlElement): Problem[] {
  return root.children
    .filter((part) => component.type === 'CustomObject' && part.name in undeployedObjectParts)
    .map((part) => {
      const type = undeployedObjectParts[part.name] as string;
      const fullName = `${component.fullName}.${text(part, 'fullName') ?? ''}`;
      const place = { line: part.line, column: part.column };
      return failure({ ...component, ...place, type, fullName }, 'Not available for deploy for this organization');
    });
}

function failure(component: PackageComponent, problem: string): Problem {
  const { type: componentType, fullName, fileName, line, column } = component;
  return { componentType, fullName, fileName, problem, problemType: 'Error', line, column };
}

/** The source with the given elements cut out, each with the white space before it. */
function without(source: string, elements: readonly XmlElement[]): string {
  let kept = '';
  let from = 0;
  for (const { start, end } of elements) {
    kept += source.slice(from, start).trimEnd();
    from = end;
  }
  return kept + source.slice(from);
}

function missingMembers(manifest: Manifest, { components, problems }: Collected): Problem[] {
  const found = new Set(components.map(({ type, fullName }) => `${type}#${fullName}`));
  for (const { componentType, fullName } of problems) found.add(`${componentType}#${fullName}`);
  const brokenParents = new Set(problems.map(({ fullName }) => fullName));
  const missing: Problem[] = [];
  for (const [type, members] of manifest.members) {
    for (const member of members) {
      if (member === '*' || found.has(`${type}#${member}`) || brokenParents.has(member.split('.')[0] ?? '')) continue;
      missing.push(
        packageProblem(
          member,
          `An object '${member}' of type ${type} was named in package.xml, but was not found in zipped directory`
        )
      );
    }
  }
  return missing;
}
