import type { RecordIssue } from '../../../mapping/types.js';
import type { JsonObject } from '../../../ports/json.js';

/** Candidates that are named; more help nobody. */
const NAMED = 5;

const listed = (accounts: readonly JsonObject[]): string => {
  const names = accounts.slice(0, NAMED).map(({ Id: id, Name: name }) => `${String(name)} (${String(id)})`);
  return `${names.join(', ')}${accounts.length > NAMED ? `, and ${accounts.length - NAMED} more` : ''}`;
};

/** Why an arriving deal or lead is not taken in, with what to do; they stand in the ledger's list of issues. */
export const inboundIssues = {
  severalAccounts: (accounts: readonly JsonObject[]): RecordIssue => ({
    code: 'ACCOUNT_AMBIGUOUS',
    message: `Several accounts fit the customer: ${listed(accounts)}.`,
    nextStep: 'Merge them, or correct name or postal code of the wrong ones; it is looked at again within the hour.'
  }),
  noAccount: (company: string): RecordIssue => ({
    code: 'ACCOUNT_NOT_FOUND',
    message: `No account fits the customer ${company}, and none may be created.`,
    nextStep:
      'Create the account with the name and postal code of the referral, or allow it with "cosell.inbound.createAccount".'
  }),
  noCustomer: (): RecordIssue => ({
    code: 'CUSTOMER_MISSING',
    message: 'The referral names no customer.',
    nextStep: 'Complete the customer in Partner Center.'
  }),
  noCurrency: (currency: string): RecordIssue => ({
    code: 'CURRENCY_NOT_IN_ORG',
    message: `The deal is in ${currency}, which is not an active currency of the org.`,
    nextStep: `Activate ${currency} in Setup under Manage Currencies, or change the currency in Partner Center.`
  }),
  noStage: (stage: string, setting: string): RecordIssue => ({
    code: 'STAGE_NOT_IN_ORG',
    message: `The org has no opportunity stage ${stage}.`,
    nextStep: `Add the stage in Setup under Opportunity Stages, or name another one with "${setting}".`
  }),
  noOwner: (username: string): RecordIssue => ({
    code: 'OWNER_NOT_FOUND',
    message: `There is no active user ${username} to own the new record.`,
    nextStep: 'Correct "cosell.inbound.ownerFallback" in the settings.'
  })
} as const;
