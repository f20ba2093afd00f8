import type { PathValues, RecordIssue } from '../../mapping/types.js';
import type { JsonObject, JsonValue } from '../../ports/json.js';
import type { DealRegistration, Referral } from './contract.generated.js';
import { equals } from './organizations.js';

/** Facts about every deal of this partner that a registration has to state. */
export interface RegistrationFacts {
  /** @default true */
  isDeployedOnAzure: boolean;
  /** `Customer` or `Partner`. @default Customer */
  primaryDeploymentOn: string;
  /** `PayAsYouGo` or `Other`. @default Other */
  pricingModel: string;
}

export const defaultRegistrationFacts: RegistrationFacts = {
  isDeployedOnAzure: true,
  primaryDeploymentOn: 'Customer',
  pricingModel: 'Other'
};

/** Virtual path of the right document under which the deal's registration stands. */
const root = 'registration.';

/** Member → its places in a registration; a solution's id and the currency cannot be corrected (contract, closed list of paths). */
const places: Readonly<Record<string, readonly string[]>> = {
  term: ['contract/term'],
  value: ['contract/value', 'solutionDetails/0/value'],
  startDateTime: ['contract/startDateTime'],
  endDateTime: ['contract/endDateTime'],
  signDateTime: ['contract/signDateTime'],
  solution: []
};

export const isRegistrationPath = (path: string): boolean => path.startsWith(root);

/**
 * The registration of a won deal with one solution, members null where there is none; undefined while the deal cannot be
 * registered, so that nothing is compared.
 */
export function registrationIn(referral: JsonObject): JsonObject | undefined {
  const { status, substatus, registrations } = referral as Referral;
  if (status !== 'Closed' || substatus !== 'Won') return undefined;
  const [made] = registrations ?? [];
  const { term, value, startDateTime, endDateTime, signDateTime } = made?.contract ?? {};
  return {
    term: term ?? null,
    value: value ?? null,
    startDateTime: startDateTime ?? null,
    endDateTime: endDateTime ?? null,
    signDateTime: signDateTime ?? null,
    solution: made?.solutionDetails?.[0]?.id ?? null
  };
}

/** A deal that is won earlier after its creation may be refused (Partner Center: manage co-sell opportunities, register deals). */
const WON_AFTER_MS = 72 * 3_600_000;

const settled = ['passed', 'approved'] as const;

/**
 * What the rep should know about a registration that Microsoft has not taken yet. The deal is closed by then, so nothing is held
 * back for it; nothing is said where the service does not tell both moments.
 */
export function registrationRemarks(referral: JsonObject): RecordIssue[] {
  const { substatus, createdDateTime, closedDateTime, registrationStatus } = referral as Referral;
  const age = Date.parse(closedDateTime ?? '') - Date.parse(createdDateTime ?? '');
  if (!equals(substatus, 'won') || !isMade({ document: referral }) || !(age < WON_AFTER_MS)) return [];
  if (settled.some((status) => equals(registrationStatus, status))) return [];
  return [
    {
      code: 'REGISTRATION_WON_EARLY',
      message:
        'The deal was registered, but Microsoft may refuse that, because it was marked as won within 72 hours of its creation in Partner Center.',
      nextStep:
        'Follow Referral Registration Status; if it shows a refusal, ask the support of Partner Center to review it.'
    }
  ];
}

const isMade = ({ document }: { document: JsonObject }): boolean => {
  const { registrations } = document as Referral;
  return Array.isArray(registrations) && registrations.length > 0;
};

function newRegistration(document: JsonObject, values: PathValues, facts: RegistrationFacts): DealRegistration {
  const valueOf = (member: string): JsonValue => values[`${root}${member}`] ?? null;
  const currency = (document as Referral).details?.currency ?? null;
  const [term, value] = [valueOf('term') as string, valueOf('value') as number];
  const [startDateTime, endDateTime, signDateTime] = ['startDateTime', 'endDateTime', 'signDateTime'].map(
    (member) => valueOf(member) as string | null
  );
  return {
    type: 'AzureIPCoSell',
    contract: {
      ...{ term, value, currency },
      ...(startDateTime ? { startDateTime } : {}),
      ...(endDateTime ? { endDateTime } : {}),
      ...(signDateTime ? { signDateTime } : {})
    },
    solutionDetails: [{ id: valueOf('solution') as string, currency, value, ...facts }]
  };
}

/**
 * The operations that register a won deal, or correct its registration: `add` once, then `replace` on the paths of the
 * contract's list. Whether it is registered is known from the read that the PATCH is conditional on, so that it is never
 * registered twice.
 */
export function registrationPatch(
  current: { document: JsonObject },
  values: PathValues,
  facts: RegistrationFacts = defaultRegistrationFacts
): JsonObject[] {
  const own = Object.entries(values).filter(([path]) => isRegistrationPath(path));
  if (own.length === 0) return [];
  if (!isMade(current)) {
    const value = newRegistration(current.document, values, facts) as unknown as JsonValue;
    return [{ op: 'add', path: '/registrations/-', value }];
  }
  return own.flatMap(([path, value]) =>
    (places[path.slice(root.length)] ?? []).map((place) => ({
      op: 'replace',
      path: `/registrations/0/${place}`,
      value
    }))
  );
}
