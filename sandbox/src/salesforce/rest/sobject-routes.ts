import type { FieldValues, QueryRow, Route, RouteContext, SaveOptions, Session } from '../core/contract.js';
import { describeChangedAt } from '../core/describe-dates.js';
import type { OrgHandle } from '../core/org-handle.js';
import type { SObjectSchema } from '../core/schema.js';
import { ApiError, type ApiRequest, type ApiResponse } from '../core/transport.js';
import { isNotModified, recordState, requireReadable, requireWritable, stateHeaders } from './conditional.js';
import { describeGlobalEntry, describeObject } from './describe-object.js';
import { findByExternalId, upsertByExternalId } from './external-id.js';
import { DATA, dateHeader, handleOf, listParameter, readObject } from './http.js';

/** The object a path names, as the session sees it. Throws NOT_FOUND. */
export function visibleObject(org: OrgHandle, session: Session, name: string): SObjectSchema {
  const object = org.schema.object(name);
  if (object === undefined || !org.access.object(session, object.name).read) {
    throw new ApiError(404, 'NOT_FOUND', 'The requested resource does not exist');
  }
  return object;
}

function readRecord(context: RouteContext, object: string, id: string): ApiResponse {
  const { org, request, session } = context;
  const state = recordState(context, object, id);
  const headers = stateHeaders(state);
  if (isNotModified(request, state)) return { status: 304, headers };
  const record = org.data.retrieve(session, object, id, listParameter(request, 'fields'));
  return { status: 200, headers, body: withVersion(record, request) };
}

function update(context: RouteContext, object: string, id: string): ApiResponse {
  const { org, request, session } = context;
  requireReadable(request);
  const values = readObject(request) as FieldValues;
  if (conditional.some((name) => request.headers[name] !== undefined)) {
    requireWritable(request, recordState(context, object, id));
  }
  org.data.update(session, object, id, values);
  return { status: 204 };
}

const conditional = ['if-match', 'if-none-match', 'if-unmodified-since'] as const;

/** Links in a record carry the version the caller used. */
function withVersion(record: QueryRow, request: ApiRequest): QueryRow {
  const version = /\/v(\d+\.\d)/.exec(request.path)?.[1];
  const attributes = record['attributes'] as { type: string; url: string };
  return { ...record, attributes: { ...attributes, url: attributes.url.replace(/v\d+\.\d/, `v${version ?? ''}`) } };
}

function saveOptions(request: ApiRequest): SaveOptions {
  const ifUnmodifiedSince = dateHeader(request, 'if-unmodified-since');
  return ifUnmodifiedSince === undefined ? {} : { ifUnmodifiedSince };
}

function create(context: RouteContext, version: string, object: string): ApiResponse {
  const id = context.org.data.create(context.session, object, readObject(context.request) as FieldValues);
  return {
    status: 201,
    headers: { location: `/services/data/v${version}/sobjects/${object}/${id}` },
    body: { id, success: true, errors: [] }
  };
}

/** Conditional headers do not count on DELETE (REST API guide, Conditional Request Headers). */
function remove({ org, session }: RouteContext, object: string, id: string): ApiResponse {
  org.data.delete(session, object, id);
  return { status: 204 };
}

function describe(context: RouteContext): ApiResponse {
  const [version = '', name = ''] = context.params;
  const org = handleOf(context);
  const object = visibleObject(org, context.session, name);
  const state = { modified: describeChangedAt(org.engine, object.name) };
  if (isNotModified(context.request, state)) return { status: 304, headers: stateHeaders(state) };
  return { status: 200, headers: stateHeaders(state), body: describeObject(org, context.session, object, version) };
}

/** sObject Basic Information, Describe, Rows and Rows by External ID. */
export const sobjectRoutes: readonly Route[] = [
  {
    method: 'GET',
    pattern: new RegExp(`${DATA}/sobjects/(\\w+)/?$`),
    handle: (context) => {
      const [version = '', name = ''] = context.params;
      const object = visibleObject(handleOf(context), context.session, name);
      const objectDescribe = describeGlobalEntry(handleOf(context), context.session, object, version);
      return { status: 200, body: { objectDescribe, recentItems: [] } };
    }
  },
  {
    method: 'POST',
    pattern: new RegExp(`${DATA}/sobjects/(\\w+)/?$`),
    handle: (context) => {
      const [version = '', name = ''] = context.params;
      return create(context, version, visibleObject(handleOf(context), context.session, name).name);
    }
  },
  {
    method: 'GET',
    pattern: new RegExp(`${DATA}/sobjects/(\\w+)/describe/?$`),
    handle: describe
  },
  {
    method: 'GET',
    pattern: new RegExp(`${DATA}/sobjects/(\\w+)/(\\w+)/?$`),
    handle: (context) => readRecord(context, context.params[1] ?? '', context.params[2] ?? '')
  },
  {
    method: 'PATCH',
    pattern: new RegExp(`${DATA}/sobjects/(\\w+)/(\\w+)/?$`),
    handle: (context) => update(context, context.params[1] ?? '', context.params[2] ?? '')
  },
  {
    method: 'DELETE',
    pattern: new RegExp(`${DATA}/sobjects/(\\w+)/(\\w+)/?$`),
    handle: (context) => remove(context, context.params[1] ?? '', context.params[2] ?? '')
  },
  {
    method: 'GET',
    pattern: new RegExp(`${DATA}/sobjects/(\\w+)/(\\w+)/(.+)$`),
    handle: (context) => {
      const [version = '', name = '', field = '', value = ''] = context.params;
      const found = findByExternalId(handleOf(context), context.session, name, field, value);
      if (found.length > 1) return ambiguous(version, name, found);
      if (found[0] === undefined) throw new ApiError(404, 'NOT_FOUND', 'The requested resource does not exist');
      return readRecord(context, name, found[0]);
    }
  },
  {
    method: 'PATCH',
    pattern: new RegExp(`${DATA}/sobjects/(\\w+)/(\\w+)/(.+)$`),
    handle: (context) => upsert(context)
  },
  {
    method: 'DELETE',
    pattern: new RegExp(`${DATA}/sobjects/(\\w+)/(\\w+)/(.+)$`),
    handle: (context) => {
      const [version = '', name = '', field = '', value = ''] = context.params;
      const found = findByExternalId(handleOf(context), context.session, name, field, value);
      if (found.length > 1) return ambiguous(version, name, found);
      if (found[0] === undefined) throw new ApiError(404, 'NOT_FOUND', 'The requested resource does not exist');
      return remove(context, name, found[0]);
    }
  }
];

/** Before version 46.0 an upsert that updated answered 204. */
const FIRST_VERSION_WITH_BODY = 46;

function upsert(context: RouteContext): ApiResponse {
  const [version = '', name = '', field = '', value = ''] = context.params;
  requireReadable(context.request);
  const values = readObject(context.request) as FieldValues;
  const updateOnly = context.request.query.get('updateOnly') === 'true';
  const options = { ...saveOptions(context.request), updateOnly };
  const result = upsertByExternalId(
    handleOf(context),
    context.session,
    { object: name, field, value, values },
    options
  );
  if ('ambiguous' in result) return ambiguous(version, name, result.ambiguous);
  const body = { id: result.id, success: true, errors: [], created: result.created };
  if (result.created) {
    return { status: 201, headers: { location: `/services/data/v${version}/sobjects/${name}/${result.id}` }, body };
  }
  return Number(version) < FIRST_VERSION_WITH_BODY ? { status: 204 } : { status: 200, body };
}

/** 300 Multiple Choices: links of the records that share the value. */
function ambiguous(version: string, object: string, ids: readonly string[]): ApiResponse {
  return { status: 300, body: ids.map((id) => `/services/data/v${version}/sobjects/${object}/${id}`) };
}
