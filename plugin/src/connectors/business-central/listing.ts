import type { JsonObject } from '../../ports/json.js';
import type { Api } from './api.js';
import { valuesOf } from './api.js';
import type { Query } from './query.js';
import { queryString } from './query.js';

export interface ListPage {
  rows: JsonObject[];
  last: boolean;
  serverTime: number;
}

export interface ListOptions extends Query {
  /** Rows of a page. @default the service's own size */
  pageRows?: number;
  /** Read from a replica, which may lag: for figures that are only shown, never for a decision. @default false */
  replica?: boolean;
}

/** Walks an entity set page by page; the service decides where a page ends, and its next link is taken as it is. */
export async function* listRows(api: Api, path: string, options: ListOptions = {}): AsyncGenerator<ListPage> {
  const { pageRows, replica = false, ...query } = options;
  const headers = {
    ...(pageRows === undefined ? {} : { prefer: `odata.maxpagesize=${pageRows}` }),
    ...(replica ? { 'data-access-intent': 'ReadOnly' } : {})
  };
  let next: string | undefined = `${path}${queryString(query)}`;
  while (next !== undefined) {
    const { json, serverTime } = await api.call({ method: 'GET', path: next, headers, repeatable: true });
    const link = (json as JsonObject | null)?.['@odata.nextLink'];
    next = typeof link === 'string' && link !== '' ? link : undefined;
    yield { rows: valuesOf(json), last: next === undefined, serverTime };
  }
}

/** All rows, collected. */
export async function collectRows(api: Api, path: string, options?: ListOptions): Promise<JsonObject[]> {
  const rows: JsonObject[] = [];
  for await (const page of listRows(api, path, options)) rows.push(...page.rows);
  return rows;
}
