import { parseValue, valueFromASTUntyped } from 'graphql';
import type { RouteContext } from '../core/contract.js';
import type { FieldSchema, SObjectSchema } from '../core/schema.js';
import { ApiError } from '../core/transport.js';
import type { ApiResponse } from '../core/transport.js';
import { Viewer, jsonBody, notFound } from './common.js';
import { soqlCondition } from './graphql/soql-filter.js';
import type { Filter } from './graphql/soql-filter.js';
import { addFields, columns, emptyTree } from './records/field-tree.js';
import type { FieldTree } from './records/field-tree.js';
import { listOf } from './records/read.js';
import { representation } from './records/representation.js';

interface ListRequest {
  fields: string[];
  optionalFields: string[];
  sortBy: string[];
  pageSize: number;
  /** Rows to skip; the page token is this number. */
  offset: number;
  where: string | undefined;
}

const defaultPageSize = 50;
const maximumPageSize = 1999;

/** `GET` or `POST /ui-api/related-list-records/{parentRecordId}/{relatedListId}` (Related List Record Collection). */
export function relatedListRecords(context: RouteContext): ApiResponse {
  const [parentId = '', relatedListId = ''] = context.params;
  const viewer = Viewer.of(context);
  const parent = viewer.objectOf(parentId);
  const { object, field } = childOf(viewer, parent, relatedListId);
  const list = context.request.method === 'POST' ? fromBody(jsonBody(context)) : fromQuery(context.request.query);
  const tree = emptyTree(object);
  addFields(viewer, tree, list.fields, true);
  addFields(viewer, tree, list.optionalFields, false);
  const rows = viewer.org.data.query(viewer.session, soqlOf(viewer, tree, field, parentId, list)).records;
  const records = rows.slice(0, list.pageSize).map((row) => representation(viewer, tree, row));
  return {
    status: 200,
    body: page(list, { parentId, relatedListId, parent, object }, records, rows.length > list.pageSize)
  };
}

function childOf(
  viewer: Viewer,
  parent: SObjectSchema,
  relatedListId: string
): { object: SObjectSchema; field: FieldSchema } {
  const child = viewer.org.schema
    .children(parent.name)
    .find(({ field }) => field.reference?.childRelationshipName?.toLowerCase() === relatedListId.toLowerCase());
  const object = child && viewer.object(child.childObject);
  if (!child || !object || !viewer.field(object.name, child.field.name)) throw notFound();
  return { object, field: child.field };
}

function soqlOf(viewer: Viewer, tree: FieldTree, field: FieldSchema, parentId: string, list: ListRequest): string {
  const conditions = [`${field.name} = '${parentId}'`];
  if (list.where !== undefined) {
    const condition = soqlCondition(viewer, tree.object, filterIn(list.where));
    if (condition !== undefined) conditions.push(condition);
  }
  const order = list.sortBy.map((name) => sortTerm(viewer, tree.object, name));
  const orderBy = order.length > 0 ? ` ORDER BY ${order.join(', ')}` : '';
  // One row more than asked for tells whether there is a next page.
  const paging = ` LIMIT ${list.pageSize + 1}${list.offset > 0 ? ` OFFSET ${list.offset}` : ''}`;
  return `SELECT ${columns(viewer, tree).join(', ')} FROM ${tree.object.name} WHERE ${conditions.join(' AND ')}${orderBy}${paging}`;
}

/** `-Contact.Name` sorts descending; the object's name in front is optional. */
function sortTerm(viewer: Viewer, object: SObjectSchema, name: string): string {
  const path = name.replace(/^-/, '').split('.');
  if (path[0]?.toLowerCase() === object.name.toLowerCase()) path.shift();
  let current: SObjectSchema | undefined = object;
  for (const parent of path.slice(0, -1)) current = current && viewer.parent(current, parent)?.target;
  const field = current && viewer.field(current.name, path.at(-1) ?? '');
  if (!field)
    throw new ApiError(400, 'INVALID_FIELD', `No such column '${path.join('.')}' on entity '${object.name}'.`);
  return `${[...path.slice(0, -1), field.name].join('.')} ${name.startsWith('-') ? 'DESC NULLS LAST' : 'ASC NULLS FIRST'}`;
}

/** The `where` parameter is a GraphQL input value in text form. */
function filterIn(text: string): Filter {
  try {
    const value: unknown = valueFromASTUntyped(parseValue(text));
    if (typeof value === 'object' && value !== null) return value as Filter;
  } catch {
    // Answered below like any other text that is no filter.
  }
  throw new ApiError(400, 'ILLEGAL_QUERY_PARAMETER_VALUE', 'The where parameter is not a filter.');
}

function fromQuery(query: URLSearchParams): ListRequest {
  const names = (parameter: string): string[] => listOf(query.get(parameter));
  return {
    fields: names('fields'),
    optionalFields: names('optionalFields'),
    sortBy: names('sortBy'),
    pageSize: pageSizeOf(query.get('pageSize')),
    offset: offsetOf(query.get('pageToken')),
    where: query.get('where') ?? undefined
  };
}

function fromBody(body: Record<string, unknown>): ListRequest {
  const names = (member: string): string[] => [body[member] ?? []].flat().map(String);
  return {
    fields: names('fields'),
    optionalFields: names('optionalFields'),
    sortBy: names('sortBy'),
    pageSize: pageSizeOf(body['pageSize']),
    offset: offsetOf(body['pageToken']),
    where: typeof body['where'] === 'string' ? body['where'] : undefined
  };
}

function pageSizeOf(given: unknown): number {
  const size = given === null || given === undefined ? defaultPageSize : Number(given);
  if (Number.isInteger(size) && size >= 1 && size <= maximumPageSize) return size;
  throw new ApiError(400, 'ILLEGAL_QUERY_PARAMETER_VALUE', `pageSize must be between 1 and ${maximumPageSize}.`);
}

function offsetOf(token: unknown): number {
  const offset = token === null || token === undefined ? 0 : Number(token);
  if (Number.isInteger(offset) && offset >= 0) return offset;
  throw new ApiError(400, 'ILLEGAL_QUERY_PARAMETER_VALUE', 'The page token is not valid.');
}

interface ListPlace {
  parentId: string;
  relatedListId: string;
  parent: SObjectSchema;
  object: SObjectSchema;
}

function page(list: ListRequest, place: ListPlace, records: readonly object[], more: boolean): object {
  return {
    count: records.length,
    currentPageToken: String(list.offset),
    fields: list.fields,
    listReference: {
      childObjectApiName: place.object.name,
      inContextOfRecordId: place.parentId,
      parentObjectApiName: place.parent.name,
      recordTypeId: null,
      relatedListId: place.relatedListId,
      type: 'relatedList'
    },
    nextPageToken: more ? String(list.offset + list.pageSize) : null,
    optionalFields: list.optionalFields,
    pageSize: list.pageSize,
    previousPageToken: list.offset > 0 ? String(Math.max(0, list.offset - list.pageSize)) : null,
    records,
    sortBy: list.sortBy
  };
}
