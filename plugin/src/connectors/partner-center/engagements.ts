import { ConnectorError } from '../../ports/errors.js';
import type { JsonObject } from '../../ports/json.js';
import { mapBounded } from '../http/bounded.js';
import type { Api } from './api.js';
import { collectReferrals } from './listing.js';
import { engagementOf } from './referral.js';

/**
 * Engagements asked for in one list call. Both halves of 40 engagements fit on one page of 100, and the address stays
 * below 3 kB.
 */
const perCall = 40;
/** Calls in flight; Partner Center publishes no number and throttles per tenant. */
const width = 4;

function filterFor(engagementIds: readonly string[]): string {
  return engagementIds.map((id) => `engagementId eq '${id}'`).join(' or ');
}

/**
 * All referrals of the given engagements. `or` in a filter appears in the contract's text only, so a service that
 * refuses it is asked for one engagement per call from then on.
 */
export class EngagementReader {
  private batched = true;

  public constructor(private readonly api: Api) {}

  public async read(engagementIds: readonly string[]): Promise<JsonObject[]> {
    const ids = [...new Set(engagementIds.map((id) => id.toLowerCase()))];
    const groups: string[][] = [];
    const size = this.batched ? perCall : 1;
    for (let start = 0; start < ids.length; start += size) groups.push(ids.slice(start, start + size));
    const found = await mapBounded(groups, width, (group) => this.readGroup(group));
    return found.flat();
  }

  private async readGroup(ids: readonly string[]): Promise<JsonObject[]> {
    try {
      const referrals = await collectReferrals(this.api, { filter: filterFor(ids) });
      // A service that ignores what it does not understand must not hand us other engagements.
      return referrals.filter((referral) => ids.includes(engagementOf(referral)));
    } catch (error) {
      const refused = error instanceof ConnectorError && error.details.status === 400;
      if (!refused || ids.length === 1) throw error;
      this.batched = false;
      return this.read(ids);
    }
  }
}
