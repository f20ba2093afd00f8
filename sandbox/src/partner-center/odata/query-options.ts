import { invalid } from '../core/errors.js';
import type { PartnerCenterSettings } from '../core/settings.js';
import { referralShape } from '../referrals/resource.js';
import { checkFilter } from './filter-fields.js';
import type { Filter } from './filter-parser.js';
import { parseFilter } from './filter-parser.js';

export interface SortKey {
  property: 'createdDateTime' | 'updatedDateTime';
  descending: boolean;
}

export interface ListOptions {
  filter?: Filter;
  orderBy: readonly SortKey[];
  select?: readonly string[];
  top?: number;
  skip: number;
  count: boolean;
  skipToken?: string;
}

const KNOWN = ['$filter', '$orderby', '$select', '$top', '$skip', '$count', '$skiptoken'];

/** Reads the query of a list call. Throws 400 for an option, property or value that is not supported. */
export function readListOptions(query: URLSearchParams, settings: PartnerCenterSettings): ListOptions {
  for (const name of query.keys()) {
    if (!name.startsWith('$')) continue;
    if (!KNOWN.includes(name)) throw invalid(name, `The query option ${name} is not supported.`);
    if (query.getAll(name).length > 1) throw invalid(name, `The query option ${name} is given twice.`);
  }
  const text = (name: string): string | undefined => query.get(name)?.trim() || undefined;
  const filterText = text('$filter');
  const filter = filterText === undefined ? undefined : parseFilter(filterText);
  if (filter) checkFilter(filter, settings);
  const top = text('$top');
  return {
    filter,
    orderBy: readOrder(text('$orderby')),
    select: readSelect(text('$select')),
    top: top === undefined ? undefined : wholeNumber('$top', top),
    skip: wholeNumber('$skip', text('$skip') ?? '0'),
    count: readCount(text('$count')),
    skipToken: text('$skiptoken')
  };
}

function readOrder(text: string | undefined): SortKey[] {
  if (text === undefined) return [];
  return text.split(',').map((part) => {
    const [property, direction = 'asc', ...rest] = part.trim().split(/\s+/);
    if (property !== 'createdDateTime' && property !== 'updatedDateTime') {
      throw invalid('$orderby', `The property '${property ?? ''}' cannot be used in the $orderby query option.`);
    }
    if (rest.length > 0 || (direction !== 'asc' && direction !== 'desc')) {
      throw invalid('$orderby', `'${part.trim()}' is not a property with asc or desc.`);
    }
    return { property, descending: direction === 'desc' };
  });
}

function readSelect(text: string | undefined): string[] | undefined {
  if (text === undefined || text === '*') return undefined;
  return text.split(',').map((part) => {
    const name = part.trim();
    if (!Object.hasOwn(referralShape.members, name)) {
      throw invalid('$select', `Could not find a property named '${name}' on the referral.`);
    }
    return name;
  });
}

function wholeNumber(name: string, text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw invalid(name, `${name} must be a whole number of 0 or more.`);
  return Number(text);
}

function readCount(text: string | undefined): boolean {
  if (text === undefined || text === 'false') return false;
  if (text === 'true') return true;
  throw invalid('$count', '$count must be true or false.');
}
