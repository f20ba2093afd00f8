import type { EntitySet } from '../contract/model.js';
import { setOfType } from '../contract/model.js';
import type { Json, MutableValues } from '../core/values.js';
import type { Scope } from '../core/world.js';
import { pageOf } from '../odata/page.js';
import type { QueryOptions } from '../odata/options.js';
import type { ViewRow } from '../views/types.js';
import { neighbours } from './rows.js';

/** The version of a row; opaque to the client, and different after every write. */
export const etagOf = (row: Pick<ViewRow, 'version'>): string =>
  `W/"${Buffer.from(`20;${row.version};1;00;`).toString('base64')}"`;

export interface Links {
  /** Address of the row's set, for the addresses of its streams. */
  readonly base: string;
}

/** A row as JSON: ETag first, then the fields in the order of `$metadata`, then what was expanded. */
export function shapeRow(
  scope: Scope,
  set: EntitySet,
  row: ViewRow,
  options: Pick<QueryOptions, 'select' | 'expand'>,
  links: Links
): MutableValues {
  const shaped: MutableValues = { '@odata.etag': etagOf(row) };
  for (const property of set.properties.values()) {
    if (options.select && !options.select.has(property.name)) continue;
    if (property.type === 'Stream') {
      const address = `${links.base}(${row.id})/${property.name}`;
      shaped[`${property.name}@odata.mediaEditLink`] = address;
      shaped[`${property.name}@odata.mediaReadLink`] = address;
    } else shaped[property.name] = row.values[property.name] ?? null;
  }
  for (const { navigation, options: inner } of options.expand) {
    const target = setOfType(navigation.type);
    const found = neighbours(scope, navigation, row.values, inner.filter);
    const { rows, total } = pageOf(found, (each) => each.values, inner, orderedShape(target), Infinity);
    const shape = (each: ViewRow): Json => shapeRow(scope, target, each, inner, links);
    if (navigation.collection && inner.count) shaped[`${navigation.name}@odata.count`] = total;
    shaped[navigation.name] = navigation.collection ? rows.map(shape) : rows[0] ? shape(rows[0]) : null;
  }
  return shaped;
}

/** How a set is sorted; lists that are computed in an order of their own keep it. */
export const orderedShape = (set: EntitySet) => ({
  properties: set.properties,
  key: set.key,
  ordered: set.name !== 'agedAccountsReceivables' && set.name !== 'agedAccountsPayables'
});
