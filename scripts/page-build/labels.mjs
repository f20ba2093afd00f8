import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { XMLParser } from 'fast-xml-parser';

/** Custom labels of the project: full name → value. */
export async function readLabels(root) {
  const folder = path.join(root, 'force-app/main/default/labels');
  const names = await readdir(folder).catch(() => []);
  const parser = new XMLParser({ isArray: (name) => name === 'labels', trimValues: true, parseTagValue: false });
  const documents = await Promise.all(
    names.filter((name) => name.endsWith('.labels-meta.xml')).map((name) => readFile(path.join(folder, name), 'utf8'))
  );
  const entries = documents.flatMap((text) => parser.parse(text).CustomLabels?.labels ?? []);
  return new Map(entries.map(({ fullName, value }) => [fullName, value]));
}
