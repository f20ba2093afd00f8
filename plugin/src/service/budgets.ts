import type { GatedHttp } from '../connectors/http/index.js';
import type { CallBudgetState } from '../connectors/http/index.js';
import type { PartnerCenterConnector } from '../connectors/partner-center/index.js';
import type { BudgetState, SalesforceConnector } from '../connectors/salesforce/index.js';
import type { Budget, BudgetRoom } from '../sync/budget.js';

/**
 * What may be taken up in each state: above the soft mark what can wait does, so that the calls left go into changes; in the
 * reserve only what somebody waits for goes on.
 */
const LEAST_URGENT: Readonly<Record<BudgetState['state'] | CallBudgetState['state'], BudgetRoom['leastUrgent']>> = {
  open: 2,
  pollingPaused: 1,
  reserve: 0,
  exhausted: -1
};

function roomOf(seen: BudgetState | CallBudgetState | undefined): BudgetRoom {
  if (seen === undefined) return { leastUrgent: 2 };
  return { leastUrgent: LEAST_URGENT[seen.state], ...(seen.resumesAt === null ? {} : { resumesAt: seen.resumesAt }) };
}

/** The allowance of a system as the engine's budget. */
export const allowance = (of: Pick<SalesforceConnector | PartnerCenterConnector, 'system' | 'budget'>): Budget => ({
  system: of.system,
  state: () => roomOf(of.budget())
});

/** A system that asked for a pause takes no work either. */
export const pauseOf = (system: string, gate: Pick<GatedHttp, 'refusal'>): Budget => ({
  system,
  state: () => {
    const because = gate.refusal();
    return because ? { leastUrgent: -1, because } : { leastUrgent: 2 };
  }
});
