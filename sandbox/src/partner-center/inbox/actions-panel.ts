import type { EngagementView } from './engagement-view.js';
import { dayValue } from './format.js';
import type { Html } from './html.js';
import { html } from './html.js';

/** Reasons of the portal for Declined and Lost (Partner Center: bulk upload, close reasons). */
const REASONS = [
  'Budget',
  'No response from the customer',
  'Customer chose another vendor',
  'Requirement not met',
  'Not a customer',
  'Timeline too short',
  'Abuse or spam',
  'Other'
];

/** Buttons for what may be done now, each opening its dialog. */
export function actions(view: EngagementView): Html {
  const { own, microsoft } = view;
  const open = own.status !== 'Closed';
  const waiting = microsoft?.status === 'New';
  const asMicrosoft = [
    waiting && button('msft-accept', 'Accept', true),
    waiting && button('msft-decline', 'Decline'),
    open && button('msft-edit', 'Edit value, date or notes')
  ].filter((item) => item !== false);
  const asPartner = [
    own.status === 'New' && button('partner-accept', 'Accept', true),
    own.status === 'New' && button('partner-decline', 'Decline'),
    own.status === 'Active' && button('partner-won', 'Mark as won'),
    own.status === 'Active' && button('partner-lost', 'Mark as lost')
  ].filter((item) => item !== false);
  return html`<div class="actions">
    ${group('Act as Microsoft', asMicrosoft)} ${group(`Act as ${own.organizationName}`, asPartner)}
    ${open || waiting ? '' : html`<p class="quiet">The deal is closed. Nothing can be changed any more.</p>`}
    ${dialogs(view)}
  </div>`;
}

function group(title: string, buttons: readonly Html[]): Html {
  return buttons.length === 0
    ? html``
    : html`<div class="group" role="group" aria-label="${title}"><span>${title}</span>${buttons}</div>`;
}

function button(action: string, label: string, primary = false): Html {
  return html`<button type="button" data-open="${action}" ${primary ? html`class="primary"` : ''}>${label}</button>`;
}

function dialogs(view: EngagementView): Html {
  return html`${confirm(view, 'msft-accept', 'Accept as Microsoft', 'A seller joins and the deal gets a number in Microsoft’s CRM.')}
  ${reasonDialog(view, 'msft-decline', 'Decline as Microsoft', 'The partner’s deal goes on without Microsoft.')}
  ${editDialog(view)} ${confirm(view, 'partner-accept', 'Accept the referral', 'The referral becomes an active deal.')}
  ${reasonDialog(view, 'partner-decline', 'Decline the referral', 'A closed referral cannot be opened again.')}
  ${confirm(view, 'partner-won', 'Mark the deal as won', 'A closed deal cannot be changed any more.')}
  ${reasonDialog(view, 'partner-lost', 'Mark the deal as lost', 'A closed deal cannot be changed any more.')}`;
}

function dialog(view: EngagementView, action: string, title: string, fields: Html, submit = title): Html {
  return html`<dialog id="${action}" aria-labelledby="${action}-title">
    <form method="dialog" data-send="/inbox/api/referrals/${view.own.id}/${action}">
      <h2 id="${action}-title">${title}</h2>
      ${fields}
      <p class="failure" role="alert" hidden></p>
      <div class="buttons">
        <button type="button" data-close>Cancel</button>
        <button type="submit" class="primary">${submit}</button>
      </div>
    </form>
  </dialog>`;
}

function confirm(view: EngagementView, action: string, title: string, consequence: string): Html {
  return dialog(view, action, title, html`<p>${consequence}</p>`);
}

function reasonDialog(view: EngagementView, action: string, title: string, consequence: string): Html {
  return dialog(
    view,
    action,
    title,
    html`<p>${consequence}</p>
      <label
        >Reason<select name="reason">
          ${REASONS.map((reason) => html`<option>${reason}</option>`)}
        </select></label
      >
      <label>Comment<textarea name="comment" rows="3"></textarea></label>`
  );
}

function editDialog(view: EngagementView): Html {
  const { details } = view.own;
  return dialog(
    view,
    'msft-edit',
    'Edit the deal as Microsoft',
    html`<label
        >Value in ${details.currency}
        <input name="dealValue" type="text" inputmode="decimal" required value="${details.dealValue}" />
      </label>
      <label
        >Closing date
        <input name="closingDateTime" type="date" required value="${dayValue(details.closingDateTime)}" />
      </label>
      <label>Notes<textarea name="notes" rows="5">${details.notes}</textarea></label>`,
    'Save changes'
  );
}
