import type { EntitySet, Navigation } from '../contract/model.js';
import { entitySets, environmentSets, setOfType } from '../contract/model.js';
import { ApiFault, rowNotFound, segmentNotFound } from '../core/errors.js';
import type { Values } from '../core/values.js';
import type { ViewRow } from '../views/types.js';
import type { Segment } from './address.js';
import type { ScopedCall } from './call.js';
import { neighbours, pairsOf, rowByKey } from './rows.js';

/** The row whose neighbours are asked for, and the way to them. */
export interface Parent {
  readonly set: EntitySet;
  readonly row: ViewRow;
  readonly navigation: Navigation;
}

/** What an address leads to. */
export type Target =
  | {
      readonly kind: 'set';
      readonly set: EntitySet;
      readonly given: Values;
      readonly parent: Parent | undefined;
      readonly count: boolean;
      readonly path: string;
    }
  | { readonly kind: 'row'; readonly set: EntitySet; readonly row: ViewRow }
  | { readonly kind: 'stream'; readonly set: EntitySet; readonly row: ViewRow; readonly property: string }
  | { readonly kind: 'action'; readonly set: EntitySet; readonly row: ViewRow; readonly action: string };

const ACTION = /^Microsoft\.NAV\.(\w+)$/i;
/** Documents show their lines under the name of the set; nobody else's child may be asked for in singular. */
const KEY = /^[\w-]+$|=/;

/** Follows the segments behind the company. Throws 404 when there is no such way or row. */
export function targetOf(call: ScopedCall, segments: readonly Segment[]): Target {
  const [first, ...rest] = segments;
  const set = entitySets.get(first?.name ?? '');
  if (!first || !set || (environmentSets.has(set.name) && call.scope.company !== '')) {
    throw segmentNotFound(first?.name ?? '');
  }
  const path = environmentSets.has(set.name) ? set.name : `companies(${call.scope.company})/${set.name}`;
  const start: Target = { kind: 'set', set, given: {}, parent: undefined, count: false, path };
  return follow(call, keyed(call, start, first.key), rest);
}

function follow(call: ScopedCall, target: Target, segments: readonly Segment[]): Target {
  const [next, ...rest] = segments;
  if (!next) return target;
  if (target.kind === 'set') {
    if (next.name === '$count' && rest.length === 0) return { ...target, count: true };
    throw segmentNotFound(next.name);
  }
  if (target.kind !== 'row') throw segmentNotFound(next.name);
  if (next.name.includes('.')) return action(target, next, rest);
  if (target.set.properties.get(next.name)?.type === 'Stream') {
    if (rest.length > 0 && rest[0]?.name !== '$value') throw segmentNotFound(rest[0]?.name ?? '');
    return { ...target, kind: 'stream', property: next.name };
  }
  const navigation = target.set.navigation.get(next.name);
  if (!navigation) throw segmentNotFound(next.name);
  return follow(call, step(call, target, navigation, next), rest);
}

function step(
  call: ScopedCall,
  from: Extract<Target, { kind: 'row' }>,
  navigation: Navigation,
  segment: Segment
): Target {
  const set = setOfType(navigation.type);
  if (!navigation.collection) {
    call.permit(set.name, 'read');
    const [row] = neighbours(call.scope, navigation, from.row.values);
    if (!row) throw rowNotFound(navigation.name);
    return { kind: 'row', set, row };
  }
  const target: Target = {
    kind: 'set',
    set,
    given: pairsOf(navigation, from.row.values),
    parent: { set: from.set, row: from.row, navigation },
    count: false,
    path: `companies(${call.scope.company})/${from.set.name}(${from.row.id})/${navigation.name}`
  };
  return keyed(call, target, segment.key);
}

function keyed(call: ScopedCall, target: Extract<Target, { kind: 'set' }>, key: string | undefined): Target {
  if (key === undefined) return target;
  if (target.set.key[0] === 'id' && !KEY.test(key)) {
    throw new ApiFault(400, 'BadRequest_InvalidRequestUrl', `The key '${key}' cannot be parsed.`);
  }
  const row = rowByKey(call.scope, target.set, key, target.given);
  if (!row) throw rowNotFound(key);
  return { kind: 'row', set: target.set, row };
}

/** Names of actions are not case-sensitive. */
function action(target: Extract<Target, { kind: 'row' }>, segment: Segment, rest: readonly Segment[]): Target {
  const name = ACTION.exec(segment.name)?.[1]?.toLowerCase();
  if (name === undefined || rest.length > 0) throw segmentNotFound(segment.name);
  if (target.set.actions.size === 0) {
    throw new ApiFault(501, 'BadRequest_MethodNotImplemented', 'Entity does not support bound actions');
  }
  const known = target.set.actions.get(name);
  if (known === undefined) throw segmentNotFound(segment.name);
  return { ...target, kind: 'action', action: known };
}
