import type { FieldValues, SaveOptions, Session } from '../core/contract.js';
import { quote } from '../core/database.js';
import { normalizeId } from '../core/ids.js';
import type { OrgHandle } from '../core/org-handle.js';
import { coerce } from '../core/save/coerce.js';
import type { FieldSchema } from '../core/schema.js';
import { ApiError } from '../core/transport.js';

export interface UpsertRequest {
  object: string;
  field: string;
  value: string;
  values: FieldValues;
}

export type UpsertResult = { id: string; created: boolean } | { ambiguous: readonly string[] };

/** The field by which records may be named: Id or an external id the session can read. Throws NOT_FOUND. */
export function lookupField(org: OrgHandle, session: Session, object: string, name: string): FieldSchema {
  const field = org.schema.field(object, name);
  const usable = field !== undefined && (field.type === 'id' || field.externalId === true);
  if (!usable || !org.access.field(session, object, field.name).readable) {
    const text = `Provided external ID field does not exist or is not accessible: ${name}`;
    throw new ApiError(404, 'NOT_FOUND', text);
  }
  return field;
}

/** Ids of the records with this value, deleted ones left out; at most five. */
export function findByExternalId(
  org: OrgHandle,
  session: Session,
  object: string,
  name: string,
  value: string
): string[] {
  const schema = org.schema.object(object);
  if (schema === undefined || !org.access.object(session, schema.name).read) {
    throw new ApiError(404, 'NOT_FOUND', 'The requested resource does not exist');
  }
  const field = lookupField(org, session, schema.name, name);
  const wanted = field.type === 'id' ? normalizeId(value) : coerce(field, value);
  if (wanted === undefined)
    throw new ApiError(400, 'MALFORMED_ID', `${schema.label} ID: id value of incorrect type: ${value}`);
  return org.engine.database
    .all<{ Id: string }>(
      `SELECT "Id" FROM ${quote(schema.name)} WHERE ${quote(field.name)} = ? AND "IsDeleted" = 0 LIMIT 5`,
      wanted
    )
    .map((row) => row.Id);
}

/** sObject Rows by External ID, PATCH: creates, updates, or says that several records share the value. */
export function upsertByExternalId(
  org: OrgHandle,
  session: Session,
  request: UpsertRequest,
  options: SaveOptions & { updateOnly?: boolean } = {}
): UpsertResult {
  const found = findByExternalId(org, session, request.object, request.field, request.value);
  const field = lookupField(org, session, request.object, request.field);
  if (Object.keys(request.values).some((key) => key.toLowerCase() === field.name.toLowerCase())) {
    const text = `The ${field.name} field should not be specified in the sobject data.`;
    throw new ApiError(400, 'INVALID_FIELD', text);
  }
  if (found.length > 1) return { ambiguous: found };
  const [id] = found;
  if (id !== undefined) {
    org.data.update(session, request.object, id, request.values, options);
    return { id, created: false };
  }
  if (options.updateOnly === true || field.type === 'id') {
    throw new ApiError(404, 'NOT_FOUND', 'The requested resource does not exist');
  }
  const created = org.data.create(session, request.object, { ...request.values, [field.name]: request.value });
  return { id: created, created: true };
}
