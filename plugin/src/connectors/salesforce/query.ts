import type { JsonObject, JsonValue } from '../../ports/json.js';
import { dataRoot } from './rest.js';
import type { Rest } from './rest.js';

/** One page of a SOQL answer. */
export interface QueryPage {
  records: JsonObject[];
  /** From `/services` on; absent on the last page. */
  next?: string;
  /** Rows of all pages together. */
  total: number;
}

/** Path of a query; `queryAll` sees deleted rows too. */
export function queryPath(soql: string, resource: 'query' | 'queryAll' = 'query'): string {
  return `${dataRoot}/${resource}?q=${encodeURIComponent(soql)}`;
}

export function pageOf(body: JsonValue): QueryPage {
  const answer = body as JsonObject;
  const next = answer['nextRecordsUrl'];
  const records = (answer['records'] ?? []) as JsonObject[];
  return {
    records,
    total: Number(answer['totalSize'] ?? records.length),
    ...(answer['done'] === false && typeof next === 'string' ? { next } : {})
  };
}

export async function nextPage(rest: Rest, path: string): Promise<QueryPage> {
  return pageOf((await rest.call({ method: 'GET', path, repeatable: true })).json);
}

/** The page's records and those of all following pages. */
export async function allRecords(rest: Rest, first: QueryPage): Promise<JsonObject[]> {
  const records = [...first.records];
  for (let next = first.next; next !== undefined;) {
    const page = await nextPage(rest, next);
    records.push(...page.records);
    next = page.next;
  }
  return records;
}

/** A child sub-query's rows are an answer of their own, with pages of their own; `null` when there are none. */
export async function childRecords(rest: Rest, child: JsonValue | undefined): Promise<JsonObject[]> {
  return child === null || child === undefined ? [] : allRecords(rest, pageOf(child));
}

/** SOQL string literal. SOQL guide, "Quoted String Escape Sequences". */
export function quoted(text: string): string {
  return `'${text.replace(/\\/g, '\\\\').replace(/'/g, "\\'")}'`;
}
