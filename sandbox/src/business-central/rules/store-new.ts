import type { EntitySet } from '../contract/model.js';
import { environmentSets } from '../contract/model.js';
import type { Values } from '../core/values.js';
import { emptyRow } from '../core/values.js';
import type { Scope } from '../core/world.js';
import { stamp } from '../core/world.js';
import type { Row } from '../store/row-store.js';
import { ruleFor } from './index.js';
import { checkUnique } from './keys.js';
import { resolveReferences } from './references.js';

/** Company under which the rows of a set are stored; those of the environment belong to none. */
export const companyOf = (scope: Scope, set: EntitySet): string => (environmentSets.has(set.name) ? '' : scope.company);

/** Fields that tell of the last write. They move on writes only, never on ledger activity. */
export function modified(set: EntitySet, now: string, user: string): Values {
  const shown: Values = set.properties.has('lastModifiedDateTime') ? { lastModifiedDateTime: now } : {};
  return { ...shown, $modifiedAt: now, $modifiedBy: user };
}

/** Stores a new row by the rules of its set. `given` is what the writer says; throws `ApiFault`. */
export function storeNew(scope: Scope, set: EntitySet, given: Values): Row {
  const values = { ...emptyRow(set), ...given };
  const draft = { scope, values, given, before: undefined };
  resolveReferences(draft, set);
  ruleFor(set.name).insert?.(draft);
  checkUnique(draft, set);
  const now = stamp(scope.world);
  const system = { $createdAt: now, $createdBy: scope.user, ...modified(set, now, scope.user) };
  const { store } = scope.world;
  const row = store.insert(companyOf(scope, set), set.name, { ...values, ...system }, set.key[0]);
  ruleFor(set.name).after?.(scope, row, 'insert');
  return store.get(row.company, row.set, row.id) ?? row;
}
