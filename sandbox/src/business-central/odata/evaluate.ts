import type { Property } from '../contract/model.js';
import type { Values } from '../core/values.js';
import type { Comparison, Filter, Match, Operand } from './filter.js';
import type { Literal } from './literals.js';
import { comparable } from './literals.js';

/** Whether a row passes a filter. Fields named `…_FilterOnly` steer a calculation and never drop a row. */
export function passes(filter: Filter, values: Values): boolean {
  if (filter.kind === 'and') return passes(filter.left, values) && passes(filter.right, values);
  if (filter.kind === 'or') return passes(filter.left, values) || passes(filter.right, values);
  if (filter.operand.field.name.endsWith('_FilterOnly')) return true;
  const own = valueOf(filter.operand, values);
  if (filter.kind === 'match') return MATCHES[filter.match](String(own), filter.value);
  return COMPARISONS[filter.operator](orderOf(own, position(filter.value, filter.operand.field)));
}

/** Negative, 0 or positive. */
export function orderOf(left: Literal, right: Literal): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

/** A value in sorting position: members of an enumeration sort by their number. */
export function position(value: Literal, field: Property): Literal {
  return field.members && typeof value === 'string' ? field.members.indexOf(value) : value;
}

const COMPARISONS: Readonly<Record<Comparison, (order: number) => boolean>> = {
  eq: (order) => order === 0,
  ne: (order) => order !== 0,
  gt: (order) => order > 0,
  ge: (order) => order >= 0,
  lt: (order) => order < 0,
  le: (order) => order <= 0
};

const MATCHES: Readonly<Record<Match, (own: string, wanted: string) => boolean>> = {
  startswith: (own, wanted) => own.startsWith(wanted),
  endswith: (own, wanted) => own.endsWith(wanted),
  contains: (own, wanted) => own.includes(wanted)
};

function valueOf({ field, through }: Operand, values: Values): Literal {
  const own = comparable(values[field.name], field);
  if (through === undefined) return position(own, field);
  const text = String(own);
  if (through === 'tolower') return text.toLowerCase();
  if (through === 'toupper') return text.toUpperCase();
  return text.slice(through.start, through.length === undefined ? undefined : through.start + through.length);
}
