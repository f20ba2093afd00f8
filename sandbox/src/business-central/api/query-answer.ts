import type { Property } from '../contract/model.js';
import { propertyOf } from '../contract/model.js';
import type { Json, Values } from '../core/values.js';
import { parseOptions } from '../odata/options.js';
import { pageOf } from '../odata/page.js';
import type { Answer, ScopedCall } from './call.js';
import { nextLink, pageSize } from './paging.js';

/** A list of rows that have no key of their own, as API queries give them: read-only, in the order the query has. */
export function queryAnswer(
  call: ScopedCall,
  name: string,
  fields: Readonly<Record<string, string>>,
  rows: readonly Values[]
): Answer {
  const properties = new Map<string, Property>(
    Object.entries(fields).map(([field, text]) => [field, propertyOf(field, text)])
  );
  const shape = {
    name,
    type: name,
    properties,
    navigation: new Map(),
    allows: { create: false, update: false, delete: false, sort: true }
  };
  const options = parseOptions(call.query, shape, () => shape);
  const size = pageSize(call);
  const sorted = { properties, key: [...properties.keys()], ordered: true };
  const { rows: found, total, next } = pageOf(rows, (row) => row, options, sorted, size.rows);
  const path = `companies(${call.scope.company})/${name}`;
  const shown = [...properties.keys()].filter((field) => options.select?.has(field) ?? true);
  const body: Record<string, Json> = { '@odata.context': `${call.origin}${call.address.base}/$metadata#${path}` };
  if (options.count) body['@odata.count'] = total;
  body['value'] = found.map((row) => Object.fromEntries(shown.map((field) => [field, row[field] ?? null])));
  if (next !== undefined) body['@odata.nextLink'] = nextLink(call, path, next);
  const headers: Record<string, string> = size.asked ? { 'preference-applied': `odata.maxpagesize=${size.rows}` } : {};
  return { status: 200, headers, body };
}
