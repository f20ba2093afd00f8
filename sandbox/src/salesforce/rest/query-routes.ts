import type { Route, RouteContext } from '../core/contract.js';
import { ApiError, type ApiRequest, type ApiResponse } from '../core/transport.js';
import { columnMetadata } from './column-metadata.js';
import { DATA, handleOf } from './http.js';
import { toolingOnly } from './tooling.js';

/** `Sforce-Query-Options: batchSize=500`. */
function batchSize(request: ApiRequest): number | undefined {
  const found = /batchSize\s*=\s*(\d+)/i.exec(request.headers['sforce-query-options'] ?? '')?.[1];
  return found === undefined ? undefined : Number(found);
}

function runQuery(context: RouteContext, tooling: boolean, includeDeleted: boolean): ApiResponse {
  const { request, session, params } = context;
  const org = handleOf(context);
  const soql = request.query.get('q');
  if (soql === null) throw new ApiError(400, 'MALFORMED_QUERY', 'SOQL statements cannot be empty or null');
  const compiled = org.soql.compile(session, soql, includeDeleted);
  if (!tooling) toolingOnly(compiled.object.name, soql);
  if (request.query.get('columns') === 'true') return { status: 200, body: columnMetadata(compiled) };
  const size = batchSize(request);
  const version = params[0] ?? org.apiVersion;
  const options = { includeDeleted, version, ...(size === undefined ? {} : { batchSize: size }) };
  return { status: 200, body: org.soql.query(session, soql, options) };
}

/** Query, QueryAll and their further pages, for records and for the Tooling API. */
export const queryRoutes: readonly Route[] = [
  {
    method: 'GET',
    pattern: new RegExp(`${DATA}/(tooling/)?(query|queryAll)/?$`),
    handle: (context) => runQuery(context, context.params[1] !== undefined, context.params[2] === 'queryAll')
  },
  {
    method: 'GET',
    pattern: new RegExp(`${DATA}/(?:tooling/)?(?:query|queryAll)/(\\w+-\\d+)/?$`),
    handle: (context) => ({ status: 200, body: handleOf(context).soql.more(context.session, context.params[1] ?? '') })
  }
];
