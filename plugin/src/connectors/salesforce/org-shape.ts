import { ConnectorError } from '../../ports/errors.js';
import type { JsonObject, JsonValue } from '../../ports/json.js';
import { composite, succeeded } from './composite.js';
import type { CompositeAnswer } from './composite.js';
import { requiredFields, teamObject } from './fields.js';
import { readLeadFields } from './inbound/lead-record.js';
import { pageOf, queryPath } from './query.js';
import { dataRoot } from './rest.js';
import type { Rest } from './rest.js';
import { system } from './rest-errors.js';

/** What differs from org to org. */
export interface OrgShape {
  /** Records carry `CurrencyIsoCode`. */
  multiCurrency: boolean;
  /** Currency of records that carry none. */
  defaultCurrency: string | undefined;
  /** State and country picklists are on: addresses carry two-letter codes. */
  countryCodes: boolean;
  /** Opportunity Teams are on. */
  teams: boolean;
  /** Describe's type of each opportunity field, and of each account field as `Account.Name`: Bulk API 2.0 gives all values as text. */
  types: Readonly<Record<string, string>>;
  /** Active stages of opportunities, where describe tells them. */
  stages: readonly string[] | undefined;
  /** Stage on which a deal of somebody else waits for an answer; undefined where none is taken in. */
  onHoldStage: string | undefined;
  /** Leads take part. */
  leads: boolean;
  /** Ids of the users whose opportunities may be shared, where not everybody's may. */
  sharers?: ReadonlySet<string>;
}

/** Exists only where state and country picklists are on. */
const countryCode = 'Account.BillingCountryCode';

/** Whether a field of the mapping can be read in this org. Only what an org may lack as a whole is left out. */
export const isThere = (field: string, { countryCodes, multiCurrency }: OrgShape): boolean =>
  (field !== countryCode || countryCodes) && (field !== 'CurrencyIsoCode' || multiCurrency);

/** `Account.Region__c` is the field Region__c of Account; without a relationship it is one of Opportunity. */
function ownerOf(field: string): { object: string; name: string } {
  const [first = '', name] = field.split('.');
  return name === undefined ? { object: 'Opportunity', name: first } : { object: first, name };
}

const described = (required: Required): string[] => [...Object.keys(required), teamObject];
type Required = Readonly<Record<string, readonly string[]>>;

function fieldsOf(describe: JsonValue): JsonObject[] {
  const fields = (describe as JsonObject)['fields'];
  return Array.isArray(fields) ? (fields as JsonObject[]) : [];
}

function fieldNames(describe: JsonValue): Set<string> {
  return new Set(fieldsOf(describe).map((field) => String(field['name'])));
}

function notVisible(what: string): ConnectorError {
  return new ConnectorError(
    system,
    'connection',
    'FIELD_NOT_VISIBLE',
    `${what} is missing in the org or hidden from this user.`,
    {
      target: what,
      nextSteps: [
        'Deploy the co-sell metadata: sf cosell deploy',
        'Assign the permission set to the integration user: sf org assign permset --name Cosell_Integration_User'
      ]
    }
  );
}

/** Describe omits what the user may not see, so one look answers both "deployed?" and "permitted?". */
function visibleFields(
  answer: CompositeAnswer,
  wanted: Required,
  extraFields: readonly string[]
): Map<string, Set<string>> {
  const visible = new Map<string, Set<string>>();
  for (const object of described(wanted)) {
    const sub = answer.answers.get(object);
    if (sub?.status === 404) continue;
    visible.set(object, fieldNames(succeeded(answer, object)));
  }
  for (const [object, required] of Object.entries(wanted)) {
    const fields = visible.get(object);
    if (!fields) throw notVisible(object);
    const missing = required.find((field) => !fields.has(field));
    if (missing) throw notVisible(`${object}.${missing}`);
  }
  for (const field of extraFields) {
    const { object, name } = ownerOf(field);
    const optional = field === countryCode || field === 'CurrencyIsoCode';
    if (!optional && !visible.get(object)?.has(name)) throw notVisible(`${object}.${name}`);
  }
  return visible;
}

/** Where an org does not show its currency on Organization, the Connect API's organization resource does. */
async function connectCurrency(rest: Rest): Promise<string | undefined> {
  const path = `${dataRoot}/connect/organization`;
  const { json, status } = await rest.call({ method: 'GET', path, repeatable: true, accept: [400, 403, 404] });
  const features = status < 400 ? (json as JsonObject | null)?.['features'] : undefined;
  const code = (features as JsonObject | undefined)?.['defaultCurrencyIsoCode'];
  return typeof code === 'string' ? code : undefined;
}

function organizationCurrency(answer: CompositeAnswer): string | undefined {
  const sub = answer.answers.get('organization');
  if (sub === undefined || sub.status >= 400) return undefined;
  const code = pageOf(sub.body).records[0]?.['DefaultCurrencyIsoCode'];
  return typeof code === 'string' ? code : undefined;
}

const typesOf = (answer: CompositeAnswer, object: string, prefix: string): Record<string, string> =>
  Object.fromEntries(
    fieldsOf(succeeded(answer, object)).map(({ name, type }) => [`${prefix}${String(name)}`, String(type ?? 'string')])
  );

export interface ShapeOptions {
  /** Opportunity fields the mapping names beyond the ones always read. */
  extraFields: readonly string[];
  /** Used where the org does not tell. */
  defaultCurrency?: string;
  /** Present where records of Partner Center are taken in. */
  inbound?: { onHoldStage: string; leads: boolean };
}

/** Names of the stages that a rep can choose. */
function stagesOf(describe: JsonValue): string[] | undefined {
  const values = fieldsOf(describe).find(({ name }) => name === 'StageName')?.['picklistValues'];
  if (!Array.isArray(values)) return undefined;
  return (values as JsonObject[]).filter(({ active }) => active !== false).map(({ value }) => String(value));
}

/**
 * Looks at the org once: one composite call (describe of ten objects and the organization), in a single-currency org
 * that hides its currency one more. Throws `ConnectorError` FIELD_NOT_VISIBLE naming the first thing that is missing.
 */
export async function readOrgShape(rest: Rest, options: ShapeOptions): Promise<OrgShape> {
  const { inbound } = options;
  const wanted = inbound?.leads === true ? { ...requiredFields, Lead: readLeadFields } : requiredFields;
  const answer = await composite(
    rest,
    [
      ...described(wanted).map((object) => ({
        referenceId: object,
        method: 'GET' as const,
        url: `${dataRoot}/sobjects/${object}/describe`
      })),
      { referenceId: 'organization', method: 'GET', url: queryPath('SELECT DefaultCurrencyIsoCode FROM Organization') }
    ],
    true
  );
  const visible = visibleFields(answer, wanted, options.extraFields);
  const multiCurrency = visible.get('Opportunity')?.has('CurrencyIsoCode') ?? false;
  const currency = multiCurrency ? undefined : (organizationCurrency(answer) ?? (await connectCurrency(rest)));
  return {
    multiCurrency,
    defaultCurrency: currency ?? options.defaultCurrency,
    countryCodes: visible.get('Account')?.has('BillingCountryCode') ?? false,
    teams: visible.has(teamObject),
    stages: stagesOf(succeeded(answer, 'Opportunity')),
    onHoldStage: inbound?.onHoldStage,
    leads: inbound?.leads === true,
    types: { ...typesOf(answer, 'Opportunity', ''), ...typesOf(answer, 'Account', 'Account.') }
  };
}
