import type { Route, RouteContext } from '../core/contract.js';
import { ApiError, type ApiResponse } from '../core/transport.js';
import {
  createRecords,
  deleteRecords,
  retrieveRecords,
  updateRecords,
  upsertRecords,
  type CollectionRecord
} from './collections.js';
import { DATA, handleOf, listParameter, readObject } from './http.js';
import { visibleObject } from './sobject-routes.js';

/** REST API guide: a GET takes about 800 ids for the length of its URL, a POST 2,000. */
const MAX_IDS = 2000;

function readRecords(context: RouteContext): { records: CollectionRecord[]; allOrNone: boolean } {
  const { records, allOrNone } = readObject(context.request) as { records?: unknown; allOrNone?: unknown };
  if (!Array.isArray(records))
    throw new ApiError(400, 'JSON_PARSER_ERROR', 'records must be a list at [line:1, column:1]');
  return { records: records as CollectionRecord[], allOrNone: allOrNone === true };
}

function retrieve(context: RouteContext, ids: readonly string[], fields: readonly string[]): ApiResponse {
  const [version = '', name = ''] = context.params;
  const org = handleOf(context);
  if (ids.length > MAX_IDS) {
    throw new ApiError(400, 'EXCEEDED_ID_LIMIT', `cannot retrieve more than ${String(MAX_IDS)} records in one call`);
  }
  const object = visibleObject(org, context.session, name);
  return { status: 200, body: retrieveRecords(org, context.session, object.name, ids, fields, version) };
}

/** sObject Collections. The answer is 200 whatever became of the records. */
export const collectionRoutes: readonly Route[] = [
  {
    method: 'POST',
    pattern: new RegExp(`${DATA}/composite/sobjects/?$`),
    handle: (context) => {
      const { records, allOrNone } = readRecords(context);
      return { status: 200, body: createRecords(handleOf(context), context.session, records, allOrNone) };
    }
  },
  {
    method: 'PATCH',
    pattern: new RegExp(`${DATA}/composite/sobjects/?$`),
    handle: (context) => {
      const { records, allOrNone } = readRecords(context);
      return { status: 200, body: updateRecords(handleOf(context), context.session, records, allOrNone) };
    }
  },
  {
    method: 'DELETE',
    pattern: new RegExp(`${DATA}/composite/sobjects/?$`),
    handle: (context) => {
      const allOrNone = context.request.query.get('allOrNone') === 'true';
      const ids = listParameter(context.request, 'ids');
      return { status: 200, body: deleteRecords(handleOf(context), context.session, ids, allOrNone) };
    }
  },
  {
    method: 'PATCH',
    pattern: new RegExp(`${DATA}/composite/sobjects/(\\w+)/(\\w+)/?$`),
    handle: (context) => {
      const [, name = '', field = ''] = context.params;
      const { records, allOrNone } = readRecords(context);
      const object = visibleObject(handleOf(context), context.session, name).name;
      return {
        status: 200,
        body: upsertRecords(handleOf(context), context.session, { object, field }, records, allOrNone)
      };
    }
  },
  {
    method: 'GET',
    pattern: new RegExp(`${DATA}/composite/sobjects/(\\w+)/?$`),
    handle: (context) =>
      retrieve(context, listParameter(context.request, 'ids'), listParameter(context.request, 'fields'))
  },
  {
    method: 'POST',
    pattern: new RegExp(`${DATA}/composite/sobjects/(\\w+)/?$`),
    handle: (context) => {
      const { ids, fields } = readObject(context.request) as { ids?: unknown; fields?: unknown };
      return retrieve(
        context,
        Array.isArray(ids) ? ids.map(String) : [],
        Array.isArray(fields) ? fields.map(String) : []
      );
    }
  }
];
