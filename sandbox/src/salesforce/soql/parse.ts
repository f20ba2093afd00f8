import { parseQuery, type Query } from '@jetstreamapp/soql-parser-js';
import { malformed } from './errors.js';

/** SOQL and SOSL limits, maximum length of statements. */
const MAX_LENGTH = 100_000;
const MAX_CACHED = 500;
const cache = new Map<string, Query>();

/** Syntax tree of a query. Throws MALFORMED_QUERY. Trees are shared, so callers must not change them. */
export function parseSoql(soql: string): Query {
  const known = cache.get(soql);
  if (known !== undefined) return known;
  if (soql.trim() === '') throw malformed('SOQL statements cannot be empty or null');
  if (soql.length > MAX_LENGTH)
    throw malformed(`SOQL statements cannot be longer than ${String(MAX_LENGTH)} characters.`);
  const query = parse(soql);
  if (query.sObject === undefined || query.fields === undefined) throw malformed('unexpected token: <EOF>');
  if (cache.size >= MAX_CACHED) cache.delete(cache.keys().next().value as string);
  if (soql.length < 2000) cache.set(soql, query);
  return query;
}

function parse(soql: string): Query {
  try {
    return parseQuery(soql);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const found = /found: (?:-->\s*')?([^\s']*)/.exec(message)?.[1];
    throw malformed(
      found === undefined
        ? `unexpected token: ${soql.trim().split(/\s+/)[0] ?? ''}`
        : `unexpected token: '${found === '' ? '<EOF>' : found}'`
    );
  }
}
