import type { EngagementView } from './engagement-view.js';
import { dayValue } from './format.js';
import type { Html } from '../http/html.js';
import { html } from '../http/html.js';

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

/** One thing a person can do with a deal; shown only while it may be done. */
interface Action {
  name: string;
  side: 'microsoft' | 'partner';
  label: string;
  primary?: boolean;
  offered: (view: EngagementView) => boolean;
  dialog: (view: EngagementView, name: string) => Html;
}

const isWaiting = ({ microsoft }: EngagementView): boolean => microsoft?.status === 'New';
const isOpen = ({ own }: EngagementView): boolean => own.status !== 'Closed';
const isNew = ({ own }: EngagementView): boolean => own.status === 'New';
const isActive = ({ own }: EngagementView): boolean => own.status === 'Active';

const confirm =
  (title: string, consequence: string): Action['dialog'] =>
  (view, name) =>
    dialog(view, name, title, html`<p>${consequence}</p>`);

const FINAL = 'A closed deal cannot be changed any more.';

const ACTIONS: readonly Action[] = [
  {
    name: 'msft-accept',
    side: 'microsoft',
    label: 'Accept',
    primary: true,
    offered: isWaiting,
    dialog: confirm('Accept as Microsoft', 'A seller joins and the deal gets a number in Microsoft’s CRM.')
  },
  {
    name: 'msft-decline',
    side: 'microsoft',
    label: 'Decline',
    offered: isWaiting,
    dialog: withReason('Decline as Microsoft', 'The partner’s deal goes on without Microsoft.')
  },
  { name: 'msft-edit', side: 'microsoft', label: 'Edit value, date or notes', offered: isOpen, dialog: editDialog },
  {
    name: 'partner-accept',
    side: 'partner',
    label: 'Accept',
    primary: true,
    offered: isNew,
    dialog: confirm('Accept the referral', 'The referral becomes an active deal.')
  },
  {
    name: 'partner-decline',
    side: 'partner',
    label: 'Decline',
    offered: isNew,
    dialog: withReason('Decline the referral', FINAL)
  },
  {
    name: 'partner-won',
    side: 'partner',
    label: 'Mark as won',
    offered: isActive,
    dialog: confirm('Mark the deal as won', FINAL)
  },
  {
    name: 'partner-lost',
    side: 'partner',
    label: 'Mark as lost',
    offered: isActive,
    dialog: withReason('Mark the deal as lost', FINAL)
  }
];

/** Buttons for what may be done now, each opening its dialog. */
export function actions(view: EngagementView): Html {
  const offered = ACTIONS.filter((action) => action.offered(view));
  const side = (name: Action['side']): readonly Action[] => offered.filter((action) => action.side === name);
  return html`<div class="actions">
    ${group('Act as Microsoft', side('microsoft'))} ${group(`Act as ${view.own.organizationName}`, side('partner'))}
    ${offered.length > 0 ? '' : html`<p class="quiet">The deal is closed. Nothing can be changed any more.</p>`}
    ${offered.map((action) => action.dialog(view, action.name))}
  </div>`;
}

function group(title: string, offered: readonly Action[]): Html | '' {
  if (offered.length === 0) return '';
  return html`<div class="group" role="group" aria-label="${title}">
    <span>${title}</span>
    ${offered.map(
      ({ name, label, primary }) =>
        html`<button type="button" data-open="${name}" ${primary ? html`class="primary"` : ''}>${label}</button>`
    )}
  </div>`;
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

function withReason(title: string, consequence: string): Action['dialog'] {
  return (view, name) =>
    dialog(
      view,
      name,
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

function editDialog(view: EngagementView, name: string): Html {
  const { details } = view.own;
  return dialog(
    view,
    name,
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
