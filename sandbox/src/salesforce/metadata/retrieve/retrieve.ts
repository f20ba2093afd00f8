import { zipSync } from 'fflate';
import type { Org } from '../../core/contract.js';
import { fileTypeOf } from '../package/file-types.js';
import { metadataNamespace } from '../xml/conform.js';
import { escapeXml } from '../xml/escape.js';
import { childrenOf, packageFiles, type Wanted } from './component-files.js';
import { fileProperties, type FileProperties } from './properties.js';

/** Types with the full names asked for; `*` stands for all of a type. */
export type RetrieveRequest = readonly { name: string; members: readonly string[] }[];

export interface Retrieved {
  fileProperties: FileProperties[];
  messages: { fileName: string; problem: string }[];
  zip: Buffer;
}

const root = 'unpackaged/';

/** Gathers components as deployed. What is asked for and does not exist is told in `messages`; the rest is given. */
export function retrieve(org: Org, request: RetrieveRequest, singlePackage: boolean, version: string): Retrieved {
  const folder = singlePackage ? '' : root;
  const messages: Retrieved['messages'] = [];
  const wanted = new Map<string, Wanted>();
  const add = (component: Wanted): void => void wanted.set(`${component.type}#${component.fullName}`, component);
  for (const { name, members } of request) {
    for (const member of members) {
      const found = resolve(org, name, member);
      found.forEach(add);
      if (found.length > 0 || member === '*') continue;
      const problem = fileTypeOf(name)
        ? `Entity of type '${name}' named '${member}' cannot be found`
        : `Entity type: '${name}' is unknown`;
      messages.push({ fileName: `${folder}package.xml`, problem });
    }
  }
  const components = [...wanted.values()];
  const files = packageFiles(org, components);
  const entries = Object.fromEntries([...files].map(([path, content]) => [folder + path, new Uint8Array(content)]));
  entries[`${folder}package.xml`] = new Uint8Array(Buffer.from(manifestOf(components, version)));
  return {
    fileProperties: fileProperties(org, components, folder),
    messages,
    zip: Buffer.from(zipSync(entries, { mtime: org.now() }))
  };
}

/** A parent brings its children, as an object brings its fields. */
function resolve(org: Org, type: string, member: string): Wanted[] {
  if (member === '*') {
    return org.components.list(type).flatMap(({ fullName }) => resolve(org, type, fullName));
  }
  const own = { type, fullName: member };
  const standardObject = type === 'CustomObject' && org.schema.object(member)?.custom === false;
  if (!org.components.get(type, member) && !standardObject) return [];
  return [own, ...childrenOf(org, own)];
}

function manifestOf(components: readonly Wanted[], version: string): string {
  const types = [...new Set(components.map(({ type }) => type))].sort();
  const blocks = types.map((type) => {
    const members = components.filter((component) => component.type === type).map(({ fullName }) => fullName);
    const lines = members.sort().map((fullName) => `        <members>${escapeXml(fullName)}</members>\n`);
    return `    <types>\n${lines.join('')}        <name>${type}</name>\n    </types>\n`;
  });
  return (
    `<?xml version="1.0" encoding="UTF-8"?>\n<Package xmlns="${metadataNamespace}">\n` +
    `${blocks.join('')}    <version>${version}</version>\n</Package>\n`
  );
}
