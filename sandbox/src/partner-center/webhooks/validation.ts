import { PartnerApiError } from '../core/errors.js';
import type { Caller, World } from '../core/world.js';
import { newId } from '../core/world.js';
import type { Deliverer } from './deliverer.js';
import type { Attempt, Delivery, DeliveryStore } from './delivery-store.js';
import { testEvent } from './event-body.js';
import type { WebhookRegistrations } from './registration.js';

/** Partner Center: webhooks, "Throttling": two test events in a minute; their state is kept for seven days. */
const TESTS_PER_MINUTE = 2;
const KEPT_MS = 7 * 86_400_000;

export interface ValidationResult {
  correlationId: string;
  partnerId: string;
  status: 'pending' | 'completed' | 'failed';
  callbackUrl: string;
  results: readonly Attempt[];
}

const STATUS: Readonly<Record<Delivery['state'], ValidationResult['status']>> = {
  waiting: 'pending',
  delivered: 'completed',
  parked: 'failed',
  dropped: 'pending'
};

/** Test events on demand. */
export class WebhookValidation {
  private asked: { organization: string; at: number }[] = [];

  public constructor(
    private readonly world: World,
    private readonly registrations: WebhookRegistrations,
    private readonly deliverer: Deliverer,
    private readonly deliveries: DeliveryStore
  ) {}

  public start(caller: Caller): { correlationId: string } {
    const registration = this.registrations.get(caller);
    if (!registration.WebhookEvents.includes('test-created')) {
      throw new PartnerApiError(400, 400, 'The registration does not name the event test-created.');
    }
    this.limit(caller.organization.id);
    const correlationId = newId();
    this.deliverer.test(registration, testEvent(correlationId, this.world.clock.stamp()), correlationId);
    return { correlationId };
  }

  public result(caller: Caller, correlationId: string): ValidationResult {
    const delivery = this.deliveries.byCorrelation(correlationId);
    const sentAt = Date.parse(delivery?.event.ResourceChangeUtcDate ?? '');
    if (!delivery || this.world.clock.now() - sentAt > KEPT_MS) {
      throw new PartnerApiError(404, 404, 'No validation event with this correlation id is known.');
    }
    return {
      correlationId,
      partnerId: caller.organization.id,
      status: STATUS[delivery.state],
      callbackUrl: delivery.url,
      results: delivery.attempts
    };
  }

  private limit(organization: string): void {
    const now = this.world.clock.now();
    this.asked = this.asked.filter(({ at }) => now - at < 60_000);
    const own = this.asked.filter((asked) => asked.organization === organization);
    const [oldest] = own;
    if (oldest && own.length >= TESTS_PER_MINUTE) {
      const seconds = Math.ceil((oldest.at + 60_000 - now) / 1_000);
      throw new PartnerApiError(429, 429, `Two test events in a minute are allowed. Try again in ${seconds} seconds.`, {
        'retry-after': String(seconds)
      });
    }
    this.asked.push({ organization, at: now });
  }
}
