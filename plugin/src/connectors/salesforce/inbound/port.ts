import type { Clock } from '../../../ports/clock.js';
import type { JsonObject } from '../../../ports/json.js';
import type { Arrival, InboundPort, Reception } from '../../../sync/inbound.js';
import { ConnectorError } from '../../../ports/errors.js';
import { transaction } from '../composite.js';
import type { OrgShape } from '../org-shape.js';
import type { Rest } from '../rest.js';
import { answerError, system } from '../rest-errors.js';
import { inherit } from './inheriting.js';
import type { LeadWatch } from './leads.js';
import { companyKey } from './names.js';
import { textAt } from './queries.js';
import { dealRecords, leadRecords } from './creating.js';
import type { IntakeDetails } from './receiving.js';
import { receive } from './receiving.js';
import type { InboundRules } from './rules.js';

export interface InboundContext {
  rest: Rest;
  shape: () => Promise<OrgShape>;
  rules: InboundRules;
  clock: Clock;
  leads: LeadWatch;
}

/** The org's side of taking referrals in. */
export class SalesforceInbound implements InboundPort {
  public constructor(private readonly context: InboundContext) {}

  /** The customer: two deals of a new one create one account and one contact. A lead creates neither. */
  public sharedBy(arrival: Arrival): string | undefined {
    const company = companyKey(textAt(arrival, 'Account.Name'));
    return arrival.category === 'lead' || company === '' ? undefined : company;
  }

  public async receive(arrival: Arrival): Promise<Reception> {
    const { rest, shape, rules } = this.context;
    return receive(rest, await shape(), rules, arrival);
  }

  /**
   * One transaction (REST API guide, "Composite", `allOrNone`). The referral's identifier is unique, so a repetition is refused as
   * a duplicate with everything that came along, and what is there is looked up.
   */
  public async takeIn(arrival: Arrival, details: JsonObject): Promise<{ key: string; created: boolean }> {
    const { rest, shape, rules, clock } = this.context;
    const parts = { arrival, details: details as IntakeDetails, shape: await shape(), rules, clock };
    const requests = arrival.category === 'lead' ? leadRecords(parts) : dealRecords(parts);
    const { answers, failure } = await transaction(rest, requests);
    if (arrival.category === 'lead') this.context.leads.taken();
    if (failure === undefined) {
      const body = answers.get(arrival.category === 'lead' ? 'lead' : 'opportunity')?.body as JsonObject | undefined;
      return { key: String(body?.['id']), created: true };
    }
    const error = answerError(failure.status, failure.body);
    if (error.code !== 'DUPLICATE_VALUE') throw error;
    const again = await this.receive(arrival);
    if (again.outcome === 'there') return { key: again.key, created: false };
    // Somebody else's unique value, or a row of the catalogue that was created meanwhile: the next attempt sees it.
    throw new ConnectorError(system, 'retryable', error.code, error.message);
  }

  public async succeed(key: string, arrival: Arrival): Promise<void> {
    await inherit(this.context.rest, key, arrival);
  }
}
