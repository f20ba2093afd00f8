import type { Query, Subquery } from '@jetstreamapp/soql-parser-js';
import type { SObjectSchema } from '../core/schema.js';
import { ApiError } from '../core/transport.js';
import type { CompiledQuery } from './compiled-query.js';
import { compileTree, type SubselectCompiler } from './conditions.js';
import { invalidField, malformed, noRelationship, unsupportedObject } from './errors.js';
import { expandFields } from './expand-fields.js';
import { compileGroup, compileOrder, isAggregate, requireGrouped } from './group-and-order.js';
import { QueryScope, type CompileEnvironment, type Sql } from './scope.js';
import { SelectList } from './select-list.js';
import { whereTree } from './where-tree.js';

/** The parser gives one clause bare and several as a list. */
function list<T>(value: T | T[] | undefined): T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

const nothing: Sql = { sql: '', parameters: [] };
const MAX_OFFSET = 2000;
/** Deleted records leave the recycle bin after 15 days. */
const RECYCLE_MS = 15 * 86_400_000;

export function compileQuery(environment: CompileEnvironment, query: Query): CompiledQuery {
  const object = requireObject(environment, query.sObject ?? '');
  const prefixes = [query.sObjectAlias, query.sObject]
    .filter((name) => name !== undefined)
    .map((name) => name.toLowerCase());
  const scope = new QueryScope(environment, object, prefixes);
  return compileLevel(scope, query, undefined);
}

function requireObject({ schema, access, session, soql }: CompileEnvironment, name: string): SObjectSchema {
  const object = schema.object(name);
  if (object?.queryable !== true || !access.object(session, object.name).read) throw unsupportedObject(soql, name);
  return object;
}

function compileLevel(scope: QueryScope, query: Query | Subquery, foreignKey: string | undefined): CompiledQuery {
  const fields = query.fields ?? [];
  const groups = list(query.groupBy);
  const isCount = groups.length === 0 && fields.length === 1 && isBareCount(fields[0]);
  const grouped =
    groups.length > 0 || fields.some((field) => field.type === 'FieldFunctionExpression' && isAggregate(field));
  checkClauses(query);
  if (grouped && foreignKey !== undefined)
    throw malformed('aggregate functions are not allowed in sub-queries of relationships');
  const selected = new SelectList(
    scope,
    (subquery) => compileChild(scope, subquery, foreignKey !== undefined),
    grouped
  );
  const groupBy = groups.map((group) => compileGroup(scope, group));
  if (foreignKey !== undefined) selected.columns.push(foreignKey);
  if (!isCount) {
    for (const field of expandFields(scope, fields, query.limit)) selected.select(field);
    if (grouped) requireGrouped(scope, query, groupBy);
  }
  const where = compileWhere(scope, query);
  const having = query.having === undefined ? nothing : compileTree(scope, whereTree(query.having), compileSubselect);
  const orderBy = list(query.orderBy).map((each) => compileOrder(scope, each, query, grouped ? groupBy : undefined));
  return {
    object: scope.object,
    alias: scope.root.alias,
    columns: isCount ? ['COUNT(*)'] : selected.columns,
    where,
    groupBy: groupBy.join(', '),
    having,
    orderBy: orderBy.join(', '),
    ...(query.limit === undefined ? {} : { limit: query.limit }),
    offset: query.offset ?? 0,
    shape: selected.shape,
    mode: isCount ? 'count' : grouped ? 'aggregate' : 'rows',
    from: scope.from
  };
}

function isBareCount(field: NonNullable<Query['fields']>[number] | undefined): boolean {
  return (
    field?.type === 'FieldFunctionExpression' && /^count$/i.test(field.functionName) && field.parameters.length === 0
  );
}

function checkClauses(query: Query | Subquery): void {
  if ((query.offset ?? 0) > MAX_OFFSET) {
    throw new ApiError(400, 'NUMBER_OUTSIDE_VALID_RANGE', `Maximum SOQL offset allowed is ${String(MAX_OFFSET)}`);
  }
  if (query.having !== undefined && query.groupBy === undefined) throw malformed(`unexpected token: 'HAVING'`);
  for (const group of list(query.groupBy)) {
    const name = 'fn' in group ? group.fn.functionName?.toUpperCase() : undefined;
    if (name === 'ROLLUP' || name === 'CUBE') throw malformed(`GROUP BY ${name} is not available in this org`);
  }
}

function compileChild(
  scope: QueryScope,
  subquery: Subquery,
  nested: boolean
): { name: string; query: CompiledQuery; foreignKey: string } {
  const { environment } = scope;
  if (nested) throw malformed('SOQL statements cannot have more than one level of sub-queries here');
  const name = subquery.relationshipName;
  const child = environment.schema
    .children(scope.object.name)
    .find(({ field }) => field.reference?.childRelationshipName?.toLowerCase() === name.toLowerCase());
  const object = child === undefined ? undefined : environment.schema.object(child.childObject);
  const visible = object !== undefined && child !== undefined && scope.readable(object, child.field);
  if (child === undefined || object === undefined || !visible) throw noRelationship(environment.soql, name);
  const inner = new QueryScope(environment, object, [object.name.toLowerCase(), name.toLowerCase()]);
  const foreignKey = inner.column(inner.root, child.field);
  const query = compileLevel(inner, subquery, foreignKey);
  return { name: child.field.reference?.childRelationshipName ?? name, query, foreignKey };
}

const compileSubselect: SubselectCompiler = (outer, query, field) => {
  const { environment } = outer;
  if (field.type !== 'id' && field.type !== 'reference') {
    throw invalidField(
      environment.soql,
      field.name,
      `Semi join sub-selects need an ID or reference field on the left side, not '${field.name}'`
    );
  }
  const object = requireObject(environment, query.sObject ?? '');
  const scope = new QueryScope(environment, object, [(query.sObjectAlias ?? object.name).toLowerCase()]);
  const [selected] = query.fields ?? [];
  if (query.fields?.length !== 1 || (selected?.type !== 'Field' && selected?.type !== 'FieldRelationship')) {
    throw malformed('Semi join sub-selects must select exactly one field');
  }
  const path = selected.type === 'Field' ? selected.field : [...selected.relationships, selected.field].join('.');
  const column = scope.resolve(path);
  if (column.field.type !== 'id' && column.field.type !== 'reference') {
    throw invalidField(
      environment.soql,
      path,
      `Semi join sub-selects can only select ID or reference fields, not '${path}'`
    );
  }
  if (query.where !== undefined && JSON.stringify(query.where).includes('"valueQuery"')) {
    throw malformed('Nesting of semi join sub-selects is not supported');
  }
  const where = compileWhere(scope, query);
  return {
    sql: `SELECT ${column.sql} FROM ${scope.from} WHERE ${where.sql} AND ${column.sql} IS NOT NULL`,
    parameters: where.parameters
  };
};

function compileWhere(scope: QueryScope, query: Query | Subquery): Sql {
  const { environment, root } = scope;
  const deleted = `${root.alias}."IsDeleted" = 0`;
  const expired = `(${deleted} OR ${root.alias}."SystemModstamp" >= ?)`;
  const binEnd = new Date(environment.now.getTime() - RECYCLE_MS).toISOString();
  const parts: Sql[] = [
    environment.includeDeleted ? { sql: expired, parameters: [binEnd] } : { sql: deleted, parameters: [] }
  ];
  if (query.usingScope?.toLowerCase() === 'mine' && scope.object.fields.has('OwnerId')) {
    parts.push({ sql: `${root.alias}."OwnerId" = ?`, parameters: [environment.session.userId] });
  }
  if (query.where !== undefined) parts.push(compileTree(scope, whereTree(query.where), compileSubselect));
  return { sql: parts.map((part) => part.sql).join(' AND '), parameters: parts.flatMap((part) => part.parameters) };
}
