import type { ServiceResponse } from '../../partner-center/core/transport.js';
import type { Html } from '../../partner-center/http/html.js';
import { html } from '../../partner-center/http/html.js';

/** Own files only; no scripts at all. */
const SECURITY_HEADERS = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'self'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cache-control': 'no-store'
};

const SECTIONS = [
  ['/bc/orders', 'Sales orders'],
  ['/bc/customers', 'Customers'],
  ['/bc/items', 'Items'],
  ['/bc/purchases', 'Purchase orders']
] as const;

export interface PageContent {
  title: string;
  path: string;
  /** What the last action did, or why it was refused. */
  message?: { text: string; refused: boolean };
  content: Html;
}

/** A page of the stand-in: works with the keyboard and without scripts. */
export function page({ title, path, message, content }: PageContent, status = 200): ServiceResponse {
  const links = SECTIONS.map(
    ([href, name]) => html`<a href="${href}" ${href === path ? html`aria-current="page"` : ''}>${name}</a>`
  );
  const markup = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} – Business Central sandbox</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/bc/assets/pages.css" />
      </head>
      <body>
        <a class="skip" href="#content">Skip to content</a>
        <header>
          <span class="brand">Business Central <span class="tag">sandbox</span></span>
          <nav aria-label="Lists">${links}</nav>
        </header>
        <main id="content" tabindex="-1">
          <h1>${title}</h1>
          ${message && html`<p class="${message.refused ? 'refused' : 'done'}" role="status">${message.text}</p>`}
          ${content}
        </main>
      </body>
    </html> `;
  return {
    status,
    headers: { ...SECURITY_HEADERS, 'content-type': 'text/html; charset=utf-8' },
    body: String(markup)
  };
}

/** A table whose rows become cards on a narrow screen; in between it scrolls by itself, reachable with the keyboard. `figures` names columns of numbers, which end at the right. */
export function table(
  caption: string,
  heads: readonly string[],
  rows: readonly (readonly (Html | string)[])[],
  figures: readonly string[] = []
): Html {
  const classOf = (name = ''): Html | '' => (figures.includes(name) ? html`class="figure"` : '');
  const head = heads.map((name) => html`<th scope="col" ${classOf(name)}>${name}</th>`);
  const body = rows.map(
    (cells) =>
      html`<tr>
        ${cells.map((cell, index) => html`<td data-label="${heads[index] ?? ''}" ${classOf(heads[index])}>${cell}</td>`)}
      </tr>`
  );
  return html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0">
    <table>
      <thead>
        <tr>
          ${head}
        </tr>
      </thead>
      <tbody>
        ${body}
      </tbody>
    </table>
  </div>`;
}

/** A button that acts on one row; its label names the row for those who hear it. */
export function actionButton(action: string, id: string, label: string, of: string): Html {
  return html`<form method="post" action="/bc/actions/${action}">
    <input type="hidden" name="id" value="${id}" />
    <button type="submit" aria-label="${label}: ${of}">${label}</button>
  </form>`;
}
