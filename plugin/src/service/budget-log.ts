import type { BudgetState } from '../connectors/salesforce/index.js';
import type { EventLog } from './log.js';

/** Says in the log when the API budget closes or opens again, once each time. To be called after each run. */
export function budgetLog(log: EventLog, seen: () => BudgetState | undefined): () => void {
  let before: BudgetState['state'] = 'open';
  return () => {
    const budget = seen();
    if (budget === undefined || budget.state === before) return;
    before = budget.state;
    const { used, allowed, ownCalls, ownLimit, state } = budget;
    const counts = { used, allowed, ownCalls, ownLimit };
    log.write(state === 'open' ? 'info' : 'warn', 'api budget', { system: 'salesforce', status: state, counts });
  };
}
