import type { Condition, ConditionWithValueQuery, HavingClause, WhereClause } from '@jetstreamapp/soql-parser-js';
import { malformed } from './errors.js';

export type Leaf = Exclude<ConditionWithValueQuery, { openParen: number; field?: never; fn?: never }>;

export type WhereTree =
  | { kind: 'leaf'; condition: Leaf }
  | { kind: 'not'; operand: WhereTree }
  | { kind: 'and' | 'or'; operands: readonly WhereTree[] };

type Token = '(' | ')' | 'AND' | 'OR' | 'NOT' | { condition: Leaf };

/**
 * The parser hands over a flat chain with counts of brackets; this gives it back its shape. SOQL has no precedence between
 * AND and OR: mixing them at one level needs brackets, otherwise MALFORMED_QUERY.
 */
export function whereTree(clause: WhereClause | HavingClause): WhereTree {
  const tokens = flatten(clause);
  const reader = { tokens, position: 0 };
  const tree = readExpression(reader);
  if (reader.position < tokens.length) throw malformed(`unexpected token: ${show(tokens[reader.position])}`);
  return tree;
}

function flatten(clause: WhereClause | HavingClause): Token[] {
  const tokens: Token[] = [];
  let current: WhereClause | HavingClause | undefined = clause;
  while (current !== undefined) {
    const left = current.left as (Condition & { openParen?: number; closeParen?: number }) | null;
    const operator = 'operator' in current ? current.operator : undefined;
    tokens.push(...Array<Token>(left?.openParen ?? 0).fill('('));
    if (operator === 'NOT') {
      tokens.push('NOT');
    } else {
      tokens.push({ condition: left as Leaf });
      tokens.push(...Array<Token>(left?.closeParen ?? 0).fill(')'));
      if (operator !== undefined) tokens.push(operator);
    }
    current = 'right' in current ? current.right : undefined;
  }
  return tokens;
}

interface Reader {
  tokens: readonly Token[];
  position: number;
}

function readExpression(reader: Reader): WhereTree {
  const operands = [readOperand(reader)];
  let joined: 'AND' | 'OR' | undefined;
  for (;;) {
    const token = reader.tokens[reader.position];
    if (token !== 'AND' && token !== 'OR') break;
    if (joined !== undefined && joined !== token) throw malformed(`unexpected token: ${token}`);
    joined = token;
    reader.position++;
    operands.push(readOperand(reader));
  }
  const [only] = operands;
  if (operands.length === 1 && only !== undefined) return only;
  return { kind: joined === 'OR' ? 'or' : 'and', operands };
}

function readOperand(reader: Reader): WhereTree {
  const token = reader.tokens[reader.position++];
  if (token === 'NOT') return { kind: 'not', operand: readOperand(reader) };
  if (token === '(') {
    const inner = readExpression(reader);
    if (reader.tokens[reader.position] !== ')') throw malformed(`expecting a right parentheses, found '<EOF>'`);
    reader.position++;
    return inner;
  }
  if (token === undefined || typeof token === 'string') throw malformed(`unexpected token: ${show(token)}`);
  return { kind: 'leaf', condition: token.condition };
}

function show(token: Token | undefined): string {
  return typeof token === 'string' ? token : '<EOF>';
}
