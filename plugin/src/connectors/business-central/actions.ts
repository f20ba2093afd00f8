import { ConnectorError } from '../../ports/errors.js';
import type { Api } from './api.js';
import { recordPath } from './address.js';
import { system } from './system.js';

/**
 * Bound actions that the product may call. Posting, shipping and cancelling move stock and money and stay with the people in
 * Business Central; sending mails customers.
 */
export const actions = { salesQuotes: ['makeOrder'] } as const;

export type ActionSet = keyof typeof actions;

/**
 * Runs a bound action. It is never repeated by itself: an answer that was lost may stand for a quote that is an order already.
 * @throws ConnectorError `ACTION_NOT_OURS` for any other action; `unknownOutcome` when no answer came
 */
export async function runAction(api: Api, company: string, set: ActionSet, id: string, action: string): Promise<void> {
  if (!(actions[set] as readonly string[]).includes(action)) {
    throw new ConnectorError(system, 'rejected', 'ACTION_NOT_OURS', `${action} is not called from outside.`, {
      target: set,
      nextSteps: ['Do it in Business Central.']
    });
  }
  await api.call({
    method: 'POST',
    path: `${recordPath(company, set, id)}/Microsoft.NAV.${action}`,
    repeatable: false
  });
}
