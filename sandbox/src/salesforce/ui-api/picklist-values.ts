import type { RouteContext } from '../core/contract.js';
import type { FieldSchema } from '../core/schema.js';
import type { ApiResponse } from '../core/transport.js';
import { Viewer, eTag, masterRecordTypeId, notFound } from './common.js';

/** `GET /ui-api/object-info/{object}/picklist-values/{recordTypeId}/{field}` (Picklist Values). */
export function picklistValues(context: RouteContext): ApiResponse {
  const [objectName = '', recordTypeId = '', fieldName = ''] = context.params;
  const viewer = Viewer.of(context);
  const object = viewer.readableObject(objectName);
  const field = viewer.field(object.name, fieldName);
  if (!isMaster(recordTypeId) || !field?.picklist) throw notFound();
  return { status: 200, body: valuesOf(field, context.request.path) };
}

/** `GET /ui-api/object-info/{object}/picklist-values/{recordTypeId}` (Picklist Values Collection). */
export function picklistValuesByRecordType(context: RouteContext): ApiResponse {
  const [objectName = '', recordTypeId = ''] = context.params;
  const viewer = Viewer.of(context);
  const object = viewer.readableObject(objectName);
  if (!isMaster(recordTypeId)) throw notFound();
  const lists = viewer.fields(object).filter((field) => field.picklist);
  const picklistFieldValues = Object.fromEntries(
    lists.map((field) => [field.name, valuesOf(field, `${context.request.path}/${field.name}`)])
  );
  return { status: 200, body: { eTag: eTag(picklistFieldValues), picklistFieldValues } };
}

/** The stand-in has no record types, so only the master record type exists; both id lengths name it. */
function isMaster(recordTypeId: string): boolean {
  return recordTypeId === masterRecordTypeId || recordTypeId === masterRecordTypeId.slice(0, 15);
}

function valuesOf(field: FieldSchema, url: string): object {
  const active = (field.picklist?.values ?? []).filter((item) => item.active);
  const values = active.map(({ value, label }) => ({ attributes: null, label, validFor: [], value }));
  const defaultName = active.find((item) => item.defaultValue)?.value;
  const defaultValue = values.find(({ value }) => value === defaultName) ?? null;
  return { controllerValues: {}, defaultValue, eTag: eTag(values), url, values };
}
