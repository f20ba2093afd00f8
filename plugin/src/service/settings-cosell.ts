/** How the account of an incoming referral is looked up. */
export type AccountMatch = 'companyNameAndPostalCode' | 'companyName';

/** What an account-wide choice of a deal kind means: who at Microsoft sees a new deal. */
export type DealKind = 'private' | 'partnerLed' | 'coSell';

/**
 * What an organization decides about its co-sell deals: the variables of Microsoft's connector, and what it lacks.
 * Defaults stand in `schemas/settings.json`.
 */
export interface CosellSettings {
  /** Stage of an opportunity whose referral was accepted; `msft_activestagename`. */
  activeStage: string;
  /** Stage on which an incoming deal waits for a decision; `msft_onholdstagename`. */
  onHoldStage: string;
  /** Account field with the two-letter country; `msft_customeraccountcountrycode`. BillingCountry stands in where it is empty. */
  countryField: string;
  /** Opportunity field with the deal value; `msft_dealvaluefield`. */
  dealValueField: string;
  /** Opportunity field with the currency; `msft_dealcurrencycodefield`. */
  dealCurrencyField: string;
  /** Whether the opportunity's name shows how the synchronization stands; `msft_displaycheckmarkinname`. */
  markName: boolean;
  /** Incoming leads are left alone; `msft_synccosellopportunitiesonly`. */
  cosellOnly: boolean;
  /** Days that rows of the audit trail are kept; 0: for ever. */
  auditRetentionDays: number;
  /** Kind of a new deal for which the rep chose nothing else. */
  defaultDealKind: DealKind;
  /** `everyone`, or the API name of a permission set that the opportunity's owner needs. */
  mayShare: string;
  inbound: {
    /** Ways to find the customer's account, in this order. */
    accountMatch: AccountMatch[];
    /** Create the account when no way finds one. */
    createAccount: boolean;
    /** Username of whoever owns records that nobody else is to own. @default the integration user */
    ownerFallback?: string;
    /** An incoming referral names a Salesforce record that the org does not have: list it, leave it, or create a record. */
    unknownReference: 'issue' | 'ignore' | 'create';
    /** An opportunity on hold is closed as lost once its referral expired or was declined at Partner Center. */
    closeWhenExpired: boolean;
  };
}
