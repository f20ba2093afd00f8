import type { BudgetState, SalesforceConnector } from '../connectors/salesforce/index.js';
import type { Budget, BudgetRoom } from '../sync/budget.js';

/** Above the soft mark what can wait does, so that the calls left go into what somebody waits for. */
const LEAST_URGENT: Readonly<Record<BudgetState['state'], BudgetRoom['leastUrgent']>> = {
  open: 2,
  pollingPaused: 1,
  exhausted: -1
};

/** The org's API allowance as the engine's budget. */
export function orgBudget(org: Pick<SalesforceConnector, 'system' | 'budget'>): Budget {
  return {
    system: org.system,
    state: () => {
      const seen = org.budget();
      if (seen === undefined) return { leastUrgent: 2 };
      const resumesAt = seen.resumesAt === null ? {} : { resumesAt: seen.resumesAt };
      return { leastUrgent: LEAST_URGENT[seen.state], ...resumesAt };
    }
  };
}
