import type { FieldValues, Session } from '../core/contract.js';
import { normalizeId } from '../core/ids.js';
import type { OrgHandle } from '../core/org-handle.js';
import { ApiError } from '../core/transport.js';
import { lookupField, upsertByExternalId } from './external-id.js';
import { asRolledBack, failed, RollBack, type SaveResult } from './save-results.js';

/** REST API guide, sObject Collections: records per call. */
export const MAX_RECORDS = 200;
/** Errors of the request itself, which no single record answers for. */
const wholeRequest: ReadonlySet<string> = new Set(['JSON_PARSER_ERROR', 'INVALID_SESSION_ID']);

export type CollectionRecord = Readonly<Record<string, unknown>>;

function requireCount(records: readonly unknown[]): void {
  if (records.length <= MAX_RECORDS) return;
  const text = `record limit reached. cannot submit more than ${String(MAX_RECORDS)} records into this call`;
  throw new ApiError(400, 'EXCEEDED_ID_LIMIT', text);
}

/** Each record in a savepoint of one transaction; with `allOrNone` one failure undoes all. Order is that of the request. */
export function saveEach<T>(
  org: OrgHandle,
  session: Session,
  records: readonly T[],
  allOrNone: boolean,
  save: (record: T) => SaveResult
): SaveResult[] {
  requireCount(records);
  try {
    return org.data.transaction(session, () => {
      const results = records.map((record) => saveOne(org, session, record, save));
      if (allOrNone && results.some((result) => !result.success)) throw new RollBack(asRolledBack(results));
      return results;
    });
  } catch (error) {
    if (error instanceof RollBack) return error.answer as SaveResult[];
    throw error;
  }
}

function saveOne<T>(org: OrgHandle, session: Session, record: T, save: (record: T) => SaveResult): SaveResult {
  try {
    return org.data.transaction(session, () => save(record));
  } catch (error) {
    if (!(error instanceof ApiError) || wholeRequest.has(error.errorCode)) throw error;
    return failed(error);
  }
}

function typeOf(record: CollectionRecord): string {
  const { type } = (record['attributes'] ?? {}) as { type?: unknown };
  if (typeof type === 'string') return type;
  throw new ApiError(400, 'INVALID_INPUT', 'Each record must name its object in attributes.type.');
}

function valuesOf(record: CollectionRecord): FieldValues {
  return Object.fromEntries(
    Object.entries(record).filter(([name]) => name.toLowerCase() !== 'id' && name !== 'attributes')
  );
}

/** Object of a row; an unknown one is that row's error. */
function requireType(org: OrgHandle, session: Session, name: string): string {
  const object = org.schema.object(name);
  if (object === undefined || !org.access.object(session, object.name).read) {
    throw new ApiError(400, 'INVALID_TYPE', `sObject type '${name}' is not supported.`);
  }
  return object.name;
}

export function createRecords(
  org: OrgHandle,
  session: Session,
  records: readonly CollectionRecord[],
  allOrNone: boolean
): SaveResult[] {
  return saveEach(org, session, records, allOrNone, (record) => {
    const object = requireType(org, session, typeOf(record));
    const { attributes: _attributes, ...values } = record;
    return { id: org.data.create(session, object, values), success: true, errors: [] };
  });
}

export function updateRecords(
  org: OrgHandle,
  session: Session,
  records: readonly CollectionRecord[],
  allOrNone: boolean
): SaveResult[] {
  return saveEach(org, session, records, allOrNone, (record) => {
    const object = requireType(org, session, typeOf(record));
    const given = Object.entries(record).find(([name]) => name.toLowerCase() === 'id')?.[1];
    if (typeof given !== 'string') throw new ApiError(400, 'MISSING_ARGUMENT', 'Id not specified in an update call');
    org.data.update(session, object, given, valuesOf(record));
    return { id: normalizeId(given) ?? given, success: true, errors: [] };
  });
}

/** PATCH composite/sobjects/X/Field: each record carries the external id among its fields. */
export function upsertRecords(
  org: OrgHandle,
  session: Session,
  target: { object: string; field: string },
  records: readonly CollectionRecord[],
  allOrNone: boolean
): SaveResult[] {
  const field = lookupField(org, session, target.object, target.field);
  return saveEach(org, session, records, allOrNone, (record) => {
    const key = Object.keys(record).find((name) => name.toLowerCase() === field.name.toLowerCase());
    const value = key === undefined ? undefined : record[key];
    if (key === undefined || value === null || value === undefined || value === '') {
      const text = `${field.name} not specified`;
      throw new ApiError(400, 'MISSING_ARGUMENT', text, [field.name]);
    }
    const values = Object.fromEntries(Object.entries(record).filter(([name]) => name !== key && name !== 'attributes'));
    const object = requireType(org, session, target.object);
    const result = upsertByExternalId(org, session, { object, field: field.name, value: String(value), values });
    if ('ambiguous' in result) {
      const text = `${field.name}: more than one record found for external id field: [${result.ambiguous.join(', ')}]`;
      throw new ApiError(400, 'DUPLICATE_EXTERNAL_ID', text, [field.name]);
    }
    return { id: result.id, success: true, errors: [], created: result.created };
  });
}

export function deleteRecords(
  org: OrgHandle,
  session: Session,
  ids: readonly string[],
  allOrNone: boolean
): SaveResult[] {
  return saveEach(org, session, ids, allOrNone, (id) => {
    const object = org.schema.objectOfId(id);
    const normal = normalizeId(id);
    if (object === undefined || normal === undefined) throw new ApiError(400, 'MALFORMED_ID', `malformed id ${id}`);
    org.data.delete(session, object.name, normal);
    return { id: normal, success: true, errors: [] };
  });
}

/** Records in the order of the ids; null for one that is not there. */
export function retrieveRecords(
  org: OrgHandle,
  session: Session,
  object: string,
  ids: readonly string[],
  fields: readonly string[],
  version: string
): (object | null)[] {
  const wanted = ids.map((id) => normalizeId(id) ?? fail(id));
  const names = [...new Set(fields)];
  if (names.length === 0) throw new ApiError(400, 'MALFORMED_QUERY', 'The fields parameter is required');
  const list = [...new Set(wanted)].map((id) => `'${id}'`).join(',');
  const soql = `SELECT ${names.join(', ')} FROM ${object} WHERE Id IN (${list})`;
  const { records } = org.soql.query(session, soql, { version });
  const byId = new Map(records.map((record) => [idOf(record), record]));
  return wanted.map((id) => byId.get(id) ?? null);
}

function idOf(record: Record<string, unknown>): string {
  return (record['attributes'] as { url: string }).url.split('/').pop() ?? '';
}

function fail(id: string): never {
  throw new ApiError(400, 'MALFORMED_ID', `malformed id ${id}`);
}
