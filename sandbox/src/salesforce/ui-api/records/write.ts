import type { FieldValues, RouteContext, SaveOptions } from '../../core/contract.js';
import type { SObjectSchema } from '../../core/schema.js';
import { ApiError } from '../../core/transport.js';
import type { ApiResponse } from '../../core/transport.js';
import { Viewer, jsonBody } from '../common.js';
import { addFields, emptyTree } from './field-tree.js';
import { readRecord } from './read.js';
import type { RecordRepresentation } from './representation.js';

/** `PATCH /ui-api/records/{recordId}` with `{ fields }`; answers with the fields written. */
export function updateRecord(context: RouteContext): ApiResponse {
  const viewer = Viewer.of(context);
  const [id = ''] = context.params;
  const object = viewer.objectOf(id);
  const fields = fieldsOf(jsonBody(context));
  return saving(viewer, object, 'update', () => {
    viewer.org.data.update(viewer.session, object.name, id, fields, saveOptions(context));
    return { status: 200, body: written(viewer, object, id, fields) };
  });
}

/** `POST /ui-api/records` with `{ apiName, fields }`. */
export function createRecord(context: RouteContext): ApiResponse {
  const viewer = Viewer.of(context);
  const body = jsonBody(context);
  if (typeof body['apiName'] !== 'string') throw new ApiError(400, 'MISSING_ARGUMENT', 'Specify apiName.');
  const object = viewer.readableObject(body['apiName']);
  const fields = fieldsOf(body);
  return saving(viewer, object, 'create', () => {
    const id = viewer.org.data.create(viewer.session, object.name, fields);
    return { status: 201, body: written(viewer, object, id, fields) };
  });
}

/** `DELETE /ui-api/records/{recordId}`. */
export function deleteRecord(context: RouteContext): ApiResponse {
  const viewer = Viewer.of(context);
  const [id = ''] = context.params;
  const object = viewer.objectOf(id);
  return saving(viewer, object, 'delete', () => {
    viewer.org.data.delete(viewer.session, object.name, id);
    return { status: 204 };
  });
}

function fieldsOf(body: Record<string, unknown>): FieldValues {
  const { fields } = body;
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields)) {
    throw new ApiError(400, 'MISSING_ARGUMENT', 'Specify fields.');
  }
  return fields as FieldValues;
}

function saveOptions({ request }: RouteContext): SaveOptions {
  const since = request.headers['if-unmodified-since'];
  return since === undefined ? {} : { ifUnmodifiedSince: new Date(since) };
}

function written(viewer: Viewer, object: SObjectSchema, id: string, fields: FieldValues): RecordRepresentation {
  const tree = emptyTree(object);
  const names = ['Id', object.nameField, ...Object.keys(fields)];
  addFields(
    viewer,
    tree,
    names.map((name) => `${object.name}.${name}`),
    false
  );
  return readRecord(viewer, tree, id);
}

/**
 * A refused save is one object, not an array: a general sentence, and the reasons sorted into those of a field and those of the record
 * (UI API guide, Record Exception).
 */
function saving(
  viewer: Viewer,
  object: SObjectSchema,
  verb: 'create' | 'update' | 'delete',
  work: () => ApiResponse
): ApiResponse {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 400) throw error;
    return { status: 400, body: recordError(viewer, object, verb, error) };
  }
}

function recordError(viewer: Viewer, object: SObjectSchema, verb: string, error: ApiError): object {
  const detail = (field: string | null): object => ({
    constituentField: null,
    duplicateRecordError: null,
    errorCode: error.errorCode,
    field,
    fieldLabel: field === null ? null : (viewer.field(object.name, field)?.label ?? field),
    message: error.message
  });
  return {
    enhancedErrorType: 'RecordError',
    message: `An error occurred while trying to ${verb} the record. Please try again.`,
    output: {
      errors: error.fields.length === 0 ? [detail(null)] : [],
      fieldErrors: Object.fromEntries(error.fields.map((field) => [field, [detail(field)]]))
    },
    statusCode: 400
  };
}
