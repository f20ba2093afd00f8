import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import { componentSources, customFields, customLabels, packageRoot } from './metadata-files.js';

const folder = join(packageRoot, 'translations/default');
const parser = new XMLParser({
  parseTagValue: false,
  isArray: (name) => ['customLabels', 'picklistValues'].includes(name)
});
const read = (path: string): Record<string, unknown> =>
  parser.parse(readFileSync(join(folder, path), 'utf8')) as Record<string, unknown>;
const { customLabels: dutch } = read('translations/nl_NL.translation-meta.xml')['Translations'] as {
  customLabels: { name: string; label: string }[];
};
/** Numbered places, in any order. */
const places = (text: string): string[] => [...text.matchAll(/\{\d+\}/g)].map(([place]) => place).sort();

describe('the Dutch translation', () => {
  it('has every label, and none that is gone', () => {
    expect(dutch.map(({ name }) => name).sort()).toEqual(
      customLabels()
        .map(({ fullName }) => fullName)
        .sort()
    );
  });

  it('fills the same places as the English text', () => {
    const english = new Map(customLabels().map(({ fullName, value }) => [fullName, places(value)]));
    const differing = dutch.filter(({ name, label }) => `${english.get(name)}` !== `${places(label)}`);
    expect(differing.map(({ name }) => name)).toEqual([]);
  });

  it('has every field of the opportunity that the section reads', () => {
    const files = readdirSync(join(folder, 'objectTranslations/Opportunity-nl_NL'));
    const sources = componentSources();
    const shown = [...customFields().keys()].filter((name) => sources.includes(`@salesforce/schema/${name}'`));
    const missing = shown
      .filter((name) => name.startsWith('Opportunity.'))
      .map((name) => `${name.slice('Opportunity.'.length)}.fieldTranslation-meta.xml`)
      .filter((file) => !files.includes(file));
    expect(missing).toEqual([]);
  });
});
