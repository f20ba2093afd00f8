import { invalid } from '../core/errors.js';
import type { Token } from './tokens.js';
import { tokenize } from './tokens.js';

export const OPERATORS = ['eq', 'ne', 'lt', 'le', 'gt', 'ge'] as const;
export type Operator = (typeof OPERATORS)[number];

export type Literal =
  | { kind: 'string' | 'guid' | 'instant'; text: string }
  | { kind: 'number'; value: number }
  | { kind: 'boolean'; value: boolean }
  | { kind: 'null' };

export type Filter =
  | { kind: 'and' | 'or'; left: Filter; right: Filter }
  | { kind: 'not'; operand: Filter }
  | { kind: 'compare'; path: string; operator: Operator; literal: Literal }
  /** `team/any(t: t/email eq '…')`; without a body: has any entry. */
  | { kind: 'any'; path: string; variable: string; body: Filter | undefined };

const MIRRORED: Readonly<Record<Operator, Operator>> = { eq: 'eq', ne: 'ne', lt: 'gt', le: 'ge', gt: 'lt', ge: 'le' };
const WORD_LITERALS: Readonly<Record<string, Literal>> = {
  true: { kind: 'boolean', value: true },
  false: { kind: 'boolean', value: false },
  null: { kind: 'null' }
};

/** Parses `$filter` (OData 4.01 URL conventions, 5.1.1): eq ne lt le gt ge, and, or, not, brackets, paths, any(). */
export function parseFilter(text: string): Filter {
  return new Parser(tokenize(text)).parse();
}

class Parser {
  private position = 0;

  public constructor(private readonly tokens: readonly Token[]) {}

  public parse(): Filter {
    const filter = this.either();
    if (this.position < this.tokens.length) throw this.error('an operator');
    return filter;
  }

  private either(): Filter {
    let left = this.both();
    while (this.takeWord('or')) left = { kind: 'or', left, right: this.both() };
    return left;
  }

  private both(): Filter {
    let left = this.negated();
    while (this.takeWord('and')) left = { kind: 'and', left, right: this.negated() };
    return left;
  }

  private negated(): Filter {
    if (this.takeWord('not')) return { kind: 'not', operand: this.negated() };
    if (!this.take('open')) return this.comparison();
    const filter = this.either();
    this.expect('close', ')');
    return filter;
  }

  private comparison(): Filter {
    const left = this.operand();
    if (typeof left === 'string' && this.peek()?.kind === 'open') return this.call(left);
    const operator = this.operator();
    const right = this.operand();
    if (typeof left === 'string' && typeof right !== 'string') {
      return { kind: 'compare', path: left, operator, literal: right };
    }
    if (typeof left !== 'string' && typeof right === 'string') {
      return { kind: 'compare', path: right, operator: MIRRORED[operator], literal: left };
    }
    throw invalid('$filter', 'A comparison needs one property and one literal.');
  }

  private call(word: string): Filter {
    const slash = word.lastIndexOf('/');
    const name = word.slice(slash + 1);
    if (name !== 'any' || slash < 0) throw invalid('$filter', `The function ${name} is not supported.`);
    const path = word.slice(0, slash);
    this.expect('open', '(');
    if (this.take('close')) return { kind: 'any', path, variable: '', body: undefined };
    const variable = this.next();
    if (variable?.kind !== 'word' || variable.text.includes('/')) throw this.error('a range variable');
    this.expect('colon', ':');
    const body = this.either();
    this.expect('close', ')');
    return { kind: 'any', path, variable: variable.text, body };
  }

  private operator(): Operator {
    const token = this.next();
    const operator = token?.kind === 'word' ? OPERATORS.find((known) => known === token.text) : undefined;
    if (!operator) throw this.error('one of eq, ne, lt, le, gt, ge');
    return operator;
  }

  /** A property path as text, or a literal. */
  private operand(): string | Literal {
    const token = this.next();
    switch (token?.kind) {
      case 'word':
        return WORD_LITERALS[token.text] ?? token.text;
      case 'number':
        return { kind: 'number', value: Number(token.text) };
      case 'string':
      case 'guid':
      case 'instant':
        return { kind: token.kind, text: token.text };
      default:
        throw this.error('a property or a literal');
    }
  }

  private peek(): Token | undefined {
    return this.tokens[this.position];
  }

  private next(): Token | undefined {
    const token = this.tokens[this.position];
    this.position += 1;
    return token;
  }

  private take(kind: Token['kind']): boolean {
    if (this.peek()?.kind !== kind) return false;
    this.position += 1;
    return true;
  }

  private takeWord(word: string): boolean {
    const token = this.peek();
    if (token?.kind !== 'word' || token.text !== word) return false;
    this.position += 1;
    return true;
  }

  private expect(kind: Token['kind'], sign: string): void {
    if (!this.take(kind)) throw this.error(sign);
  }

  private error(expected: string): Error {
    const at = this.tokens[Math.max(0, this.position - 1)]?.at ?? 0;
    return invalid('$filter', `Syntax error in the filter near position ${at}: expected ${expected}.`);
  }
}
