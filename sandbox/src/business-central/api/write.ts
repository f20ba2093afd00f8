import type { EntitySet } from '../contract/model.js';
import { setOfType } from '../contract/model.js';
import { ApiFault, badRequest, notAllowed, rowNotFound } from '../core/errors.js';
import type { Json, Values } from '../core/values.js';
import { stamp } from '../core/world.js';
import { checkUnique } from '../rules/keys.js';
import { ruleFor } from '../rules/index.js';
import { resolveReferences } from '../rules/references.js';
import { modified, storeNew } from '../rules/store-new.js';
import type { Row } from '../store/row-store.js';
import type { ViewRow } from '../views/types.js';
import type { Answer, ScopedCall } from './call.js';
import { bodyOf, preference } from './call.js';
import { givenFields } from './given-fields.js';
import { checkUpgrade, single } from './read.js';
import { pairsOf, rowByKey, viewOf } from './rows.js';
import { etagOf } from './shape.js';
import type { Target } from './target.js';

/** POST on a set: 201 with the row, or 204 when the caller wants no content. */
export function create(call: ScopedCall, target: Extract<Target, { kind: 'set' }>): Answer {
  const { set } = target;
  if (!set.allows.create || target.count) throw notAllowed('POST', set.name);
  call.permit(set.name, 'write');
  checkUpgrade(call, set);
  const body = bodyOf(call);
  const row = call.scope.world.store.transaction(() => insert(call, set, body, target.given));
  const location = `${call.origin}${call.address.base}/companies(${call.scope.company})/${set.name}(${row.id})`;
  if (preference(call, 'return-no-content') !== undefined || preference(call, 'return') === 'minimal') {
    return { status: 204, headers: { location, 'odata-entityid': location } };
  }
  const answer = single(call, set, viewOf(call.scope, row), 201);
  return { ...answer, headers: { ...answer.headers, location } };
}

/** Stores a new row with the rows inside it. `given` is what the way to the set fixes, for example the document. */
function insert(call: ScopedCall, set: EntitySet, body: Readonly<Record<string, Json>>, given: Values): Row {
  const { scope } = call;
  const { documentNumberOnCreate } = scope.world.settings();
  const writable = new Set(documentNumberOnCreate ? ['number'] : []);
  const { fields, children } = givenFields(body, set, { writable, deep: true });
  const row = storeNew(scope, set, { ...fields, ...given });
  for (const [name, rows] of children) insertChildren(call, set, row, name, rows);
  return scope.world.store.get(row.company, row.set, row.id) ?? row;
}

function insertChildren(
  call: ScopedCall,
  set: EntitySet,
  parent: Row,
  name: string,
  rows: readonly Readonly<Record<string, Json>>[]
): void {
  const navigation = set.navigation.get(name);
  if (!navigation?.collection) throw badRequest(`The property '${name}' cannot be part of a deep insert.`);
  const target = setOfType(navigation.type);
  if (!target.allows.create) throw notAllowed('POST', target.name);
  call.permit(target.name, 'write');
  for (const row of rows) insert(call, target, row, pairsOf(navigation, parent.values));
}

/** PATCH on a row: 200 with the row as it is now. */
export function update(call: ScopedCall, { set, row }: Extract<Target, { kind: 'row' }>): Answer {
  const stored = writable(call, set, row, 'PATCH', set.allows.update);
  checkToken(call, row, true);
  const { scope } = call;
  const { fields } = givenFields(bodyOf(call), set, { writable: new Set(), deep: false });
  const after = scope.world.store.transaction(() => {
    const draft = { scope, values: { ...stored.values, ...fields }, given: fields, before: stored };
    resolveReferences(draft, set);
    ruleFor(set.name).update?.(draft);
    checkUnique(draft, set);
    const values = { ...draft.values, ...modified(set, stamp(scope.world), scope.user) };
    const changed = scope.world.store.update(stored, values);
    ruleFor(set.name).after?.(scope, changed, 'update');
    return scope.world.store.get(changed.company, changed.set, changed.id) ?? changed;
  });
  if (preference(call, 'return-no-content') !== undefined) return { status: 204, headers: { etag: etagOf(after) } };
  return single(call, set, rowByKey(scope, set, after.id) ?? viewOf(scope, after));
}

/** DELETE on a row: 204. The token is compared only if it is sent. */
export function remove(call: ScopedCall, { set, row }: Extract<Target, { kind: 'row' }>): Answer {
  const stored = writable(call, set, row, 'DELETE', set.allows.delete);
  checkToken(call, row, false);
  const { scope } = call;
  scope.world.store.transaction(() => {
    ruleFor(set.name).remove?.(scope, stored);
    scope.world.store.delete(stored);
    ruleFor(set.name).after?.(scope, stored, 'remove');
  });
  return { status: 204 };
}

/** PATCH or PUT on a stream: the content as it comes. */
export function writeStream(call: ScopedCall, target: Extract<Target, { kind: 'stream' }>): Answer {
  const stored = writable(call, target.set, target.row, call.method, target.set.allows.update);
  checkToken(call, target.row, true);
  const { world, user } = call.scope;
  const values = {
    ...stored.values,
    ...(target.set.properties.has('contentType') ? { contentType: call.headers['content-type'] ?? '' } : {}),
    [`$${target.property}`]: call.body.toString('base64'),
    ...modified(target.set, stamp(world), user)
  };
  world.store.transaction(() => world.store.update(stored, values));
  return { status: 204 };
}

function writable(call: ScopedCall, set: EntitySet, row: ViewRow, method: string, allowed: boolean): Row {
  if (!allowed) throw notAllowed(method, set.name);
  call.permit(set.name, 'write');
  checkUpgrade(call, set);
  if (!row.stored) throw rowNotFound(row.id);
  return row.stored;
}

const TOKEN = /^(?:W\/)?"[^"]*"$/;

/** Compares `If-Match` with the row's version. Throws 400 without a readable token where one is needed, 409 for a stale one. */
export function checkToken(call: ScopedCall, row: ViewRow, needed: boolean): void {
  const token = call.headers['if-match']?.trim();
  if (token === undefined && !needed) return;
  if (token === undefined || (token !== '*' && !TOKEN.test(token))) {
    throw new ApiFault(
      400,
      'BadRequest_InvalidToken',
      'Could not validate the client concurrency token required by the service. Please provide a valid token in the client request.'
    );
  }
  if (token === '*' || token === etagOf(row)) return;
  throw new ApiFault(409, 'Request_EntityChanged', 'Another user has already changed the record.');
}
