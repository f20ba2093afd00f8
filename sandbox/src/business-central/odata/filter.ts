import type { EntitySet, Property } from '../contract/model.js';
import type { ApiFault } from '../core/errors.js';
import { badRequest } from '../core/errors.js';
import type { Token } from './filter-tokens.js';
import { tokensOf } from './filter-tokens.js';
import type { Literal } from './literals.js';
import { literalOf } from './literals.js';

export type Comparison = 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le';
export type Match = 'startswith' | 'endswith' | 'contains';

/** A field, plain or through one text function. */
export interface Operand {
  readonly field: Property;
  readonly through?: 'tolower' | 'toupper' | { readonly start: number; readonly length?: number };
}

export type Filter =
  | { readonly kind: 'and'; readonly left: Filter; readonly right: Filter }
  | { readonly kind: 'or'; readonly left: Filter; readonly right: Filter }
  | { readonly kind: 'compare'; readonly operand: Operand; readonly operator: Comparison; readonly value: Literal }
  | { readonly kind: 'match'; readonly operand: Operand; readonly match: Match; readonly value: string };

const COMPARISONS: readonly string[] = ['eq', 'ne', 'gt', 'ge', 'lt', 'le'];
const MATCHES: readonly string[] = ['startswith', 'endswith', 'contains'];

/** `any` and `all` are not supported; the service drops the filter and returns every row (OData: known limitations). */
const LAMBDA = /\/\s*(?:any|all)\s*\(/i;

/** Reads `$filter`; undefined when the service would ignore it. Throws 400 for what schema version 2.0 does not know. */
export function parseFilter(text: string, set: Pick<EntitySet, 'type' | 'properties'>): Filter | undefined {
  if (LAMBDA.test(text)) return undefined;
  return new Parser(text, set).parse();
}

/** Names of the fields a filter looks at. */
export function fieldsOf(filter: Filter): ReadonlySet<string> {
  if (filter.kind === 'and' || filter.kind === 'or') {
    return new Set([...fieldsOf(filter.left), ...fieldsOf(filter.right)]);
  }
  return new Set([filter.operand.field.name]);
}

class Parser {
  private readonly tokens: readonly Token[];
  private at = 0;

  public constructor(
    private readonly text: string,
    private readonly set: Pick<EntitySet, 'type' | 'properties'>
  ) {
    this.tokens = tokensOf(text);
  }

  public parse(): Filter {
    const filter = this.or();
    if (this.peek().kind !== 'end') throw this.syntax();
    return filter;
  }

  private or(): Filter {
    let left = this.and();
    while (this.takeWord('or')) {
      const right = this.and();
      left = { kind: 'or', left, right };
      // OData: known limitations. Filter groups of the application combine fields by "and" only.
      if (fieldsOf(left).size > 1) {
        throw badRequest("The 'OR' operator is not supported on distinct fields on an OData filter.");
      }
    }
    return left;
  }

  private and(): Filter {
    let left = this.condition();
    while (this.takeWord('and')) left = { kind: 'and', left, right: this.condition() };
    return left;
  }

  private condition(): Filter {
    if (this.peek().kind === 'open') {
      this.at += 1;
      const inner = this.or();
      this.expect('close');
      return inner;
    }
    const name = this.peek().text.toLowerCase();
    if (this.peek(1).kind === 'open' && MATCHES.includes(name)) return this.match(name as Match);
    return this.comparison();
  }

  private match(match: Match): Filter {
    this.at += 2;
    const operand: Operand = { field: this.field() };
    this.expect('comma');
    const value = this.next();
    if (value.kind !== 'string') throw this.syntax();
    this.expect('close');
    if (operand.field.type !== 'String') throw this.unknownFunction(match);
    return { kind: 'match', operand, match, value: value.text };
  }

  private comparison(): Filter {
    const operand = this.operand();
    const operator = this.next().text.toLowerCase();
    if (operator === 'in') throw badRequest("The 'in' operator needs $schemaversion=2.1, which this API does not run.");
    if (!COMPARISONS.includes(operator)) throw this.syntax();
    const value = literalOf(this.next(), operand.field);
    return { kind: 'compare', operand, operator: operator as Comparison, value };
  }

  private operand(): Operand {
    if (this.peek(1).kind !== 'open') return { field: this.field() };
    const name = this.next().text.toLowerCase();
    if (!['tolower', 'toupper', 'substring'].includes(name)) throw this.unknownFunction(name);
    this.at += 1;
    const field = this.field();
    if (field.type !== 'String') throw this.unknownFunction(name);
    const places: number[] = [];
    while (name === 'substring' && this.peek().kind === 'comma') {
      this.at += 1;
      places.push(Number(this.next().text));
    }
    this.expect('close');
    if (name !== 'substring') return { field, through: name as 'tolower' | 'toupper' };
    const [start, length] = places;
    if (start === undefined || places.length > 2 || places.some((place) => !Number.isInteger(place)))
      throw this.syntax();
    return { field, through: { start, ...(length === undefined ? {} : { length }) } };
  }

  /** A field of the set itself: functions inside functions need schema version 2.1, neighbours cannot be filtered on. */
  private field(): Property {
    const { text, kind } = this.next();
    if (this.peek().kind === 'open') throw this.unknownFunction(text);
    const property = kind === 'word' ? this.set.properties.get(text) : undefined;
    if (property && property.type !== 'Stream') return property;
    throw badRequest(`Could not find a property named '${text}' on type 'Microsoft.NAV.${this.set.type}'.`);
  }

  private takeWord(word: string): boolean {
    const found = this.peek().kind === 'word' && this.peek().text.toLowerCase() === word;
    if (found) this.at += 1;
    return found;
  }

  private peek(ahead = 0): Token {
    return this.tokens[this.at + ahead] ?? { kind: 'end', text: '', at: this.text.length };
  }

  private next(): Token {
    const token = this.peek();
    this.at += 1;
    return token;
  }

  private expect(kind: Token['kind']): void {
    if (this.next().kind !== kind) throw this.syntax();
  }

  private syntax(): ApiFault {
    return badRequest(`Syntax error at position ${this.peek().at} in '${this.text}'.`);
  }

  private unknownFunction(name: string): ApiFault {
    return badRequest(`The function '${name}' cannot be used in this place of the filter.`);
  }
}
