import { formatInstant, ticksOf } from '../core/clock.js';
import { invalid } from '../core/errors.js';
import type { World } from '../core/world.js';
import { newId } from '../core/world.js';
import { findSolution } from '../solution-catalogue.js';
import type { PatchOperation } from './patch-operations.js';
import { applyOperations } from './patch-operations.js';
import type { Referral, Registration } from './resource.js';

/** Partner Center: register deals, eligibility. */
const LEAST_VALUE_USD = 25_000;
const SIGNED_AT_MOST_DAYS_BACK = 60;
const TICKS_PER_DAY = 864_000_000_000n;

/** Rates for the eligibility limit only; the service does not publish how it converts. Units of currency per US dollar. */
const PER_USD: Readonly<Record<string, number>> = {
  USD: 1,
  EUR: 0.9,
  GBP: 0.8,
  CHF: 0.9,
  JPY: 150,
  CAD: 1.4,
  AUD: 1.5
};

/** Registers a won deal or corrects its registration. */
export function registerDeal(world: World, draft: Referral, operations: readonly PatchOperation[]): void {
  checkEligible(draft);
  applyOperations(draft, operations);
  const added = operations.filter((operation) => operation.place.append).length;
  if (added > 0) {
    if (draft.registrations.length > 1) throw invalid('registrations', 'The deal is registered already.');
    complete(world, draft.registrations[0] as Registration);
    draft.registrationStatus = 'ReviewPending';
  }
  checkRegistration(world, draft, draft.registrations[0] as Registration);
}

function checkEligible(referral: Referral): void {
  if (referral.status !== 'Closed' || referral.substatus !== 'Won') {
    throw invalid('registrations', 'Only a won deal can be registered.');
  }
  if (referral.type !== 'Shared') throw invalid('registrations', 'Only a shared deal can be registered.');
}

function complete(world: World, registration: Registration): void {
  const at = formatInstant(world.clock.now());
  registration.id = newId();
  registration.type = 'AzureIPCoSell';
  registration.registrationDateTime = at;
  registration.status = 'ReviewPending';
  registration.statusReason = null;
  registration.statusHistory = {
    reviewPendingDateTime: at,
    actionRequiredDateTime: null,
    passedDateTime: null,
    failedDateTime: null,
    approvedDateTime: null
  };
}

function checkRegistration(world: World, referral: Referral, registration: Registration): void {
  const { contract, solutionDetails } = registration;
  const root = 'registrations[0]';
  if (contract.value === null || contract.currency === null || contract.term === null) {
    throw invalid(`${root}.contract`, 'The contract requires term, value and currency.');
  }
  const perUsd = PER_USD[contract.currency.toUpperCase()];
  if (perUsd === undefined)
    throw invalid(`${root}.contract.currency`, 'The currency of the contract is not supported.');
  if (contract.value / perUsd < LEAST_VALUE_USD) {
    throw invalid(`${root}.contract.value`, 'The contract value must be at least 25,000 US dollars.');
  }
  checkSignDate(world, contract.signDateTime, `${root}.contract.signDateTime`);
  if (contract.term === 'Finite' && contract.endDateTime === null) {
    throw invalid(`${root}.contract.endDateTime`, 'A finite contract requires an end date.');
  }
  checkSolutions(referral, solutionDetails);
}

function checkSignDate(world: World, signed: string | null, target: string): void {
  if (signed === null) throw invalid(target, 'The date of signing is required.');
  const age = ticksOf(formatInstant(world.clock.now())) - ticksOf(signed);
  if (age > BigInt(SIGNED_AT_MOST_DAYS_BACK) * TICKS_PER_DAY) {
    throw invalid(target, `The contract must have been signed in the last ${SIGNED_AT_MOST_DAYS_BACK} days.`);
  }
}

function checkSolutions(referral: Referral, details: Registration['solutionDetails']): void {
  const target = 'registrations[0].solutionDetails';
  if (details.length === 0) throw invalid(target, 'At least one solution is required.');
  const onDeal = new Set(referral.details.requirements.solutions.map((solution) => solution.id?.toLowerCase()));
  details.forEach((detail, index) => {
    const known = detail.id === null ? undefined : findSolution(detail.id);
    if (!known?.azureIpEligible || !onDeal.has(known.id.toLowerCase())) {
      throw invalid(`${target}[${index}].id`, 'The solution must be on the deal and eligible for Azure IP co-sell.');
    }
    detail.name = known.name;
  });
}
