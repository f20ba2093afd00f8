import type { ServiceResponse } from '../core/transport.js';
import type { World } from '../core/world.js';
import type { Member, Referral, Solution } from '../referrals/resource.js';
import { actions } from './actions-panel.js';
import type { EngagementView } from './engagement-view.js';
import { engagementOf, KINDS } from './engagement-view.js';
import { day, moment, money, pill, words } from './format.js';
import { historyPanel } from './history-panel.js';
import type { Html } from '../http/html.js';
import { html } from '../http/html.js';
import { page } from './layout.js';
import { facts, panel } from './panel.js';

/** One deal: what was agreed, who takes part, both referrals, and what happened. */
export function detailPage(world: World, id: string): ServiceResponse {
  const view = engagementOf(world, id);
  if (!view) {
    const missing = html`<h1>Referral not found</h1>
      <p>The inbox has no referral ${id}. <a href="/inbox">Back to the inbox</a></p>`;
    return page('Referral not found', missing, 404);
  }
  const { own } = view;
  return page(
    own.name ?? 'Deal',
    html`<nav class="crumbs" aria-label="Breadcrumb"><a href="/inbox">Referrals inbox</a></nav>
      <div data-live="deal">
        <div class="head">
          <div>
            <h1>${own.name}</h1>
            <p class="sub">${own.customerProfile.name} · ${KINDS[view.kind]}</p>
          </div>
          ${pill(own)}
        </div>
        ${actions(view)}
        <div class="columns">
          <div>
            ${dealPanel(own)} ${peoplePanel(own)} ${historyPanel(world.store.history(own.engagementId ?? ''), view)}
          </div>
          <div>${sharingPanel(view)} ${referralsPanel(view)}</div>
        </div>
      </div>`
  );
}

function dealPanel({
  details,
  customerProfile,
  salesStage,
  statusReason,
  campaignId,
  referralProgram
}: Referral): Html {
  const { address } = customerProfile;
  const place = [
    address.addressLine1,
    address.addressLine2,
    address.postalCode,
    address.city,
    address.state,
    address.country
  ];
  return panel(
    'Deal',
    html`${facts([
        ['Value', html`<strong>${money(details.dealValue, details.currency)}</strong>`],
        ['Closing date', day(details.closingDateTime)],
        ['Sales stage', salesStage],
        ['Reason', statusReason],
        ['Customer', customerProfile.name],
        ['Address', place.filter(Boolean).join(', ')],
        ['Referral program', referralProgram],
        ['Campaign', campaignId],
        ['Notes', details.notes === null ? null : html`<span class="notes">${details.notes}</span>`]
      ])}
      <h3>Solutions</h3>
      ${solutionList(details.requirements.solutions)}`
  );
}

function solutionList(solutions: readonly Solution[]): Html {
  if (solutions.length === 0) return html`<p class="quiet">None yet.</p>`;
  return html`<ul class="plain">
    ${solutions.map(
      ({ id, name, publisherName, solutionType }) =>
        html`<li>
          ${name ?? id}
          <span class="sub">${[publisherName, solutionType, id].filter(Boolean).join(' · ')}</span>
        </li>`
    )}
  </ul>`;
}

function people(members: readonly Member[], nobody: string): Html {
  if (members.length === 0) return html`<p class="quiet">${nobody}</p>`;
  return html`<ul class="plain">
    ${members.map(
      ({ firstName, lastName, email, phoneNumber }) =>
        html`<li>
          ${firstName} ${lastName}
          <span class="sub"><a href="mailto:${email}">${email}</a> · ${phoneNumber}</span>
        </li>`
    )}
  </ul>`;
}

function peoplePanel({ customerProfile, team }: Referral): Html {
  return panel(
    'People',
    html`<h3>Customer contacts</h3>
      ${people(customerProfile.team, 'No contact given.')}
      <h3>Partner team</h3>
      ${people(team, 'Nobody assigned.')}`
  );
}

const yesNo = (flag: boolean | null): string => (flag ? 'Yes' : 'No');

function sharingPanel({ own, microsoft }: EngagementView): Html {
  const { consent } = own;
  return panel(
    'Sharing with Microsoft',
    facts([
      ['Help asked', words(microsoft?.inviteContext?.assistanceRequestCode)],
      ['Note to Microsoft', microsoft?.inviteContext?.notes ?? null],
      ['Visible to Microsoft sellers', yesNo(consent.consentToShareReferralWithMicrosoftSellers)],
      ['Customer may be contacted', yesNo(consent.consentToContact)],
      ['Contact details may be shared', yesNo(consent.consentToToShareInfoWithOthers)],
      ['Microsoft CRM identifier', own.trackingInfo?.microsoftMsxId ?? microsoft?.trackingInfo?.microsoftMsxId ?? null]
    ])
  );
}

function referralsPanel({ own, microsoft }: EngagementView): Html {
  return panel(
    'Referrals of the engagement',
    html`${referralCard(own)} ${microsoft ? referralCard(microsoft) : ''}
    ${facts([['Engagement', html`<code>${own.engagementId}</code>`]])}`
  );
}

function referralCard(referral: Referral): Html {
  return html`<article class="card">
    <h3>${referral.organizationName} ${pill(referral)}</h3>
    ${facts(
      [
        ['Referral', html`<code>${referral.id}</code>`],
        ['External reference', referral.externalReferenceId && html`<code>${referral.externalReferenceId}</code>`],
        ['Created', moment(referral.createdDateTime)],
        ['Changed', moment(referral.updatedDateTime)],
        ['Expires', referral.status === 'New' ? moment(referral.expirationDateTime) : null],
        ['Last changed via', referral.lastModifiedVia && html`<code>${referral.lastModifiedVia}</code>`],
        ['Reason', referral.statusReason]
      ],
      true
    )}
  </article>`;
}
