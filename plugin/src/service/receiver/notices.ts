import type { WebhookNotice } from '../../connectors/partner-center/webhooks/index.js';
import type { Ledger } from '../../ledger/index.js';
import type { Clock } from '../../ports/clock.js';
import type { NoticeStore } from './receive.js';

/** Notices of one look; more than a receiver takes in between two of them. */
export const NOTICES_AT_ONCE = 1_000;

/** A time stamp with seven fraction digits and an offset has 33 characters. */
const LONGEST_TIME = 40;

/** There is no event id (Partner Center: webhook events); the same content is the same event. */
const idOf = ({ name, referralId, changedAt }: WebhookNotice): string =>
  `${name} ${referralId} ${changedAt.slice(0, LONGEST_TIME)}`;

/** Notices in the ledger: a service that is killed before it looked finds them after its restart, and so do its peers. */
export function noticesIn(ledger: Pick<Ledger, 'addNotice'>, mapping: string, clock: Clock): NoticeStore {
  return { add: (notice) => ledger.addNotice(mapping, idOf(notice), new Date(clock.now()).toISOString()) };
}
