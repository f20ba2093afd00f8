import { badRequest } from '../core/errors.js';

export interface Token {
  readonly kind: 'word' | 'string' | 'open' | 'close' | 'comma' | 'end';
  readonly text: string;
  readonly at: number;
}

const PATTERN = /\s*(?:'((?:[^']|'')*)'|([(),])|([^\s(),']+))/y;
const SIGNS: Readonly<Record<string, Token['kind']>> = { '(': 'open', ')': 'close', ',': 'comma' };

/** Splits a filter. Throws 400 when a string does not end. */
export function tokensOf(filter: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (filter.slice(at).trim() !== '') {
    PATTERN.lastIndex = at;
    const match = PATTERN.exec(filter);
    if (!match) throw badRequest(`There is an unterminated string literal at position ${at} in '${filter}'.`);
    const [, quoted, sign, word] = match;
    if (quoted !== undefined) tokens.push({ kind: 'string', text: quoted.replaceAll("''", "'"), at });
    else if (sign !== undefined) tokens.push({ kind: SIGNS[sign] ?? 'comma', text: sign, at });
    else tokens.push({ kind: 'word', text: word ?? '', at });
    at = PATTERN.lastIndex;
  }
  return [...tokens, { kind: 'end', text: '', at }];
}
