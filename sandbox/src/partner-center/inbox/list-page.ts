import type { ServiceResponse } from '../core/transport.js';
import type { World } from '../core/world.js';
import type { EngagementView, Kind } from './engagement-view.js';
import { engagements, KINDS, latest } from './engagement-view.js';
import { day, moment, money, pill } from './format.js';
import type { Html } from '../http/html.js';
import { html } from '../http/html.js';
import { page } from './layout.js';

const STATUSES = ['New', 'Active', 'Closed'] as const;

interface Choice {
  status: string;
  kind: string;
  search: string;
}

/** The inbox: every deal of the partner, filtered by status, kind and words. */
export function listPage(world: World, query: URLSearchParams): ServiceResponse {
  const choice: Choice = {
    status: query.get('status') ?? '',
    kind: query.get('kind') ?? '',
    search: (query.get('q') ?? '').trim()
  };
  const all = engagements(world).filter((view) => isKind(view, choice) && isFound(view, choice));
  const shown = all.filter((view) => choice.status === '' || view.own.status === choice.status);
  return page(
    'Referrals inbox',
    html`<h1>Referrals inbox</h1>
      ${tabs(all, choice)} ${filterForm(choice)}
      <section data-live="list" aria-label="Deals">
        <p class="count">${shown.length === 1 ? '1 deal' : `${shown.length} deals`}</p>
        ${shown.length === 0 ? html`<p class="empty">No deal matches. Clear the filters to see all.</p>` : table(shown)}
      </section>`
  );
}

const isKind = (view: EngagementView, choice: Choice): boolean => choice.kind === '' || view.kind === choice.kind;

function isFound({ own }: EngagementView, { search }: Choice): boolean {
  const texts = [own.name, own.customerProfile.name, own.id, own.externalReferenceId];
  return search === '' || texts.some((text) => text?.toLowerCase().includes(search.toLowerCase()));
}

function tabs(views: readonly EngagementView[], choice: Choice): Html {
  const tab = (status: string, label: string, count: number): Html => {
    const query = new URLSearchParams(
      Object.entries({ status, kind: choice.kind, q: choice.search }).filter(([, v]) => v)
    );
    const href = query.size === 0 ? '/inbox' : `/inbox?${query}`;
    return html`<a href="${href}" ${choice.status === status ? html`aria-current="page"` : ''}
      >${label} <span class="badge">${count}</span></a
    >`;
  };
  const count = (status: string): number => views.filter((view) => view.own.status === status).length;
  return html`<nav class="tabs" aria-label="Status" data-live="tabs">
    ${tab('', 'All', views.length)} ${STATUSES.map((status) => tab(status, status, count(status)))}
  </nav>`;
}

function filterForm(choice: Choice): Html {
  const kinds = Object.entries(KINDS) as [Kind, string][];
  return html`<form class="filters" method="get" action="/inbox" role="search" data-filters>
    ${choice.status === '' ? '' : html`<input type="hidden" name="status" value="${choice.status}" />`}
    <label
      >Search
      <input type="search" name="q" value="${choice.search}" placeholder="Deal, customer or identifier" />
    </label>
    <label
      >Kind
      <select name="kind">
        <option value="">All kinds</option>
        ${kinds.map(
          ([kind, label]) =>
            html`<option value="${kind}" ${choice.kind === kind ? html`selected` : ''}>${label}</option>`
        )}
      </select>
    </label>
    <button type="submit">Apply</button>
  </form>`;
}

function table(views: readonly EngagementView[]): Html {
  return html`<table class="deals">
    <thead>
      <tr>
        <th scope="col">Deal</th>
        <th scope="col">Kind</th>
        <th scope="col">Status</th>
        <th scope="col">Microsoft</th>
        <th scope="col" class="number">Value</th>
        <th scope="col">Closing</th>
        <th scope="col">Changed (UTC)</th>
      </tr>
    </thead>
    <tbody>
      ${views.map(row)}
    </tbody>
  </table>`;
}

function row(view: EngagementView): Html {
  const { own, microsoft, kind } = view;
  return html`<tr data-key="${own.id}" data-version="${own.eTag}${microsoft?.eTag}">
    <th scope="row">
      <a href="/inbox/referrals/${own.id}">${own.name}</a>
      <span class="sub">${own.customerProfile.name}</span>
    </th>
    <td data-label="Kind">${KINDS[kind]}</td>
    <td data-label="Status">${pill(own)}</td>
    <td data-label="Microsoft">${microsoft ? pill(microsoft) : html`<span class="quiet">Not invited</span>`}</td>
    <td data-label="Value" class="number">${money(own.details.dealValue, own.details.currency)}</td>
    <td data-label="Closing">${day(own.details.closingDateTime)}</td>
    <td data-label="Changed (UTC)">${moment(`${latest(view)}Z`)}</td>
  </tr>`;
}
