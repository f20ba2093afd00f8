import { ticksOf } from '../core/clock.js';
import { invalid } from '../core/errors.js';
import type { PartnerCenterSettings } from '../core/settings.js';
import type { Filter, Literal, Operator } from './filter-parser.js';

type FieldType = 'string' | 'guid' | 'instant';

interface FilterField {
  type: FieldType;
  operators: readonly Operator[];
}

const EQUALITY: readonly Operator[] = ['eq', 'ne'];
const RANGE: readonly Operator[] = ['eq', 'ne', 'lt', 'le', 'gt', 'ge'];

/** What official examples and tables filter on (Partner Center: get a list of referrals). Anything else is refused. */
const FIELDS: Readonly<Record<string, FilterField>> = {
  engagementId: { type: 'guid', operators: EQUALITY },
  status: { type: 'string', operators: EQUALITY },
  substatus: { type: 'string', operators: EQUALITY },
  qualification: { type: 'string', operators: EQUALITY },
  type: { type: 'string', operators: EQUALITY },
  direction: { type: 'string', operators: EQUALITY },
  updatedDateTime: { type: 'instant', operators: RANGE },
  'customerProfile/address/country': { type: 'string', operators: EQUALITY }
};

/** Collections that `any()` reaches, with the members it may compare. */
const COLLECTIONS: Readonly<Record<string, Readonly<Record<string, FilterField>>>> = {
  team: { email: { type: 'string', operators: EQUALITY } }
};

const LITERALS: Readonly<Record<FieldType, readonly Literal['kind'][]>> = {
  string: ['string', 'null'],
  guid: ['string', 'guid', 'null'],
  instant: ['instant', 'null']
};

/** Throws 400 for a property, operator or literal that the list call does not support. */
export function checkFilter(filter: Filter, settings: PartnerCenterSettings): void {
  checkNode(filter, (path) => fieldAt(path, settings), settings);
}

function fieldAt(path: string, settings: PartnerCenterSettings): FilterField | undefined {
  if (path === 'externalReferenceId' && settings.externalReferenceIdFilterable) {
    return { type: 'string', operators: EQUALITY };
  }
  const field = Object.hasOwn(FIELDS, path) ? FIELDS[path] : undefined;
  return field?.type === 'instant' && !settings.dateRangeFilters ? { ...field, operators: EQUALITY } : field;
}

function checkNode(
  filter: Filter,
  field: (path: string) => FilterField | undefined,
  settings: PartnerCenterSettings
): void {
  switch (filter.kind) {
    case 'and':
    case 'or':
      checkNode(filter.left, field, settings);
      checkNode(filter.right, field, settings);
      return;
    case 'not':
      checkNode(filter.operand, field, settings);
      return;
    case 'compare':
      checkComparison(filter, field(filter.path));
      return;
    case 'any':
      checkAny(filter, settings);
  }
}

function checkAny(filter: Extract<Filter, { kind: 'any' }>, settings: PartnerCenterSettings): void {
  const members = Object.hasOwn(COLLECTIONS, filter.path) ? COLLECTIONS[filter.path] : undefined;
  if (!members) throw invalid('$filter', `any() is not supported on ${filter.path}.`);
  const prefix = `${filter.variable}/`;
  if (!filter.body) return;
  checkNode(
    filter.body,
    (path) => (path.startsWith(prefix) ? members[path.slice(prefix.length)] : undefined),
    settings
  );
}

function checkComparison(filter: Extract<Filter, { kind: 'compare' }>, field: FilterField | undefined): void {
  if (!field) throw invalid('$filter', `The property '${filter.path}' cannot be used in the $filter query option.`);
  if (!field.operators.includes(filter.operator)) {
    throw invalid('$filter', `The operator ${filter.operator} is not supported on ${filter.path}.`);
  }
  if (!LITERALS[field.type].includes(filter.literal.kind)) {
    throw invalid('$filter', `The literal compared with ${filter.path} has the wrong type.`);
  }
  if (filter.literal.kind === 'instant') checkInstant(filter.literal.text);
}

function checkInstant(text: string): void {
  try {
    ticksOf(text);
  } catch {
    throw invalid('$filter', `'${text}' is not a date and time.`);
  }
}
