import { accounts } from './accounts.js';

/** How ready for sharing an opportunity is; the incomplete ones show what the record page says then. */
export type Readiness = 'complete' | 'noContact' | 'noSolution' | 'bare';

export interface SeedOpportunity {
  accountIndex: number;
  name: string;
  stage: string;
  amount: number;
  currency: string;
  /** Days from the day of seeding; negative for closed deals. */
  closesInDays: number;
  nextStep: string;
  description: string;
  readiness: Readiness;
  /** Index into the solution catalogue. */
  solutionIndex: number;
  /** 0 or 1: which demo seller owns it. */
  ownerIndex: number;
}

const projects = [
  [
    'Datacenter migration',
    'Move the remaining on-premises workloads before the lease ends.',
    'Agree on the landing zone design'
  ],
  ['Field service rollout', 'Mobile work orders for technicians in three regions.', 'Demo for the regional managers'],
  ['Analytics platform', 'One reporting platform to replace five departmental ones.', 'Collect sample data sets'],
  ['Contact centre renewal', 'Omnichannel service with call summaries.', 'Confirm the number of agents'],
  ['Document automation', 'Invoices and contracts read and filed without retyping.', 'Send the pricing proposal'],
  ['Identity and security review', 'Zero-trust roadmap and managed detection.', 'Plan the assessment week']
] as const;

const stages = [
  'Prospecting',
  'Qualification',
  'Needs Analysis',
  'Value Proposition',
  'Id. Decision Makers',
  'Perception Analysis',
  'Proposal/Price Quote',
  'Negotiation/Review'
];

const closedStages = ['Closed Won', 'Closed Lost'];
const readinessCycle: readonly Readiness[] = [
  'complete',
  'complete',
  'noContact',
  'complete',
  'noSolution',
  'complete',
  'bare'
];

/** Some deals are quoted in another currency than the account's own. */
const currencyOf = (index: number, accountCurrency: string): string => (index % 11 === 5 ? 'USD' : accountCurrency);

/** The first opportunity of each account is open, the second may be closed; six accounts have a third one. */
const opportunity = (index: number): SeedOpportunity => {
  const accountIndex = index % accounts.length;
  const account = accounts[accountIndex];
  const [project, description, nextStep] =
    projects[(accountIndex + Math.floor(index / accounts.length) * 2) % projects.length] ?? projects[0];
  const closed = index >= accounts.length && index % 4 === 1;
  const stage = closed ? closedStages[index % 8 === 1 ? 0 : 1] : stages[index % stages.length];
  return {
    accountIndex,
    name: `${account?.name ?? 'Customer'} - ${project}`,
    stage: stage ?? 'Prospecting',
    amount: 18_000 + ((index * 37_517) % 460) * 500,
    currency: currencyOf(index, account?.currency ?? 'EUR'),
    closesInDays: closed ? -((index * 13) % 120) - 5 : 14 + ((index * 17) % 180),
    nextStep: closed ? '' : nextStep,
    description,
    readiness: closed ? 'complete' : (readinessCycle[index % readinessCycle.length] ?? 'complete'),
    solutionIndex: index,
    ownerIndex: index % 2
  };
};

/** 66 opportunities, always the same ones. */
export const opportunities: readonly SeedOpportunity[] = Array.from({ length: 66 }, (_, index) => opportunity(index));
