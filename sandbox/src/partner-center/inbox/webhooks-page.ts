import type { ServiceResponse } from '../core/transport.js';
import type { Html } from '../http/html.js';
import { html } from '../http/html.js';
import type { Delivery, DeliveryStore } from '../webhooks/delivery-store.js';
import { moment } from './format.js';
import { page } from './layout.js';

const SHOWN = 100;

const STATES: Readonly<Record<Delivery['state'], string>> = {
  waiting: 'Waiting',
  delivered: 'Delivered',
  parked: 'Parked',
  dropped: 'Dropped'
};

/** Events that were sent to the registered receiver, newest first, with what came of them. */
export function webhooksPage(deliveries: DeliveryStore): ServiceResponse {
  const shown = deliveries.latest(SHOWN);
  return page(
    'Webhook deliveries',
    html`<h1>Webhook deliveries</h1>
      <section data-live="list" aria-label="Deliveries">
        ${
          shown.length === 0
            ? html`<p class="empty">
                Nothing was delivered yet. The sync service registers its address with
                <code>sf cosell webhook register</code>; then every change of a referral shows here.
              </p>`
            : table(shown)
        }
      </section>`,
    200,
    '/inbox/webhooks'
  );
}

function table(deliveries: readonly Delivery[]): Html {
  return html`<table class="deals">
    <thead>
      <tr>
        <th scope="col">Event</th>
        <th scope="col">Referral</th>
        <th scope="col">State</th>
        <th scope="col" class="number">Attempts</th>
        <th scope="col">Last answer</th>
        <th scope="col">Changed (UTC)</th>
      </tr>
    </thead>
    <tbody>
      ${deliveries.map(row)}
    </tbody>
  </table>`;
}

function row({ event, state, attempts, url, mischief, seq }: Delivery): Html {
  const last = attempts.at(-1);
  const id = event.ResourceUri.split('/').at(-1) ?? '';
  return html`<tr data-key="${seq}" data-version="${state}${attempts.length}">
    <th scope="row">${event.EventName} <span class="sub">${url}</span></th>
    <td data-label="Referral">
      ${event.ResourceName === 'referral' ? html`<a href="/inbox/referrals/${id}">${id.slice(0, 8)}</a>` : 'Test'}
    </td>
    <td data-label="State">${STATES[state]}${mischief ? html`<span class="sub">${mischief.kind}</span>` : ''}</td>
    <td data-label="Attempts" class="number">${attempts.length}</td>
    <td data-label="Last answer">${last ? `${last.responseCode} ${last.responseMessage}` : '–'}</td>
    <td data-label="Changed (UTC)">${moment(event.ResourceChangeUtcDate.replace('+00:00', 'Z'))}</td>
  </tr>`;
}
