import type {
  FieldFunctionExpression,
  GroupByClause,
  OrderByClause,
  Query,
  Subquery
} from '@jetstreamapp/soql-parser-js';
import type { FieldSchema } from '../core/schema.js';
import { ApiError } from '../core/transport.js';
import { invalidField, malformed } from './errors.js';
import { compileFunction, type SoqlFunction } from './functions.js';
import type { QueryScope } from './scope.js';

export function isAggregate(field: FieldFunctionExpression): boolean {
  return /^(count|count_distinct|sum|avg|min|max)$/i.test(field.functionName);
}

export function compileGroup(scope: QueryScope, group: GroupByClause): string {
  if ('fn' in group) return compileFunction(scope, group.fn as SoqlFunction).sql;
  return groupable(scope, group.field);
}

function groupable(scope: QueryScope, path: string): string {
  const { sql, field } = scope.resolve(path);
  if (field.longText === true || field.type === 'address' || field.type === 'multipicklist') {
    throw new ApiError(400, 'MALFORMED_QUERY', `field '${path}' can not be grouped in a query call`);
  }
  return sql;
}

/** Every selected field is grouped or aggregated. */
export function requireGrouped(scope: QueryScope, query: Query | Subquery, groupBy: readonly string[]): void {
  for (const field of query.fields ?? []) {
    if (field.type === 'FieldFunctionExpression') {
      if (isAggregate(field)) continue;
      const [parameter] = field.parameters;
      const rendered =
        /^(tolabel|format|convertcurrency|grouping)$/i.test(field.functionName) && typeof parameter === 'string';
      const sql = rendered ? scope.resolve(parameter).sql : compileFunction(scope, field as SoqlFunction).sql;
      if (!groupBy.includes(sql)) throw malformed(`Field must be grouped or aggregated: ${field.rawValue ?? ''}`);
      continue;
    }
    if (field.type !== 'Field' && field.type !== 'FieldRelationship')
      throw malformed('Sub-queries are not allowed with GROUP BY');
    const path = field.type === 'Field' ? field.field : [...field.relationships, field.field].join('.');
    if (!groupBy.includes(scope.resolve(path).sql)) throw malformed(`Field must be grouped or aggregated: ${path}`);
  }
}

/** Empty values come first unless the query says otherwise; picklists sort in the order of their values. */
export function compileOrder(
  scope: QueryScope,
  order: OrderByClause,
  query: Query | Subquery,
  groupBy: readonly string[] | undefined
): string {
  const direction = order.order === 'DESC' ? 'DESC' : 'ASC';
  if ('fn' in order)
    return `${compileFunction(scope, order.fn as SoqlFunction).sql} ${direction} NULLS ${order.nulls ?? 'FIRST'}`;
  const aliased = query.fields?.find(
    (field) => field.type === 'FieldFunctionExpression' && field.alias?.toLowerCase() === order.field.toLowerCase()
  );
  if (aliased?.type === 'FieldFunctionExpression') {
    return `${compileFunction(scope, aliased as SoqlFunction).sql} ${direction} NULLS ${order.nulls ?? 'FIRST'}`;
  }
  const { sql, field, path } = scope.resolve(order.field);
  if (groupBy?.includes(sql) === false) throw malformed(`Ordered field must be grouped or aggregated: ${order.field}`);
  if (field.longText === true || field.type === 'address' || field.type === 'multipicklist') {
    throw invalidField(scope.environment.soql, order.field, `field '${order.field}' can not be sorted in a query call`);
  }
  // Without a NULLS clause SQLite can walk the index.
  const nulls = field.nillable || path.length > 0 ? ` NULLS ${order.nulls ?? 'FIRST'}` : '';
  return `${sortKey(sql, field)} ${direction}${nulls}`;
}

function sortKey(sql: string, field: FieldSchema): string {
  if (field.type !== 'picklist' || field.picklist === undefined || field.picklist.values.length === 0) return sql;
  const cases = field.picklist.values.map(
    ({ value }, index) => `WHEN '${value.replaceAll("'", "''")}' THEN ${String(index)}`
  );
  return `CASE ${sql} ${cases.join(' ')} WHEN NULL THEN NULL ELSE iif(${sql} IS NULL, NULL, ${String(cases.length)}) END`;
}
