import type { RecordIssue } from '../../../mapping/types.js';
import type { JsonObject } from '../../../ports/json.js';
import type { Arrival, Reception } from '../../../sync/inbound.js';
import type { OrgShape } from '../org-shape.js';
import type { Rest } from '../rest.js';
import { inboundIssues } from './issues.js';
import { companyKey, postalKey } from './names.js';
import type { Known } from './queries.js';
import { askFor, askForPeople, itemsAt, textAt } from './queries.js';
import type { InboundRules } from './rules.js';

/** What `takeIn` needs to know besides the arrival; ids of the org. */
export interface IntakeDetails extends JsonObject {
  accountId: string | null;
  ownerId: string | null;
  /** E-mail address in lower case → contact. */
  contacts: JsonObject;
  /** Solution identifier → row of the catalogue. */
  solutions: JsonObject;
}

type AccountFound = { id: string | null } | { issue: RecordIssue };

const sameCompany =
  (arrival: Arrival) =>
  ({ Name: name }: JsonObject): boolean =>
    companyKey(String(name)) === companyKey(textAt(arrival, 'Account.Name'));

const samePlace =
  (arrival: Arrival) =>
  ({ BillingPostalCode: code }: JsonObject): boolean =>
    typeof code === 'string' &&
    code !== '' &&
    postalKey(code) === postalKey(textAt(arrival, 'Account.BillingPostalCode'));

/**
 * The account of the customer: exactly one that fits, or none. Several are not chosen from, because a deal on the wrong account
 * is worse than one that waits. Pure.
 */
export function accountOf(arrival: Arrival, accounts: readonly JsonObject[], rules: InboundRules): AccountFound {
  const company = textAt(arrival, 'Account.Name');
  if (company === '') return { issue: inboundIssues.noCustomer() };
  const named = accounts.filter(sameCompany(arrival));
  for (const way of rules.accountMatch) {
    const fitting = way === 'companyName' ? named : named.filter(samePlace(arrival));
    if (fitting.length > 1) return { issue: inboundIssues.severalAccounts(fitting) };
    if (fitting.length === 1) return { id: String(fitting[0]?.['Id']) };
  }
  return rules.createAccount ? { id: null } : { issue: inboundIssues.noAccount(company) };
}

function currencyIssue(arrival: Arrival, { currencies }: Known, shape: OrgShape): RecordIssue[] {
  const currency = textAt(arrival, 'CurrencyIsoCode');
  if (currency === '') return [];
  const present = shape.multiCurrency ? currencies.length > 0 : currency === shape.defaultCurrency;
  return present ? [] : [inboundIssues.noCurrency(currency)];
}

function stageIssue({ waiting, category }: Arrival, { stages }: OrgShape, rules: InboundRules): RecordIssue[] {
  if (category === 'lead' || stages === undefined) return [];
  const [stage, setting] = waiting
    ? ([rules.onHoldStage, 'cosell.onHoldStage'] as const)
    : ([rules.activeStage, 'cosell.activeStage'] as const);
  return stages.includes(stage) ? [] : [inboundIssues.noStage(stage, setting)];
}

/** A record that names the referral; of a converted lead the opportunity goes on with it. */
function holderOf({ opportunities, leads }: Known): string | undefined {
  const [opportunity] = opportunities;
  const [lead] = leads;
  const key = opportunity?.['Id'] ?? lead?.['ConvertedOpportunityId'] ?? lead?.['Id'];
  return typeof key === 'string' ? key : undefined;
}

const byEmail = (contacts: readonly JsonObject[]): JsonObject => {
  const found: JsonObject = {};
  for (const { Id: id, Email: email } of contacts) found[String(email).toLowerCase()] ??= String(id);
  return found;
};

/** `InboundPort.receive`: one call, and a second one where an account is known or an owner is named. */
export async function receive(rest: Rest, shape: OrgShape, rules: InboundRules, arrival: Arrival): Promise<Reception> {
  const known = await askFor(rest, shape, arrival);
  const key = holderOf(known);
  if (key !== undefined) return { outcome: 'there', key };
  const issues = [...stageIssue(arrival, shape, rules), ...currencyIssue(arrival, known, shape)];
  const account: AccountFound = arrival.category === 'deal' ? accountOf(arrival, known.accounts, rules) : { id: null };
  if ('issue' in account) issues.push(account.issue);
  const emails = itemsAt(arrival, 'Contacts').flatMap(({ Email: email }) => (typeof email === 'string' ? [email] : []));
  const accountId = 'id' in account ? account.id : null;
  const { ownerFallback: username } = rules;
  const people = await askForPeople(rest, {
    emails,
    ...(accountId === null ? {} : { accountId }),
    ...(username === undefined ? {} : { username })
  });
  if (username !== undefined && people.users.length === 0) issues.push(inboundIssues.noOwner(username));
  if (issues.length > 0) return { outcome: 'unclear', issues };
  const details: IntakeDetails = {
    accountId,
    ownerId: username === undefined ? null : String(people.users[0]?.['Id']),
    contacts: byEmail(people.contacts),
    solutions: Object.fromEntries(
      known.solutions.map((row) => [String(row['Solution_Identifier__c']), String(row['Id'])])
    )
  };
  return { outcome: 'ready', details };
}
