import type { FieldSchema, SObjectSchema } from '../../core/schema.js';
import { ApiError } from '../../core/transport.js';
import type { Viewer } from '../common.js';
import { quote, soqlLiteral } from './soql-literal.js';

/** `{ Name: { like: "A%" }, or: [ … ], Account: { Name: { eq: "x" } } }` (GraphQL API guide, filters). */
export type Filter = Readonly<Record<string, unknown>>;

const comparisons: Readonly<Record<string, string>> = { eq: '=', ne: '!=', lt: '<', lte: '<=', gt: '>', gte: '>=' };

/** The filter as a SOQL condition, undefined when it restricts nothing. Names the user cannot read are errors. */
export function soqlCondition(viewer: Viewer, object: SObjectSchema, filter: Filter, prefix = ''): string | undefined {
  const parts = Object.entries(filter).flatMap(([key, value]) => {
    if (value === undefined) return [];
    const condition = entry(viewer, object, prefix, key, value);
    return condition === undefined ? [] : [condition];
  });
  return join(parts, 'AND');
}

function entry(viewer: Viewer, object: SObjectSchema, prefix: string, key: string, value: unknown): string | undefined {
  if (key === 'and' || key === 'or') {
    const parts = [value].flat().map((item) => soqlCondition(viewer, object, item as Filter, prefix));
    return join(
      parts.filter((part) => part !== undefined),
      key === 'and' ? 'AND' : 'OR'
    );
  }
  if (key === 'not') {
    const inner = soqlCondition(viewer, object, value as Filter, prefix);
    return inner === undefined ? undefined : `(NOT ${inner})`;
  }
  const field = viewer.field(object.name, key);
  if (field) return fieldCondition(field, `${prefix}${field.name}`, value as Filter);
  const parent = viewer.parent(object, key);
  if (!parent) throw new ApiError(400, 'INVALID_FIELD', `No such column '${key}' on entity '${object.name}'.`);
  return soqlCondition(
    viewer,
    parent.target,
    value as Filter,
    `${prefix}${parent.field.reference?.relationshipName ?? key}.`
  );
}

function fieldCondition(field: FieldSchema, column: string, operators: Filter): string | undefined {
  if (field.longText) {
    throw new ApiError(400, 'INVALID_FIELD', `field '${field.name}' can not be filtered in a query call`);
  }
  const given = Object.entries(operators).filter(([, operand]) => operand !== undefined);
  return join(
    given.map(([operator, operand]) => comparison(field, column, operator, operand)),
    'AND'
  );
}

function comparison(field: FieldSchema, column: string, operator: string, operand: unknown): string {
  const symbol = comparisons[operator];
  if (symbol !== undefined) return `${column} ${symbol} ${soqlLiteral(field, operand)}`;
  if (operator === 'like') return `${column} LIKE ${quote(String(operand), true)}`;
  if (operator === 'in' || operator === 'nin') {
    const list = [operand].flat().map((item) => soqlLiteral(field, item));
    // An empty IN is a syntax error in SOQL; nothing is in an empty list.
    if (list.length === 0) return operator === 'in' ? 'Id = null' : 'Id != null';
    return `${column} ${operator === 'in' ? 'IN' : 'NOT IN'} (${list.join(', ')})`;
  }
  throw new ApiError(
    400,
    'INVALID_QUERY_FILTER_OPERATOR',
    `Operator '${operator}' is not valid for field '${field.name}'.`
  );
}

function join(parts: readonly string[], connective: 'AND' | 'OR'): string | undefined {
  if (parts.length <= 1) return parts[0];
  return `(${parts.join(` ${connective} `)})`;
}
