import type { JsonObject } from '../../ports/json.js';
import { valuesOf } from './api.js';
import type { Api } from './api.js';

/** One page of referrals, newest change first. */
export interface ListPage {
  referrals: JsonObject[];
  /** No further page: together with the earlier ones the list is complete. */
  last: boolean;
  serverTime: number;
}

export interface ListQuery {
  /** OData filter. */
  filter?: string;
}

/** `updatedDateTime` has up to seven fraction digits; compared by value, not as text. */
export function updatedAt(referral: JsonObject): number {
  return Date.parse(String(referral['updatedDateTime']));
}

function firstQuery({ filter }: ListQuery): string {
  const options = [...(filter ? [`$filter=${encodeURIComponent(filter)}`] : []), '$orderby=updatedDateTime%20desc'];
  // No $top: it would cut the whole list off, not set the size of a page.
  return `?${options.join('&')}`;
}

/**
 * The query of the next page. Real next links name another scheme and path than the documented ones, so only their
 * query is used, on our own address: the token never follows a link to another host.
 */
function nextQuery(link: unknown): string | undefined {
  if (typeof link !== 'string' || !link.includes('?')) return undefined;
  return link.slice(link.indexOf('?'));
}

/** Walks the list of referrals (Partner Center: get a list of referrals), page by page. */
export async function* listReferrals(api: Api, query: ListQuery = {}): AsyncGenerator<ListPage> {
  for (let options: string | undefined = firstQuery(query); options !== undefined;) {
    const { json, serverTime } = await api.call({ method: 'GET', query: options, repeatable: true });
    const next = nextQuery((json as JsonObject | null)?.['@odata.nextLink']);
    yield { referrals: valuesOf(json), last: next === undefined, serverTime };
    options = next;
  }
}

/** All referrals of one list, collected. */
export async function collectReferrals(api: Api, query: ListQuery): Promise<JsonObject[]> {
  const referrals: JsonObject[] = [];
  for await (const page of listReferrals(api, query)) referrals.push(...page.referrals);
  return referrals;
}
