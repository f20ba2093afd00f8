/** Ways to find the account of an arriving deal. */
export type AccountMatch = 'companyNameAndPostalCode' | 'companyName';

/** What an organization decides about deals and leads that come from Partner Center. */
export interface InboundRules {
  /** Stage on which a deal waits for an answer, and stage of one that is being worked on. */
  onHoldStage: string;
  activeStage: string;
  /** Leads become leads; otherwise they are left alone. */
  leads: boolean;
  /** In this order; a way that finds several accounts ends the search. */
  accountMatch: readonly AccountMatch[];
  createAccount: boolean;
  /** Username of the owner of new records. @default the integration user */
  ownerFallback?: string;
}

/** Lead statuses that mean "not for us", in standard orgs of different years; compared without case. */
export const declinedStatuses: ReadonlySet<string> = new Set([
  'unqualified',
  'disqualified',
  'not qualified',
  'closed - not converted'
]);

/** A deal that states no closing date gets this many days, because an opportunity needs one. */
export const defaultDaysToClose = 90;
