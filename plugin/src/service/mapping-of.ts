import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { loadMapping, pathsRead } from '../mapping/index.js';
import type { MappingChanges } from '../mapping/index.js';
import type { Mapping } from '../mapping/types.js';
import type { JsonObject } from '../ports/json.js';
import { withoutClosing } from './inbound.js';
import type { CosellSettings } from './settings-cosell.js';
import type { Settings } from './settings.js';

/** What settings add to a mapping, as extensions of it; data, so that a mapping file can say the same. */
const EXTENSIONS: readonly { file: string; applies: (settings: CosellSettings) => boolean }[] = [
  { file: 'partner-led.yaml', applies: ({ defaultDealKind }) => defaultDealKind === 'partnerLed' },
  { file: 'co-sell.yaml', applies: ({ defaultDealKind }) => defaultDealKind === 'coSell' },
  { file: 'may-share.yaml', applies: ({ mayShare }) => mayShare !== 'everyone' }
];
const FOLDER = new URL('../../mappings/settings/', import.meta.url);

async function extensionsOf(settings: CosellSettings): Promise<JsonObject[]> {
  const files = EXTENSIONS.filter(({ applies }) => applies(settings)).map(({ file }) => file);
  return Promise.all(files.map(async (file) => parse(await readFile(new URL(file, FOLDER), 'utf8')) as JsonObject));
}

/** What the settings change about a mapping. */
export async function mappingChanges({ cosell }: Pick<Settings, 'cosell'>): Promise<MappingChanges> {
  const { countryField, dealValueField, dealCurrencyField, mayShare } = cosell;
  return {
    variables: { countryField, dealValueField, dealCurrencyField, mayShare },
    extensions: await extensionsOf(cosell)
  };
}

/**
 * The mapping of the settings, with what they change about it.
 * @throws MappingError as `loadMapping`
 */
export async function mappingOf(settings: Pick<Settings, 'cosell' | 'mapping'>): Promise<Mapping> {
  const mapping = await loadMapping(settings.mapping, await mappingChanges(settings));
  return settings.cosell.inbound.closeWhenExpired ? mapping : withoutClosing(mapping);
}

/** Members that the connector makes itself; everything else in a left document is a field of the org. */
export const made: ReadonlySet<string> = new Set(['Contacts', 'Team', 'Solutions', 'Owner', 'Issues', 'Registration']);

/** Fields that some orgs do not have as a whole: state and country picklists, several currencies. */
export const optionalFields: ReadonlySet<string> = new Set(['Account.BillingCountryCode', 'CurrencyIsoCode']);

/** Fields of the org that the connector reads for a mapping besides its own: of the opportunity, or of its account. */
export function fieldsToRead(mapping: Mapping): string[] {
  return pathsRead(mapping, 'left').filter((path) => !made.has(path.split('.')[0] ?? ''));
}

/** Opportunity fields that the mapping may write. */
export function fieldsToWrite(mapping: Mapping): string[] {
  const written = mapping.fields.filter(({ direction, onCreateOnly }) => direction !== 'toRight' && !onCreateOnly);
  return written.map(({ left }) => left.path).filter((path) => !path.includes('.'));
}
