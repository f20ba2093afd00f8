import type { Route, RouteContext } from '../core/contract.js';
import type { ApiRequest, ApiResponse } from '../core/transport.js';
import { answerGraphql } from './graphql/answer.js';
import { objectInfo } from './object-info.js';
import { picklistValues, picklistValuesByRecordType } from './picklist-values.js';
import { relatedListRecords } from './related-list.js';
import { getRecord, getRecordBatch } from './records/read.js';
import { createRecord, deleteRecord, updateRecord } from './records/write.js';

const version = '^/services/data/v\\d+\\.\\d';

/** The UI API and GraphQL of the org: what Lightning Data Service reads and writes (User Interface API Developer Guide, GraphQL API Guide). */
export const uiApiRoutes: readonly Route[] = [
  route('GET', '/ui-api/records/batch/([\\w,]+)$', getRecordBatch),
  route('POST', '/ui-api/records/?$', createRecord),
  route('GET', '/ui-api/records/(\\w+)$', getRecord),
  route('PATCH', '/ui-api/records/(\\w+)$', updateRecord),
  route('DELETE', '/ui-api/records/(\\w+)$', deleteRecord),
  route('GET', '/ui-api/object-info/(\\w+)$', objectInfo),
  route('GET', '/ui-api/object-info/(\\w+)/picklist-values/(\\w+)$', picklistValuesByRecordType),
  route('GET', '/ui-api/object-info/(\\w+)/picklist-values/(\\w+)/(\\w+)$', picklistValues),
  route('GET', '/ui-api/related-list-records/(\\w+)/(\\w+)$', relatedListRecords),
  route('POST', '/ui-api/related-list-records/(\\w+)/(\\w+)$', relatedListRecords),
  route('POST', '/graphql/?$', answerGraphql)
];

function route(method: ApiRequest['method'], path: string, handle: (context: RouteContext) => ApiResponse): Route {
  return { method, pattern: new RegExp(version + path), auth: 'bearer', handle };
}
