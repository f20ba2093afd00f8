import { parseQuery, type Query } from '@jetstreamapp/soql-parser-js';
import { malformed, syntaxError } from './errors.js';

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
    const text = messageOf(error);
    const offset = /at offset: (\d+)/.exec(text)?.[1];
    if (offset !== undefined) throw badCharacter(soql, Number(offset));
    const token = foundToken(text);
    const first = /^\s*(\S+)/.exec(soql)?.[1] ?? '';
    if (token === undefined || token === first) throw malformed(`unexpected token: ${first}`);
    throw syntaxError(soql, token, token === '' ? soql.length : offsetOf(soql, token));
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The parser ends its messages with the token that did not fit; empty at the end of the query. */
function foundToken(message: string): string | undefined {
  return /but found(?: -->|:) '?([^'\n]*?)'?(?: <--)?\s*$/.exec(message)?.[1];
}

/** The parser names the token but not its place: it is where the query, cut off after the token, fails for the same token. */
function offsetOf(soql: string, token: string): number {
  for (let index = soql.indexOf(token); index >= 0; index = soql.indexOf(token, index + 1)) {
    try {
      parseQuery(soql.slice(0, index + token.length));
    } catch (error) {
      if (foundToken(messageOf(error)) === token) return index;
    }
  }
  return soql.indexOf(token);
}

/** A character that begins no token; for a quote that nothing closes, the text runs to the end of the query. */
function badCharacter(soql: string, offset: number): Error {
  const quote = soql[offset] === "'";
  const line = soql.slice(0, offset).split('\n').length;
  const column = (quote ? soql.length : offset) - (soql.lastIndexOf('\n', offset - 1) + 1);
  const what = quote
    ? "mismatched character '<EOF>' expecting '''"
    : `no viable alternative at character '${soql[offset] ?? ''}'`;
  return malformed(`line ${String(line)}:${String(column)} ${what}`);
}
