import { ConnectorError } from '../../../ports/errors.js';
import type { Subscription, SubscriptionsApi } from './api.js';

/** A third of the three days that a subscription lives: two more chances when a renewal fails. */
export const RENEW_BEFORE_MS = 24 * 3_600_000;

export interface Wanted {
  /** Where notices are to go. */
  url: string;
  /** Paths of the entity sets, for example `api/v2.0/companies(…)/customers`. */
  resources: readonly string[];
  /** Secret by which notices are known to be genuine. */
  clientState: string;
}

export type Step =
  | { do: 'create'; resource: string }
  | { do: 'renew'; subscription: Subscription }
  | { do: 'remove'; subscription: Subscription };

const ours = ({ url }: Wanted, subscription: Subscription): boolean => subscription.url === url;
const sameResource = (first: string, second: string): boolean => first.toLowerCase() === second.toLowerCase();

/**
 * What is to be done so that there is one living subscription for each resource. Those of other programs are never touched. One
 * that was lost, because five deliveries failed or three days went by, is made anew.
 */
export function planUpkeep(wanted: Wanted, existing: readonly Subscription[], now: number): Step[] {
  const own = existing.filter((subscription) => ours(wanted, subscription));
  const kept = new Map<string, Subscription>();
  const steps: Step[] = [];
  for (const subscription of own) {
    const key = subscription.resource.toLowerCase();
    const isWanted = wanted.resources.some((resource) => sameResource(resource, subscription.resource));
    if (!isWanted || kept.has(key)) steps.push({ do: 'remove', subscription });
    else kept.set(key, subscription);
  }
  for (const resource of wanted.resources) {
    const subscription = kept.get(resource.toLowerCase());
    if (subscription === undefined) steps.push({ do: 'create', resource });
    else if (Date.parse(subscription.expiresAt) - now <= RENEW_BEFORE_MS) steps.push({ do: 'renew', subscription });
  }
  return steps;
}

/** What was done, and what could not be; a failure of one resource leaves the others alone. */
export interface UpkeepResult {
  created: string[];
  renewed: string[];
  removed: string[];
  failed: { resource: string; error: ConnectorError }[];
}

async function carryOut(api: SubscriptionsApi, wanted: Wanted, step: Step): Promise<'created' | 'renewed' | 'removed'> {
  const { url, clientState } = wanted;
  if (step.do === 'remove') {
    await api.remove(step.subscription);
    return 'removed';
  }
  if (step.do === 'renew' && (await api.renew(step.subscription, clientState))) return 'renewed';
  const resource = step.do === 'create' ? step.resource : step.subscription.resource;
  await api.create({ url, resource, clientState });
  return 'created';
}

/**
 * Looks at the subscriptions and brings them in order. Called more often than once a day; nothing that was told while a
 * subscription was missing is lost, because polling goes on.
 * @throws ConnectorError kind `connection`
 */
export async function keepUp(api: SubscriptionsApi, wanted: Wanted, now: number): Promise<UpkeepResult> {
  const result: UpkeepResult = { created: [], renewed: [], removed: [], failed: [] };
  for (const step of planUpkeep(wanted, await api.list(), now)) {
    const resource = step.do === 'create' ? step.resource : step.subscription.resource;
    try {
      result[await carryOut(api, wanted, step)].push(resource);
    } catch (error) {
      if (!(error instanceof ConnectorError) || error.kind === 'connection') throw error;
      result.failed.push({ resource, error });
    }
  }
  return result;
}
