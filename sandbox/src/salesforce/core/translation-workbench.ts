import type { Org } from './contract.js';

/**
 * Languages that an organization may translate into: those with full support (Metadata API Developer Guide, Translations).
 * End-user and platform-only languages are left out, because they are switched on separately.
 */
export const translationLanguages: ReadonlySet<string> = new Set(
  'da de en_US es es_MX fi fr it ja ko nl_NL no pt_BR ru sv th zh_CN zh_TW'.split(' ')
);

const documentKey = 'languages';

/** Languages that were added in Setup, Translation Language Settings. A new organization has none: the workbench is off. */
export function addedLanguages(org: Pick<Org, 'documents'>): readonly string[] {
  const stored = org.documents('translation-workbench').get(documentKey);
  return stored ? (JSON.parse(stored.toString('utf8')) as string[]) : [];
}

/** Enables the Translation Workbench with these languages, or disables it with none. Throws for a language that nobody offers. */
export function setLanguages(org: Pick<Org, 'documents'>, languages: readonly string[]): void {
  const unknown = languages.find((language) => !translationLanguages.has(language));
  if (unknown !== undefined) throw new Error(`${unknown} is not a language of the Translation Workbench.`);
  org.documents('translation-workbench').set(documentKey, Buffer.from(JSON.stringify(languages)));
}
