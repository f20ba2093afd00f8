import { findSolution } from '../solution-catalogue.js';
import type { Member, Referral, Solution } from './resource.js';
import { isCountry, isCurrency, isSalesStage, MAX_SOLUTIONS, MAX_TEAM } from './value-lists.js';

/** One reason why a referral is refused. */
export interface Problem {
  target: string;
  message: string;
}

const MEMBER_FIELDS = ['firstName', 'lastName', 'phoneNumber', 'email'] as const;
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** Properties a create must bring, by path (Partner Center: create a referral; bulk upload of co-sell deals). */
const REQUIRED: readonly { target: string; read: (referral: Referral) => unknown }[] = [
  { target: 'name', read: (r) => r.name },
  { target: 'type', read: (r) => r.type },
  { target: 'customerProfile.name', read: (r) => r.customerProfile.name },
  { target: 'customerProfile.address.addressLine1', read: (r) => r.customerProfile.address.addressLine1 },
  { target: 'customerProfile.address.city', read: (r) => r.customerProfile.address.city },
  { target: 'customerProfile.address.country', read: (r) => r.customerProfile.address.country },
  { target: 'details.dealValue', read: (r) => r.details.dealValue },
  { target: 'details.currency', read: (r) => r.details.currency },
  { target: 'details.closingDateTime', read: (r) => r.details.closingDateTime }
];

const isEmpty = (value: unknown): boolean => value === null || (typeof value === 'string' && value.trim() === '');

/** Everything wrong with the content, in a stable order; empty when the referral may be stored. */
export function contentProblems(referral: Referral, options: { solutionsChecked: boolean }): Problem[] {
  return [
    ...REQUIRED.filter(({ read }) => isEmpty(read(referral))).map(({ target }) => ({
      target,
      message: `The property ${target} is required.`
    })),
    ...valueProblems(referral),
    ...consentProblems(referral),
    ...solutionProblems(referral, options.solutionsChecked),
    ...teamProblems(referral.team, 'team', 1),
    ...teamProblems(referral.customerProfile.team, 'customerProfile.team', 0)
  ];
}

function valueProblems(referral: Referral): Problem[] {
  const problems: Problem[] = [];
  const { country } = referral.customerProfile.address;
  const { currency, dealValue } = referral.details;
  if (!isEmpty(country) && !isCountry(country ?? '')) {
    problems.push({
      target: 'customerProfile.address.country',
      message: 'The country must be a two-letter ISO 3166 code.'
    });
  }
  if (!isEmpty(currency) && !isCurrency(currency ?? '')) {
    problems.push({ target: 'details.currency', message: `The currency ${currency} is not an ISO 4217 code.` });
  }
  if (dealValue !== null && !(dealValue > 0)) {
    problems.push({ target: 'details.dealValue', message: 'The deal value must be greater than zero.' });
  }
  if (referral.salesStage !== null && !isSalesStage(referral.salesStage)) {
    problems.push({ target: 'salesStage', message: `The sales stage ${referral.salesStage} is not known.` });
  }
  return problems;
}

function consentProblems({ consent }: Referral): Problem[] {
  return (['consentToContact', 'consentToToShareInfoWithOthers'] as const)
    .filter((name) => consent[name] !== true)
    .map((name) => ({
      target: `consent.${name}`,
      message: 'The customer must have agreed that contact details are shared.'
    }));
}

function solutionProblems(referral: Referral, checked: boolean): Problem[] {
  const target = 'details.requirements.solutions';
  const { solutions } = referral.details.requirements;
  if (!solutions.some((solution) => solution.type !== 'Category' && !isEmpty(solution.id))) {
    return [{ target, message: 'A solution ID is required: add a co-sell ready solution.' }];
  }
  if (solutions.length > MAX_SOLUTIONS) return [{ target, message: `At most ${MAX_SOLUTIONS} solutions are allowed.` }];
  if (!checked) return [];
  return [...unknownSolutions(solutions, target), ...unknownTargets(referral)];
}

function unknownSolutions(solutions: readonly Solution[], target: string): Problem[] {
  return solutions.flatMap((solution, index) =>
    solution.type === 'Category' || (solution.id !== null && findSolution(solution.id)?.coSellReady)
      ? []
      : [{ target: `${target}[${index}].id`, message: `The solution ${solution.id ?? ''} is not known.` }]
  );
}

function unknownTargets(referral: Referral): Problem[] {
  return referral.target.flatMap((target, index) =>
    target.type !== 'SolutionProfile' || (target.id !== null && findSolution(target.id))
      ? []
      : [{ target: `target[${index}].id`, message: `The solution ${target.id ?? ''} is not known.` }]
  );
}

function teamProblems(team: readonly Member[], target: string, least: number): Problem[] {
  if (team.length < least) return [{ target, message: 'At least one team member is required.' }];
  if (team.length > MAX_TEAM) return [{ target, message: `At most ${MAX_TEAM} team members are allowed.` }];
  return team.flatMap((member, index) => memberProblems(member, `${target}[${index}]`));
}

/** Name, phone and e-mail are needed for the partner's team and, once help is asked, for the customer's contact. */
function memberProblems(member: Member, target: string): Problem[] {
  const missing = MEMBER_FIELDS.filter((field) => isEmpty(member[field]));
  if (missing.length > 0) {
    return missing.map((field) => ({
      target: `${target}.${field}`,
      message: `The property ${target}.${field} is required.`
    }));
  }
  return EMAIL.test(member.email ?? '')
    ? []
    : [{ target: `${target}.email`, message: `The property ${target}.email is not an e-mail address.` }];
}

/** A request for Microsoft's help needs somebody to call and the sellers' view (Partner Center: create co-sell deals). */
export function helpProblems(referral: Referral): Problem[] {
  const code = referral.inviteContext?.assistanceRequestCode ?? 'Unknown';
  if (code === 'Unknown') return [];
  const problems: Problem[] = [];
  if (referral.customerProfile.team.length === 0) {
    problems.push({
      target: 'customerProfile.team',
      message: 'A customer contact is required when Microsoft is asked for help.'
    });
  }
  if (referral.consent.consentToShareReferralWithMicrosoftSellers !== true) {
    problems.push({
      target: 'consent.consentToShareReferralWithMicrosoftSellers',
      message: 'The deal must be visible to Microsoft sellers when Microsoft is asked for help.'
    });
  }
  return problems;
}
