import type { EventLog } from './log.js';

/** The figures of a budget, whichever system it is of. */
interface Seen {
  state: string;
  [figure: string]: string | number | null;
}

/** Says in the log when the budget of a system closes or opens again, once each time. To be called after each run. */
export function budgetLog(log: EventLog, system: string, seen: () => object | undefined): () => void {
  let before = 'open';
  return () => {
    const budget = seen() as Seen | undefined;
    if (budget === undefined || budget.state === before) return;
    before = budget.state;
    const figures = Object.entries(budget).filter((entry): entry is [string, number] => typeof entry[1] === 'number');
    const level = before === 'open' ? 'info' : 'warn';
    log.write(level, 'api budget', { system, status: before, counts: Object.fromEntries(figures) });
  };
}
