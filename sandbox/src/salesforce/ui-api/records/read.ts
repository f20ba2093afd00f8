import type { RouteContext } from '../../core/contract.js';
import { ApiError } from '../../core/transport.js';
import type { ApiResponse } from '../../core/transport.js';
import { Viewer, notFound } from '../common.js';
import { addFields, columns, emptyTree } from './field-tree.js';
import type { FieldTree } from './field-tree.js';
import { representation } from './representation.js';
import type { RecordRepresentation } from './representation.js';

/** `GET /ui-api/records/{recordId}?fields=…&optionalFields=…` or `layoutTypes=…&modes=…`. */
export function getRecord(context: RouteContext): ApiResponse {
  const [id = ''] = context.params;
  return { status: 200, body: requested(Viewer.of(context), id, context.request.query) };
}

/** `GET /ui-api/records/batch/{ids}`: one result per record, each with a status of its own. */
export function getRecordBatch(context: RouteContext): ApiResponse {
  const viewer = Viewer.of(context);
  const ids = (context.params[0] ?? '').split(',');
  const results = ids.map((id) => {
    try {
      return { statusCode: 200, result: requested(viewer, id, context.request.query) };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return { statusCode: error.status, result: [{ errorCode: error.errorCode, message: error.message }] };
    }
  });
  return { status: 200, body: { hasErrors: results.some(({ statusCode }) => statusCode !== 200), results } };
}

function requested(viewer: Viewer, id: string, query: URLSearchParams): RecordRepresentation {
  const tree = emptyTree(viewer.objectOf(id));
  const [fields, optionalFields, layoutTypes] = ['fields', 'optionalFields', 'layoutTypes'].map((name) =>
    listOf(query.get(name))
  );
  if (![fields, optionalFields, layoutTypes].some((names) => names && names.length > 0)) {
    throw new ApiError(400, 'MISSING_ARGUMENT', 'Specify at least one of fields, optionalFields and layoutTypes.');
  }
  addFields(viewer, tree, fields ?? [], true);
  addFields(viewer, tree, optionalFields ?? [], false);
  if (layoutTypes && layoutTypes.length > 0) addLayout(viewer, tree, layoutTypes);
  return readRecord(viewer, tree, id);
}

/** The Full layout of an object without a stored page layout has all its fields; Compact has the name. */
function addLayout(viewer: Viewer, tree: FieldTree, layoutTypes: readonly string[]): void {
  const full = layoutTypes.includes('Full');
  const fields = viewer.fields(tree.object).filter((field) => full || field.name === tree.object.nameField);
  for (const field of fields) tree.fields.set(field.name, field);
}

export function readRecord(viewer: Viewer, tree: FieldTree, id: string): RecordRepresentation {
  const soql = `SELECT ${columns(viewer, tree).join(', ')} FROM ${tree.object.name} WHERE Id = '${id}'`;
  const [row] = viewer.org.data.query(viewer.session, soql).records;
  if (!row) throw notFound();
  return representation(viewer, tree, row);
}

export function listOf(text: string | null): string[] {
  return (text ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}
