import { ticksOf } from '../core/clock.js';
import type { Filter, Literal, Operator } from './filter-parser.js';

type Comparable = string | number | bigint | boolean | null;

/** Whether a document passes the filter. Comparing null with lt, le, gt, ge is false, as in OData. */
export function matches(filter: Filter, document: unknown, variable = ''): boolean {
  switch (filter.kind) {
    case 'and':
      return matches(filter.left, document, variable) && matches(filter.right, document, variable);
    case 'or':
      return matches(filter.left, document, variable) || matches(filter.right, document, variable);
    case 'not':
      return !matches(filter.operand, document, variable);
    case 'any': {
      const entries = valueAt(document, filter.path);
      if (!Array.isArray(entries)) return false;
      const { body } = filter;
      return body ? entries.some((entry) => matches(body, entry, filter.variable)) : entries.length > 0;
    }
    case 'compare': {
      const path = variable === '' ? filter.path : filter.path.slice(variable.length + 1);
      return compare(valueAt(document, path), filter.operator, filter.literal);
    }
  }
}

export function valueAt(document: unknown, path: string): unknown {
  let value: unknown = document;
  for (const name of path.split('/')) {
    if (typeof value !== 'object' || value === null) return null;
    value = (value as Record<string, unknown>)[name];
  }
  return value ?? null;
}

function compare(value: unknown, operator: Operator, literal: Literal): boolean {
  const [left, right] = comparables(value, literal);
  if (operator === 'eq') return left === right;
  if (operator === 'ne') return left !== right;
  if (left === null || right === null) return false;
  if (operator === 'lt') return left < right;
  if (operator === 'le') return left <= right;
  return operator === 'gt' ? left > right : left >= right;
}

function comparables(value: unknown, literal: Literal): [Comparable, Comparable] {
  const left = value as string | null;
  switch (literal.kind) {
    case 'null':
      return [left, null];
    case 'instant':
      return [left === null ? null : ticksOf(left), ticksOf(literal.text)];
    case 'guid':
      return [left?.toLowerCase() ?? null, literal.text.toLowerCase()];
    case 'string':
      return isGuid(literal.text) ? [left?.toLowerCase() ?? null, literal.text.toLowerCase()] : [left, literal.text];
    default:
      return [left, literal.value];
  }
}

const isGuid = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
