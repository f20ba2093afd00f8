import type { Org, StoredComponent } from '../../core/contract.js';
import { fileTypes, fileTypeOf, isChildType, type FileType } from '../package/file-types.js';
import { metadataNamespace } from '../xml/conform.js';

/** A component asked for. */
export interface Wanted {
  type: string;
  fullName: string;
}

/** The files of a set of components, as their package holds them: children stand inside their parent's file. */
export function packageFiles(org: Org, wanted: readonly Wanted[]): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  const parents = new Map<string, StoredComponent[]>();
  for (const { type, fullName } of wanted) {
    const component = org.components.get(type, fullName);
    if (!component) continue;
    for (const [path, content] of Object.entries(component.files)) {
      if (isChildType(type)) parents.set(path, [...(parents.get(path) ?? []), component]);
      else files.set(path, content);
    }
  }
  for (const [path, parts] of parents) files.set(path, withChildren(files.get(path), path, parts));
  return files;
}

/** Every component inside a parent, when the parent is asked for as a whole. */
export function childrenOf(org: Org, parent: Wanted): Wanted[] {
  const fileType = fileTypes.find(({ type }) => type === parent.type);
  return Object.values(fileType?.children ?? {}).flatMap((type) =>
    org.components
      .list(type)
      .filter(({ fullName }) => parent.type === 'CustomLabels' || fullName.startsWith(`${parent.fullName}.`))
      .map(({ fullName }) => ({ type, fullName }))
  );
}

/** Puts the children before the end tag, by element and name; the rest of the parent's file stays as it was deployed. */
function withChildren(own: Buffer | undefined, path: string, parts: readonly StoredComponent[]): Buffer {
  const fileType = fileTypeOf(parts[0]?.type ?? '') as FileType;
  const order = Object.values(fileType.children);
  const ordered = [...parts].sort(
    (one, other) => order.indexOf(one.type) - order.indexOf(other.type) || compare(one.fullName, other.fullName)
  );
  const whole = own?.toString('utf8') ?? emptyFile(fileType.type);
  const end = whole.lastIndexOf(`</${fileType.type}>`);
  const head = whole.slice(0, end).trimEnd();
  const body = ordered.map((part) => `\n    ${part.files[path]?.toString('utf8') ?? ''}`).join('');
  return Buffer.from(`${head}${body}\n${whole.slice(end)}`);
}

function emptyFile(type: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${type} xmlns="${metadataNamespace}">\n</${type}>\n`;
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
