import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { XMLParser } from 'fast-xml-parser';

const parser = new XMLParser({
  isArray: (name) => name === 'labels' || name === 'customLabels',
  trimValues: true,
  parseTagValue: false
});

/** Custom labels of the project: full name → language → value. */
export async function readLabels(root) {
  const own = await documentsIn(path.join(root, 'force-app/main/default/labels'), '.labels-meta.xml');
  const translations = await documentsIn(
    path.join(root, 'force-app/translations/default/translations'),
    '.translation-meta.xml'
  );
  const labels = new Map(
    own
      .flatMap(({ document }) => document.CustomLabels?.labels ?? [])
      .map(({ fullName, language, value }) => [fullName, { [language]: value }])
  );
  for (const { name: language, document } of translations) {
    for (const { name, label } of document.Translations?.customLabels ?? []) {
      const values = labels.get(name);
      if (values) values[language] = label;
    }
  }
  return labels;
}

async function documentsIn(folder, suffix) {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith(suffix));
  return Promise.all(
    names.map(async (name) => ({
      name: name.slice(0, -suffix.length),
      document: parser.parse(await readFile(path.join(folder, name), 'utf8'))
    }))
  );
}
