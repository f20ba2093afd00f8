import type { EntitySet, Navigation } from '../contract/model.js';
import { setOfType } from '../contract/model.js';
import type { Values } from '../core/values.js';
import type { Scope } from '../core/world.js';
import type { Filter } from '../odata/filter.js';
import { companyOf } from '../rules/store-new.js';
import type { Row } from '../store/row-store.js';
import { overlays, views } from '../views/index.js';
import type { ViewRow } from '../views/types.js';

export function viewOf(scope: Scope, row: Row): ViewRow {
  const overlay = overlays[row.set];
  const values = overlay ? { ...row.values, ...overlay(scope, row) } : row.values;
  return { id: row.id, version: row.version, values, stored: row };
}

/** All rows of a set whose fields equal `given`. */
export function rowsOf(scope: Scope, set: EntitySet, given: Values, filter?: Filter): ViewRow[] {
  const view = views[set.name];
  if (view) return view({ scope, filter, given }).filter((row) => equals(row.values, given));
  const { store } = scope.world;
  const company = companyOf(scope, set);
  const id = given['id'];
  const found = typeof id === 'string' ? [store.get(company, set.name, id)] : store.all(company, set.name);
  return found.filter((row) => row !== undefined && equals(row.values, given)).map((row) => viewOf(scope, row as Row));
}

/** The row with a key; alternate keys (`name='…'`) work for companies. */
export function rowByKey(scope: Scope, set: EntitySet, key: string, given: Values = {}): ViewRow | undefined {
  const [, field, text] = /^(\w+)\s*=\s*'?([^']*)'?$/.exec(key.split(',')[0] ?? '') ?? [];
  const name = field ?? set.key[0] ?? 'id';
  const wanted = text ?? key;
  const property = set.properties.get(name);
  const value = property?.type === 'Guid' ? wanted.toLowerCase() : wanted;
  return rowsOf(scope, set, { ...given, [name]: value })[0];
}

/** What the rows behind a navigation have in common. */
export function pairsOf(navigation: Navigation, values: Values): Values {
  return Object.fromEntries(navigation.pairs.map(([own, referenced]) => [referenced, values[own] ?? null]));
}

export function neighbours(scope: Scope, navigation: Navigation, from: Values, filter?: Filter): ViewRow[] {
  return rowsOf(scope, setOfType(navigation.type), pairsOf(navigation, from), filter);
}

const equals = (values: Values, given: Values): boolean =>
  Object.entries(given).every(([name, value]) => values[name] === value);
