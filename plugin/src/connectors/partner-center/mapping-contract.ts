import type { ContractField, MappingContract } from '../../mapping/contract.js';
import { assistanceRequestCodes, patchPaths, referralPaths } from './contract.generated.js';
import { helpPath, outcomePath } from './wire-values.js';

/** Partner Center: referral resources, properties that the service owns. */
const serverOwned = new Set([
  '@odata.context',
  'acceptedDateTime',
  'closedDateTime',
  'createdDateTime',
  'direction',
  'eTag',
  'engagementId',
  'expirationDateTime',
  'id',
  'isSpam',
  'lastModifiedVia',
  'lastRunId',
  'organizationId',
  'organizationName',
  'quality',
  'registrationStatus',
  'registrations',
  'tags',
  'updatedDateTime'
]);
const serverOwnedParts = ['links.', 'registrations[].', 'trackingInfo.'];

const isServerOwned = (path: string): boolean =>
  serverOwned.has(path) || serverOwnedParts.some((part) => path.startsWith(part));

const patchable = new Set<string>(patchPaths.map((pointer) => pointer.slice(1).replaceAll('/', '.')));

function described(): [string, ContractField][] {
  return Object.entries(referralPaths).map(([path, fact]) => [
    path,
    { ...fact, updatable: patchable.has(path), creatable: !isServerOwned(path) }
  ]);
}

/** Microsoft's referral of the same engagement can be read, not written. */
function ofMicrosoft(): [string, ContractField][] {
  return Object.entries(referralPaths).map(([path, fact]) => [
    `microsoft.${path}`,
    { ...fact, updatable: false, creatable: false }
  ]);
}

const registration: Readonly<Record<string, ContractField['kind']>> = {
  term: 'text',
  value: 'number',
  startDateTime: 'text',
  endDateTime: 'text',
  signDateTime: 'text',
  solution: 'text'
};

/**
 * What a mapping may say about referrals: the members of the contract, the closed list of paths that a PATCH may change, and
 * the paths that the connector makes of several members (outcome, the kind of help, the deal's registration).
 */
export const referralContract: MappingContract = {
  system: 'Partner Center',
  fields: {
    ...Object.fromEntries([...described(), ...ofMicrosoft()]),
    [outcomePath]: { kind: 'text', updatable: true, creatable: true },
    [helpPath]: { kind: 'text', values: assistanceRequestCodes, updatable: true, creatable: true },
    ...Object.fromEntries(
      Object.entries(registration).map(([name, kind]) => [
        `registration.${name}`,
        { kind, updatable: true, creatable: false }
      ])
    )
  }
};
