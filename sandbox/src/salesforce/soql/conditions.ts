import type { LiteralType } from '@jetstreamapp/soql-parser-js';
import type { SqlValue } from '../core/database.js';
import type { FieldSchema } from '../core/schema.js';
import { ApiError } from '../core/transport.js';
import { dayRange, type DayRange } from './date-literals.js';
import { invalidField, malformed } from './errors.js';
import { compileFunction, type SoqlFunction } from './functions.js';
import { literalValue, unquote, type Literal } from './literals.js';
import type { QueryScope, Sql } from './scope.js';
import type { Leaf, WhereTree } from './where-tree.js';

/** Above this a list is passed as one JSON parameter, so that lists of any length share one prepared statement. */
const MAX_PARAMETERS = 20;
const textTypes = new Set(['string', 'textarea', 'email', 'phone', 'url', 'picklist', 'multipicklist']);

/** Compiles a semi-join; given by the compiler, which knows how to compile whole queries. */
export type SubselectCompiler = (scope: QueryScope, query: NonNullable<SubselectOf<Leaf>>, outer: FieldSchema) => Sql;
type SubselectOf<T> = T extends { valueQuery: infer Q } ? Q : never;

export interface Target {
  sql: string;
  field: FieldSchema;
}

export function compileTree(scope: QueryScope, tree: WhereTree, subselect: SubselectCompiler, inOr = false): Sql {
  if (tree.kind === 'leaf') return compileLeaf(scope, tree.condition, subselect, inOr);
  if (tree.kind === 'not') {
    const operand = compileTree(scope, tree.operand, subselect, inOr);
    // SOQL has two truth values: a comparison with an empty field is false, so its negation is true.
    return { sql: `NOT COALESCE((${operand.sql}), 0)`, parameters: operand.parameters };
  }
  const parts = tree.operands.map((each) => compileTree(scope, each, subselect, inOr || tree.kind === 'or'));
  return {
    sql: `(${parts.map((part) => part.sql).join(tree.kind === 'or' ? ' OR ' : ' AND ')})`,
    parameters: parts.flatMap((part) => part.parameters)
  };
}

function compileLeaf(scope: QueryScope, leaf: Leaf, subselect: SubselectCompiler, inOr: boolean): Sql {
  const target = 'fn' in leaf ? functionTarget(scope, leaf.fn as SoqlFunction) : fieldTarget(scope, leaf.field);
  if ('valueQuery' in leaf) {
    if (inOr) throw malformed(`Semi join sub-selects are not allowed with the 'OR' operator`);
    const inner = subselect(scope, leaf.valueQuery, target.field);
    const missing = leaf.operator === 'NOT IN' ? `${target.sql} IS NULL OR ` : '';
    return { sql: `(${missing}${target.sql} ${leaf.operator} (${inner.sql}))`, parameters: inner.parameters };
  }
  const literals = readLiterals(leaf);
  const [first] = literals;
  switch (leaf.operator) {
    case 'IN':
    case 'NOT IN':
      return compileList(scope, target, literals, leaf.operator === 'NOT IN');
    case 'INCLUDES':
    case 'EXCLUDES':
      return compileIncludes(scope, target, literals, leaf.operator === 'EXCLUDES');
    case 'LIKE':
      return compileLike(scope, target, first);
    default:
      if (first === undefined) throw malformed('unexpected token: <EOF>');
      return compileComparison(scope, target, leaf.operator, first);
  }
}

function readLiterals(leaf: Exclude<Leaf, { valueQuery: unknown }>): Literal[] {
  const values = Array.isArray(leaf.value) ? leaf.value : [leaf.value];
  const types = leaf.literalType as LiteralType | LiteralType[] | undefined;
  return values.map((raw, index) => ({ raw, type: Array.isArray(types) ? types[index] : types }));
}

function functionTarget(scope: QueryScope, fn: SoqlFunction): Target {
  const compiled = compileFunction(scope, fn);
  const name = fn.rawValue ?? fn.functionName ?? '';
  return {
    sql: compiled.sql,
    field: {
      name,
      label: name,
      type: compiled.type,
      custom: false,
      nillable: true,
      createable: false,
      updateable: false,
      permissionable: false
    }
  };
}

function fieldTarget(scope: QueryScope, path: string): Target {
  const resolved = scope.resolve(path);
  const { field } = resolved;
  if (field.longText === true || field.type === 'address') {
    throw invalidField(scope.environment.soql, path, `field '${field.name}' can not be filtered in a query call`);
  }
  return resolved;
}

function compileComparison(scope: QueryScope, target: Target, operator: string, literal: Literal): Sql {
  if (literal.type === 'DATE_LITERAL' || literal.type === 'DATE_N_LITERAL') {
    return compileRange(scope, target, operator, literal);
  }
  const value = literalValue(scope.environment.soql, target.field, literal);
  if (value === null) {
    if (operator !== '=' && operator !== '!=') throw wrongOperator(target.field);
    return { sql: `${target.sql} IS ${operator === '=' ? '' : 'NOT '}NULL`, parameters: [] };
  }
  if (operator === '!=') return { sql: `(${target.sql} IS NULL OR ${target.sql} <> ?)`, parameters: [value] };
  if (operator !== '=' && target.field.type === 'boolean') throw wrongOperator(target.field);
  return { sql: `${target.sql} ${operator} ?`, parameters: [value] };
}

function compileRange(scope: QueryScope, { sql, field }: Target, operator: string, literal: Literal): Sql {
  const days = dayRange(literal.raw, scope.environment.now);
  if (days === undefined) throw malformed(`unexpected token: '${literal.raw}'`);
  if (field.type !== 'date' && field.type !== 'datetime') {
    throw invalidField(scope.environment.soql, literal.raw, `field '${field.name}' does not support date literals`);
  }
  const { from, to } = bounds(field, days);
  switch (operator) {
    case '=':
      return { sql: `(${sql} >= ? AND ${sql} < ?)`, parameters: [from, to] };
    case '!=':
      return { sql: `(${sql} IS NULL OR ${sql} < ? OR ${sql} >= ?)`, parameters: [from, to] };
    case '<':
      return { sql: `${sql} < ?`, parameters: [from] };
    case '<=':
      return { sql: `${sql} < ?`, parameters: [to] };
    case '>':
      return { sql: `${sql} >= ?`, parameters: [to] };
    default:
      return { sql: `${sql} >= ?`, parameters: [from] };
  }
}

function bounds(field: FieldSchema, days: DayRange): DayRange {
  if (field.type === 'date') return days;
  return { from: `${days.from}T00:00:00.000Z`, to: `${days.to}T00:00:00.000Z` };
}

/** A list may hold null; `NOT IN` also finds records without a value. */
function compileList(scope: QueryScope, target: Target, literals: readonly Literal[], negated: boolean): Sql {
  if (target.field.type === 'boolean') throw wrongOperator(target.field);
  if (literals.some((each) => each.type === 'DATE_LITERAL' || each.type === 'DATE_N_LITERAL')) {
    const parts = literals.map((each) => compileRange(scope, target, '=', each));
    const any = `(${parts.map((part) => part.sql).join(' OR ')})`;
    return { sql: negated ? `NOT COALESCE(${any}, 0)` : any, parameters: parts.flatMap((part) => part.parameters) };
  }
  const values = literals.map((each) => literalValue(scope.environment.soql, target.field, each));
  const present = values.filter((value) => value !== null);
  const list: SqlValue[] = present.length > MAX_PARAMETERS ? [JSON.stringify(present)] : present;
  const items = present.length > MAX_PARAMETERS ? 'SELECT value FROM json_each(?)' : list.map(() => '?').join(', ');
  const hasNull = present.length < values.length;
  const inside = `${target.sql} ${negated ? 'NOT IN' : 'IN'} (${items})`;
  if (negated) {
    return { sql: hasNull ? `(${inside})` : `(${target.sql} IS NULL OR ${inside})`, parameters: list };
  }
  return { sql: hasNull ? `(${target.sql} IS NULL OR ${inside})` : inside, parameters: list };
}

/** `INCLUDES ('A;B', 'C')`: A and B, or C. */
function compileIncludes(scope: QueryScope, target: Target, literals: readonly Literal[], negated: boolean): Sql {
  if (target.field.type !== 'multipicklist') throw wrongOperator(target.field);
  const groups = literals.map((each) => String(literalValue(scope.environment.soql, target.field, each)).split(';'));
  const any = groups
    .map((group) => `(${group.map(() => `instr(';' || lower(${target.sql}) || ';', ?) > 0`).join(' AND ')})`)
    .join(' OR ');
  const parameters = groups.flat().map((value) => `;${value.toLowerCase()};`);
  return { sql: negated ? `NOT COALESCE(${any}, 0)` : `(${any})`, parameters };
}

function compileLike(scope: QueryScope, target: Target, literal: Literal | undefined): Sql {
  if (!textTypes.has(target.field.type)) throw wrongOperator(target.field);
  if (literal?.type !== 'STRING') throw malformed(`unexpected token: '${literal?.raw ?? ''}'`);
  return { sql: `${target.sql} LIKE ? ESCAPE '\\'`, parameters: [unquote(literal.raw, true)] };
}

function wrongOperator(field: FieldSchema): ApiError {
  const message = `invalid operator on ${field.type === 'reference' ? 'id' : field.type} field`;
  return new ApiError(400, 'INVALID_QUERY_FILTER_OPERATOR', message);
}
