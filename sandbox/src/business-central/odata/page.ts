import type { Property } from '../contract/model.js';
import { badRequest } from '../core/errors.js';
import type { Values } from '../core/values.js';
import { orderOf, passes, position } from './evaluate.js';
import type { Literal } from './literals.js';
import { comparable } from './literals.js';
import type { QueryOptions } from './options.js';

/** Fields a table is kept in order by, the first that the set has; the id settles the rest. */
const NATURAL = ['number', 'sequence', 'entryNumber', 'code', 'lineNumber'];

export interface Page<T> {
  readonly rows: readonly T[];
  /** Rows that pass the filter, before `$top` and `$skip`. */
  readonly total: number;
  /** Continues behind the last row; undefined on the last page. */
  readonly next: string | undefined;
}

interface Sort {
  readonly field: Property;
  readonly descending: boolean;
}

/** Filters, sorts and cuts. `valuesOf` gives a row's values; `size` is the most rows of one page. */
export function pageOf<T>(
  rows: readonly T[],
  valuesOf: (row: T) => Values,
  options: QueryOptions,
  shape: { properties: ReadonlyMap<string, Property>; key: readonly string[]; ordered: boolean },
  size: number
): Page<T> {
  const { filter } = options;
  const found = filter ? rows.filter((row) => passes(filter, valuesOf(row))) : rows;
  const sorts = sortsOf(options, shape);
  const keyOf = (row: T): Literal[] =>
    sorts.map(({ field }) => position(comparable(valuesOf(row)[field.name], field), field));
  const sorted = shape.ordered
    ? found.map((row) => ({ row, key: keyOf(row) })).sort((left, right) => compare(left.key, right.key, sorts))
    : found.map((row, index) => ({ row, key: [index] as Literal[] }));
  const from = startOf(options, sorted, sorts);
  const wanted = Math.min(from.left ?? Infinity, size);
  const cut = sorted.slice(from.index, from.index + wanted);
  const last = cut.at(-1);
  const left = from.left === undefined ? undefined : from.left - cut.length;
  const more = last !== undefined && left !== 0 && from.index + cut.length < sorted.length;
  return {
    rows: cut.map(({ row }) => row),
    total: found.length,
    next: more ? tokenOf(last.key, left) : undefined
  };
}

function sortsOf(
  { orderBy }: QueryOptions,
  { properties, key }: { properties: ReadonlyMap<string, Property>; key: readonly string[] }
): Sort[] {
  const natural = NATURAL.filter((name) => properties.has(name)).slice(0, 1);
  const rest = [...natural, ...key].flatMap((name) => properties.get(name) ?? []);
  return [...orderBy, ...rest.map((field) => ({ field, descending: false }))];
}

function compare(left: readonly Literal[], right: readonly Literal[], sorts: readonly Sort[]): number {
  for (const [index, value] of left.entries()) {
    const order = orderOf(value, right[index] ?? value);
    if (order !== 0) return sorts[index]?.descending ? -order : order;
  }
  return 0;
}

/** Where the page begins. A token names the last row's place in the order, so inserts and deletes do not shift pages. */
function startOf(
  { skipToken, skip, top }: QueryOptions,
  sorted: readonly { key: readonly Literal[] }[],
  sorts: readonly Sort[]
): { index: number; left: number | undefined } {
  if (skipToken === undefined) return { index: Math.min(skip, sorted.length), left: top };
  const token = readToken(skipToken);
  const index = sorted.findIndex(({ key }) => compare(key, token.after, sorts) > 0);
  return { index: index < 0 ? sorted.length : index, left: token.left };
}

function tokenOf(after: readonly Literal[], left: number | undefined): string {
  const parts = after.map((value) => (typeof value === 'bigint' ? { ticks: String(value) } : value));
  return Buffer.from(JSON.stringify({ after: parts, left })).toString('base64url');
}

function readToken(text: string): { after: Literal[]; left: number | undefined } {
  try {
    const token = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as {
      after: (Literal | { ticks: string })[];
      left?: number;
    };
    return {
      after: token.after.map((value) => (typeof value === 'object' ? BigInt(value.ticks) : value)),
      left: token.left
    };
  } catch {
    throw badRequest('Invalid value for $skiptoken query option found.');
  }
}
