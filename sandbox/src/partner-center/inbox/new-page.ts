import type { ServiceResponse } from '../core/transport.js';
import type { World } from '../core/world.js';
import { solutionCatalogue } from '../solution-catalogue.js';
import type { Html } from '../http/html.js';
import { html } from '../http/html.js';
import { page } from './layout.js';

const DAY = 86_400_000;

/** The form with which Microsoft sends a lead or a co-sell deal to the partner. */
export function newPage(world: World): ServiceResponse {
  const closing = new Date(world.clock.now() + 60 * DAY).toISOString().slice(0, 10);
  return page(
    'New from Microsoft',
    html`<nav class="crumbs" aria-label="Breadcrumb"><a href="/inbox">Referrals inbox</a></nav>
      <h1>New from Microsoft</h1>
      <p>Sends a referral to the partner. It waits 14 days for an answer.</p>
      <form class="panel sheet" data-send="/inbox/api/referrals">
        <fieldset>
          <legend>Kind</legend>
          <label class="radio"><input type="radio" name="kind" value="cosell" checked /> Co-sell deal</label>
          <label class="radio"><input type="radio" name="kind" value="lead" /> Lead</label>
        </fieldset>
        <fieldset>
          <legend>Deal</legend>
          ${field('Deal name', 'name', { required: true })}
          ${field('Value', 'dealValue', { required: true, inputmode: 'decimal', value: '50000' })}
          ${field('Currency', 'currency', { required: true, maxlength: '3', value: 'EUR' })}
          ${field('Closing date', 'closingDateTime', { required: true, type: 'date', value: closing })}
          ${solutionField()}
          <label class="wide">Notes<textarea name="notes" rows="3"></textarea></label>
        </fieldset>
        <fieldset>
          <legend>Customer</legend>
          ${field('Company', 'customerName', { required: true })}
          ${field('Address', 'addressLine1', { required: true })} ${field('Postal code', 'postalCode')}
          ${field('City', 'city', { required: true })}
          ${field('Country code', 'country', { required: true, maxlength: '2', value: 'NL' })}
        </fieldset>
        ${contactFields()}
        <p class="failure" role="alert" hidden></p>
        <div class="buttons"><button type="submit" class="primary">Send to the partner</button></div>
      </form>`,
    200,
    '/inbox/new'
  );
}

function contactFields(): Html {
  return html`<fieldset>
    <legend>Contact</legend>
    ${field('First name', 'contact.firstName', { required: true })}
    ${field('Last name', 'contact.lastName', { required: true })}
    ${field('E-mail', 'contact.email', { required: true, type: 'email' })}
    ${field('Phone', 'contact.phoneNumber', { required: true, type: 'tel' })}
  </fieldset>`;
}

function field(label: string, name: string, options: Readonly<Record<string, string | true>> = {}): Html {
  const attributes = Object.entries<string | true>({ type: 'text', ...options }).map(([key, value]) =>
    value === true ? html` ${key}` : html` ${key}="${value}"`
  );
  return html`<label>${label}<input name="${name}" ${attributes} /></label>`;
}

function solutionField(): Html {
  return html`<label
    >Solution
    <select name="solutionId">
      ${solutionCatalogue.map(({ id, name }) => html`<option value="${id}">${name}</option>`)}
    </select></label
  >`;
}
