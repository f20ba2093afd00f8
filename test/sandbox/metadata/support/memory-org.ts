import type {
  ChangeBus,
  DocumentStore,
  MetadataChange,
  Org,
  Session,
  StoredComponent
} from '../../../../sandbox/src/salesforce/core/contract.js';
import type { FieldSchema, SObjectSchema } from '../../../../sandbox/src/salesforce/core/schema.js';
import { standardObjects } from '../../../../sandbox/src/salesforce/core/standard/index.js';
import { ApiError } from '../../../../sandbox/src/salesforce/core/transport.js';

/** The parts of an organization that deploys touch, in memory: fast, and every applied change is on record. */
export interface MemoryOrg extends Org {
  readonly applied: MetadataChange[];
}

export const adminToken = '00D5g0000000001!admin';
export const sellerToken = '00D5g0000000001!seller';

export function memoryOrg(): MemoryOrg {
  const objects = new Map<string, SObjectSchema>(
    standardObjects(false).map((object) => [object.name.toLowerCase(), object])
  );
  const components = new Map<string, StoredComponent>();
  const stores = new Map<string, Map<string, Buffer>>();
  const applied: MetadataChange[] = [];
  let serial = 0;
  const unused = (): never => {
    throw new Error('not part of the memory organization');
  };
  return {
    id: '00D5g0000000001EAA',
    apiVersion: '66.0',
    applied,
    schema: {
      objects: () => [...objects.values()],
      object: (name) => objects.get(name.toLowerCase()),
      field: (object, name) => fieldOf(objects.get(object.toLowerCase()), name),
      children: () => []
    },
    components: {
      list: (type) => [...components.values()].filter((component) => component.type === type),
      get: (type, fullName) => components.get(`${type}#${fullName}`)
    },
    data: { query: unused, retrieve: unused, create: unused, update: unused, delete: unused, transaction: unused },
    access: { object: unused, field: unused },
    changes: { subscribe: unused } satisfies ChangeBus,
    now: () => new Date(),
    newId: (keyPrefix) => `${keyPrefix}5g0${String(++serial).padStart(9, '0')}AAA`,
    session: sessionOf,
    applyMetadata(change) {
      applied.push(change);
      apply(change, objects, components);
    },
    documents: (module) => {
      const entries = stores.get(module) ?? new Map<string, Buffer>();
      stores.set(module, entries);
      return documentStore(entries);
    },
    dispatch: unused
  };
}

function fieldOf(object: SObjectSchema | undefined, name: string): FieldSchema | undefined {
  return [...(object?.fields.values() ?? [])].find((field) => field.name.toLowerCase() === name.toLowerCase());
}

function sessionOf(accessToken: string): Session {
  const usernames: Record<string, string> = { [adminToken]: 'ada@example.com', [sellerToken]: 'sam@example.com' };
  const username = usernames[accessToken];
  if (!username) throw new ApiError(401, 'INVALID_SESSION_ID', 'Session expired or invalid');
  return { userId: '0055g000000000001', username, admin: accessToken === adminToken, clientId: '' };
}

function documentStore(entries: Map<string, Buffer>): DocumentStore {
  return {
    get: (key) => entries.get(key),
    set: (key, value) => void entries.set(key, value),
    delete: (key) => void entries.delete(key),
    keys: () => [...entries.keys()]
  };
}

function apply(
  change: MetadataChange,
  objects: Map<string, SObjectSchema>,
  components: Map<string, StoredComponent>
): void {
  for (const object of change.upsertObjects) objects.set(object.name.toLowerCase(), object);
  for (const { object, field } of change.upsertFields) setField(objects, object, field.name, field);
  for (const { object, field } of change.deleteFields) setField(objects, object, field, undefined);
  for (const name of change.deleteObjects) objects.delete(name.toLowerCase());
  for (const { type, fullName } of change.deleteComponents) components.delete(`${type}#${fullName}`);
  for (const component of change.upsertComponents) components.set(`${component.type}#${component.fullName}`, component);
}

function setField(
  objects: Map<string, SObjectSchema>,
  name: string,
  field: string,
  value: FieldSchema | undefined
): void {
  const object = objects.get(name.toLowerCase());
  if (!object) return;
  const fields = new Map(object.fields);
  if (value) fields.set(field, value);
  else fields.delete(field);
  objects.set(name.toLowerCase(), { ...object, fields });
}
