import { ServiceClock } from '../core/clock.js';
import { PARTNER, users } from '../core/directory.js';
import type { Caller, World } from '../core/world.js';
import { acceptAsMicrosoft, closeAsPartner, declineAsMicrosoft } from '../microsoft/answer.js';
import { sendFromMicrosoft } from '../microsoft/send.js';
import { createReferral } from '../referrals/create.js';
import type { Writer } from '../store/referral-store.js';
import type { SeedDeal, SeedRequest } from './deals.js';
import { seedDeals, seedRequests } from './deals.js';

const DAY = 86_400_000;

/**
 * Deals and requests from before the sandbox began, so that the inbox is not empty. They go through the same rules as
 * calls do, on a clock of the past. Does nothing when the store holds referrals already.
 */
export function seedInbox(world: World): void {
  if (world.store.all().length > 0) return;
  const steps = [...seedDeals.flatMap(stepsOf), ...seedRequests.map(sending)];
  steps.sort((a, b) => b.daysAgo - a.daysAgo);
  const made = new Map<SeedDeal, string>();
  for (const step of steps) {
    const at = world.clock.now() - step.daysAgo * DAY;
    const past: World = {
      ...world,
      clock: new ServiceClock(
        () => at,
        0,
        () => undefined
      )
    };
    step.run(past, made);
  }
}

interface Step {
  daysAgo: number;
  run: (world: World, made: Map<SeedDeal, string>) => void;
}

const [admin] = users;
const caller: Caller = {
  upn: admin?.upn ?? '',
  name: `${admin?.firstName} ${admin?.lastName}`,
  organization: PARTNER,
  admin: true
};
const portal: Writer = { kind: 'partner', name: caller.name, callerId: null, correlationId: null };

function stepsOf(deal: SeedDeal): Step[] {
  const steps: Step[] = [
    { daysAgo: deal.createdDaysAgo, run: (world, made) => void made.set(deal, create(world, deal)) }
  ];
  const { microsoft, closed } = deal;
  if (microsoft?.answeredDaysAgo !== undefined) {
    steps.push({
      daysAgo: microsoft.answeredDaysAgo,
      run: (world, made) => {
        const id = made.get(deal) ?? '';
        if (microsoft.declined === undefined) acceptAsMicrosoft(world, id);
        else declineAsMicrosoft(world, id, microsoft.declined);
      }
    });
  }
  if (closed) {
    steps.push({
      daysAgo: closed.daysAgo,
      run: (world, made) => void closeAsPartner(world, made.get(deal) ?? '', closed.as, closed.reason, portal)
    });
  }
  return steps;
}

function create(world: World, deal: SeedDeal): string {
  const body = bodyOf(world, deal);
  const own = createReferral(world, caller, body, portal);
  if (deal.microsoft) {
    const invitation = {
      engagementId: own.engagementId,
      target: [{ type: 'BusinessProfileLocation', id: 'msft' }],
      inviteContext: { assistanceRequestCode: deal.microsoft.help, notes: null }
    };
    createReferral(world, caller, { ...body, ...invitation }, portal);
  }
  return own.id;
}

function bodyOf(world: World, deal: SeedDeal): Record<string, unknown> {
  const visible = deal.microsoft !== undefined || deal.partnerLed === true;
  const closing = new Date(world.clock.now() + deal.closesAfterDays * DAY).toISOString().slice(0, 10);
  return {
    name: deal.name,
    externalReferenceId: deal.externalReferenceId ?? null,
    type: deal.microsoft ? 'Shared' : 'Independent',
    qualification: 'SalesQualified',
    target: deal.microsoft ? [{ type: 'SolutionProfile', id: deal.solutionId }] : [],
    customerProfile: { ...deal.customer, team: [deal.contact] },
    consent: {
      consentToContact: true,
      consentToToShareInfoWithOthers: true,
      consentToShareReferralWithMicrosoftSellers: visible
    },
    details: {
      dealValue: deal.value,
      currency: deal.currency,
      closingDateTime: closing,
      notes: deal.notes,
      requirements: { solutions: [{ id: deal.solutionId, type: 'Name' }] }
    },
    team: [
      {
        firstName: admin?.firstName,
        lastName: admin?.lastName,
        phoneNumber: admin?.phoneNumber,
        email: admin?.upn
      }
    ]
  };
}

function sending({ daysAgo, closesAfterDays, referral }: SeedRequest): Step {
  const run = (world: World): void => {
    const closing = new Date(world.clock.now() + closesAfterDays * DAY).toISOString().slice(0, 10);
    sendFromMicrosoft(world, { ...referral, closingDateTime: closing });
  };
  return { daysAgo, run };
}
