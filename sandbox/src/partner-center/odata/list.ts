import { ticksOf } from '../core/clock.js';
import { invalid } from '../core/errors.js';
import type { Referral } from '../referrals/resource.js';
import type { StoredReferral } from '../store/referral-store.js';
import { matches } from './evaluate.js';
import type { ListOptions, SortKey } from './query-options.js';

/** Partner Center: get a list of referrals, paging. */
export const PAGE_SIZE = 100;

const DEFAULT_ORDER: readonly SortKey[] = [{ property: 'createdDateTime', descending: false }];

/** Where a referral stands in the order; the id breaks ties. */
interface Place {
  keys: readonly bigint[];
  id: string;
}

export interface Page {
  rows: Partial<Referral>[];
  /** Matches in all pages, when `$count=true`. */
  total?: number;
  /** Opaque continuation; undefined on the last page. */
  skipToken?: string;
}

/**
 * One page of at most 100. Continuation is by sort key, not by position: a referral changed between two pages is seen
 * again rather than pushing another one out of sight.
 */
export function listPage(all: readonly StoredReferral[], options: ListOptions): Page {
  const order = options.orderBy.length > 0 ? options.orderBy : DEFAULT_ORDER;
  const { filter } = options;
  const found = all
    .filter(({ document }) => !filter || matches(filter, document))
    .map(({ document }) => ({ document, place: placeOf(document, order) }))
    .sort((a, b) => comparePlaces(a.place, b.place, order));
  const position = options.skipToken === undefined ? undefined : readToken(options.skipToken, order);
  const rest = position
    ? found.filter((row) => comparePlaces(row.place, position.place, order) > 0)
    : found.slice(options.skip);
  const left = position ? position.left : (options.top ?? null);
  const rows = rest.slice(0, Math.min(PAGE_SIZE, left ?? PAGE_SIZE));
  const remaining = left === null ? null : left - rows.length;
  const more = rest.length > rows.length && remaining !== 0;
  const last = rows.at(-1);
  return {
    rows: rows.map((row) => project(row.document, options.select)),
    total: options.count ? found.length : undefined,
    skipToken: more && last ? writeToken(last.place, remaining) : undefined
  };
}

function project(row: Referral, select: readonly string[] | undefined): Partial<Referral> {
  return select ? Object.fromEntries(select.map((name) => [name, row[name as keyof Referral]])) : row;
}

function placeOf(row: Referral, order: readonly SortKey[]): Place {
  return { keys: order.map((key) => ticksOf(row[key.property] ?? '0001-01-01')), id: row.id ?? '' };
}

function comparePlaces(a: Place, b: Place, order: readonly SortKey[]): number {
  for (const [index, { descending }] of order.entries()) {
    const difference = (a.keys[index] ?? 0n) - (b.keys[index] ?? 0n);
    if (difference !== 0n) return difference > 0n === descending ? -1 : 1;
  }
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

function writeToken(place: Place, left: number | null): string {
  return Buffer.from(JSON.stringify([place.keys.map(String), place.id, left])).toString('base64url');
}

function readToken(token: string, order: readonly SortKey[]): { place: Place; left: number | null } {
  try {
    const text = Buffer.from(token, 'base64url').toString('utf8');
    const [keys, id, left] = JSON.parse(text) as [string[], string, number | null];
    if (keys.length !== order.length) throw new RangeError('The token belongs to another order.');
    return { place: { keys: keys.map(BigInt), id }, left };
  } catch {
    throw invalid('$skiptoken', 'The continuation token is not valid for this query.');
  }
}
