import { ConnectorError } from '../ports/errors.js';
import type { Priority } from '../queue/port.js';
import type { ActiveRun } from './context.js';
import { RunStopped } from './stop.js';

/** What may still be spent on calls to a system. */
export interface Budget {
  readonly system: string;
  state(): BudgetRoom;
}

export interface BudgetRoom {
  /** The least urgent work that may be taken up: 1 when what can wait has to, 0 when only what somebody waits for goes on; -1 when nothing may. */
  leastUrgent: Priority | -1;
  /** When more is expected to be possible, ISO 8601 UTC. */
  resumesAt?: string;
  /** Why nothing may, where it is not that the calls are used up. */
  because?: ConnectorError;
}

function exhausted(system: string, { resumesAt, because }: BudgetRoom, now: number): RunStopped {
  if (because) return new RunStopped(because);
  const when = resumesAt === undefined ? '' : `; work may resume about ${resumesAt}`;
  return new RunStopped(
    new ConnectorError(system, 'connection', 'API_BUDGET_EXHAUSTED', `The budget of calls is used up${when}.`, {
      nextSteps: ['Wait: the synchronization goes on by itself when calls of the last 24 hours expire.'],
      ...(resumesAt === undefined ? {} : { retryAfterMs: Math.max(0, Date.parse(resumesAt) - now) })
    })
  );
}

/**
 * The least urgent work that every system has room for (promise G10).
 * @throws RunStopped API_BUDGET_EXHAUSTED when one of them has none
 */
export function leastUrgentNow({ budgets = [], clock }: ActiveRun): Priority {
  let least: Priority = 2;
  for (const budget of budgets) {
    const room = budget.state();
    if (room.leastUrgent < 0) throw exhausted(budget.system, room, clock.now());
    if (room.leastUrgent < least) least = room.leastUrgent as Priority;
  }
  return least;
}
