import { masterRecordTypeId } from '../record-types.js';
import type { FieldSchema } from '../schema.js';
import { ApiError } from '../transport.js';
import type { SaveContext } from './engine.js';

/** A record given the master record type has none. */
export function settleRecordType({ row }: SaveContext): void {
  if (row['RecordTypeId'] === masterRecordTypeId) row['RecordTypeId'] = null;
}

/** A record type must be one of the object, and one the user has; a record keeps a type that its user has not. */
export function checkRecordType(context: SaveContext, field: FieldSchema, id: string): void {
  const { engine, session, object, before } = context;
  if (before?.['RecordTypeId'] === id || engine.recordTypes.isUsable(session, object.name, id)) return;
  const text = `${field.label}: this ID value isn't valid for the user: ${id}`;
  throw new ApiError(400, 'INVALID_CROSS_REFERENCE_KEY', text, [field.name]);
}
