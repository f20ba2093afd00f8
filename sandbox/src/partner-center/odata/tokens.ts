import { invalid } from '../core/errors.js';

export type Token =
  | { kind: 'open' | 'close' | 'colon'; at: number }
  | { kind: 'string' | 'guid' | 'instant' | 'number' | 'word'; text: string; at: number };

const GUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/iy;
const INSTANT = /\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?/iy;
const NUMBER = /[+-]?\d+(\.\d+)?/y;
/** A property path, an operator word or a literal word. A path continues over `/`. */
const WORD = /[A-Za-z_][\w]*(\/[A-Za-z_][\w]*)*/y;
const STRING = /'((?:[^']|'')*)'/y;

const PATTERNS = [
  ['guid', GUID],
  ['instant', INSTANT],
  ['number', NUMBER],
  ['word', WORD]
] as const;

const PUNCTUATION: Readonly<Record<string, 'open' | 'close' | 'colon'>> = { '(': 'open', ')': 'close', ':': 'colon' };

/** Cuts a `$filter` into tokens. Throws 400 at the first character that begins none. */
export function tokenize(filter: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < filter.length) {
    if (/\s/.test(filter[at] ?? '')) {
      at += 1;
      continue;
    }
    const { token, end } = tokenAt(filter, at);
    tokens.push(token);
    at = end;
  }
  return tokens;
}

function tokenAt(filter: string, at: number): { token: Token; end: number } {
  const punctuation = PUNCTUATION[filter[at] ?? ''];
  if (punctuation) return { token: { kind: punctuation, at }, end: at + 1 };
  STRING.lastIndex = at;
  const string = STRING.exec(filter);
  if (string) {
    return { token: { kind: 'string', text: (string[1] ?? '').replaceAll("''", "'"), at }, end: at + string[0].length };
  }
  for (const [kind, pattern] of PATTERNS) {
    pattern.lastIndex = at;
    const match = pattern.exec(filter);
    // A literal ends where its last character does: `2026-01-05abc` is none.
    if (match && !/\w/.test(filter[at + match[0].length] ?? '')) {
      return { token: { kind, text: match[0], at }, end: at + match[0].length };
    }
  }
  throw invalid('$filter', `Syntax error at position ${at} in '${filter.slice(0, 200)}'.`);
}
