import { memberShape, registrationShape, solutionShape } from './resource.js';
import type { Shape } from './shape.js';
import { choice, flag, instant, list, number, text } from './shape.js';
import { STATUSES, SUBSTATUSES } from './resource.js';

/** How one PATCH path is bound. `append`: the path ends in `/-`. */
export interface PatchPath {
  segments: readonly (string | number)[];
  shape: Shape;
  append: boolean;
}

/** The closed list of the contract (operation PatchReferralById). */
const DEAL_PATHS: Readonly<Record<string, Shape>> = {
  '/campaignId': text,
  '/consent/consentToShareReferralWithMicrosoftSellers': flag,
  '/customerProfile/team': list(memberShape),
  '/customerProfile/team/-': memberShape,
  '/details/closingDateTime': instant,
  '/details/currency': text,
  '/details/dealValue': number,
  '/details/notes': text,
  '/details/requirements/solutions': list(solutionShape),
  '/details/requirements/solutions/-': solutionShape,
  '/externalReferenceId': text,
  '/referralProgram': text,
  '/salesStage': text,
  '/status': choice(STATUSES),
  '/substatus': choice(SUBSTATUSES),
  '/statusReason': text,
  '/team': list(memberShape),
  '/team/-': memberShape
};

const contract = '/registrations/0/contract';
const solution = '/registrations/0/solutionDetails/0';

/** Deal registration: operations CreateDealRegistrationByReferralId and PatchDealRegistrationByReferralId. */
const REGISTRATION_PATHS: Readonly<Record<string, Shape>> = {
  '/registrations/-': registrationShape,
  [`${contract}/startDateTime`]: instant,
  [`${contract}/endDateTime`]: instant,
  [`${contract}/signDateTime`]: instant,
  [`${contract}/term`]: choice(['Perpetual', 'Finite']),
  [`${contract}/value`]: number,
  [`${solution}/value`]: number,
  [`${solution}/currency`]: text,
  [`${solution}/isDeployedOnAzure`]: flag,
  [`${solution}/primaryDeploymentOn`]: choice(['Customer', 'Partner']),
  [`${solution}/pricingModel`]: choice(['PayAsYouGo', 'Other']),
  [`${solution}/marketplaceTransactionDetails/isMarketplaceTransacted`]: flag,
  [`${solution}/marketplaceTransactionDetails/marketplaceTransactionDateTime`]: instant
};

/** Reached only when the closed list is switched off: the contract has no such path, the portal allows the change. */
const OPEN_PATHS: Readonly<Record<string, Shape>> = { '/name': text };

export const isRegistrationPath = (path: string): boolean => path.startsWith('/registrations/');

/** Undefined for a path that may not be changed. Paths are case-sensitive, as JSON Pointer is. */
export function patchPath(path: string, closed: boolean): PatchPath | undefined {
  const tables = closed ? [DEAL_PATHS, REGISTRATION_PATHS] : [DEAL_PATHS, REGISTRATION_PATHS, OPEN_PATHS];
  const shape = tables.map((table) => (Object.hasOwn(table, path) ? table[path] : undefined)).find(Boolean);
  if (!shape) return undefined;
  const append = path.endsWith('/-');
  const segments = (append ? path.slice(1, -2) : path.slice(1)).split('/');
  return { segments: segments.map((segment) => (/^\d+$/.test(segment) ? Number(segment) : segment)), shape, append };
}
