import { randomUUID } from 'node:crypto';
import type { ReferralStore } from '../store/referral-store.js';
import type { ServiceClock } from './clock.js';
import type { Organization } from './directory.js';
import type { PartnerCenterSettings } from './settings.js';

/** What the rules of the referrals API work on. */
export interface World {
  readonly store: ReferralStore;
  readonly clock: ServiceClock;
  settings(): PartnerCenterSettings;
}

/** Who calls the referrals API, as the access token says. */
export interface Caller {
  upn: string;
  name: string;
  organization: Organization;
  /** Sees and edits every referral of the organisation; otherwise only those with the own e-mail in `team`. */
  admin: boolean;
}

export const newId = (): string => randomUUID();
