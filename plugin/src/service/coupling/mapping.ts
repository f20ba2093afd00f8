import { entities } from '../../connectors/business-central/index.js';
import type { SyncedSet } from '../../connectors/business-central/index.js';
import type { ObjectFields } from '../../connectors/salesforce/index.js';
import { loadMapping, pathsRead, shippedMappings } from '../../mapping/index.js';
import type { FieldRule, Mapping } from '../../mapping/types.js';
import { CosellError } from '../../ports/errors.js';
import type { JsonObject, JsonValue } from '../../ports/json.js';
import type { CoupledMapping } from './settings.js';

const propertiesOf = (schema: JsonValue | undefined): string[] =>
  Object.keys(((schema as JsonObject | undefined)?.['properties'] ?? {}) as JsonObject);

/** What of an object a mapping reads: its fields, what its scope and checks look at, and the rows below. */
export function objectFields(mapping: Mapping): ObjectFields {
  const lists = mapping.fields.filter(({ type, left }) => type === 'list' && left.path.includes('.'));
  const children = lists.map(({ left }) => ({
    relationship: left.path.split('.')[0] ?? '',
    columns: Object.values(left.item ?? {})
  }));
  const below = new Set(children.map(({ relationship }) => relationship));
  const checks = mapping.preflight.flatMap(({ schema, when }) => [...propertiesOf(schema), ...propertiesOf(when)]);
  const paths = [...pathsRead(mapping, 'left'), ...propertiesOf(mapping.left.scope), ...checks];
  const parents = new Set(paths.filter((path) => path.includes('.')).map((path) => path.split('.')[0] ?? ''));
  const read = paths.filter((path) => !below.has(path.split('.')[0] ?? '') && !parents.has(path));
  return { object: mapping.left.entity, read: [...new Set(read)], children };
}

const OPPOSITE = { toRight: 'toLeft', toLeft: 'toRight' } as const;

/** The mapping with nothing travelling against a direction. */
export function inDirection(mapping: Mapping, direction: CoupledMapping['direction']): Mapping {
  if (direction === 'both') return mapping;
  const fields = mapping.fields
    .filter((field) => field.direction !== OPPOSITE[direction])
    .map((field): FieldRule => ({ ...field, direction }));
  return { ...mapping, fields };
}

const isSynced = (set: string): set is SyncedSet => set in entities;

/** Shipped mappings whose right side is an entity set of Business Central. */
export async function couplingMappings(): Promise<string[]> {
  const names = await shippedMappings();
  const all = await Promise.all(names.map((name) => loadMapping(name)));
  return all.filter(({ right }) => isSynced(right.entity)).map(({ name }) => name);
}

/**
 * A mapping to Business Central as the settings want it.
 * @throws CosellError `MAPPING_UNKNOWN`, `MAPPING_INVALID`
 */
export async function coupledMapping(
  name: string,
  { file, direction }: Pick<CoupledMapping, 'file' | 'direction'>
): Promise<{ mapping: Mapping; set: SyncedSet }> {
  if (file === undefined && !(await shippedMappings()).includes(name)) {
    throw new CosellError('MAPPING_UNKNOWN', `There is no mapping ${name}.`, [
      `Use one of: ${(await couplingMappings()).join(', ')}`
    ]);
  }
  const mapping = await loadMapping(file ?? name);
  const { entity } = mapping.right;
  if (mapping.name === name && isSynced(entity)) return { mapping: inDirection(mapping, direction), set: entity };
  throw new CosellError('MAPPING_UNKNOWN', `The mapping ${name} leads to no entity set of Business Central.`, [
    `Use one of: ${(await couplingMappings()).join(', ')}`
  ]);
}
