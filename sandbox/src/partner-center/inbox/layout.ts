import { PARTNER } from '../core/directory.js';
import type { ServiceResponse } from '../core/transport.js';
import type { Html } from '../http/html.js';
import { html } from '../http/html.js';

/** Own files only; nothing inline, nothing from elsewhere. */
const SECURITY_HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cache-control': 'no-store'
};

const SECTIONS = [
  ['/inbox', 'Inbox'],
  ['/inbox/new', 'New from Microsoft'],
  ['/inbox/webhooks', 'Webhooks']
] as const;

/** @param path the section that the page is of; a deal belongs to the inbox */
export function page(title: string, content: Html, status = 200, path = '/inbox'): ServiceResponse {
  const markup = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} – Partner Center sandbox</title>
        <link rel="icon" href="/inbox/assets/icon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/inbox/assets/base.css" />
        <link rel="stylesheet" href="/inbox/assets/deals.css" />
        <link rel="stylesheet" href="/inbox/assets/deal.css" />
        <script type="module" src="/inbox/assets/inbox.js"></script>
      </head>
      <body>
        <a class="skip" href="#content">Skip to content</a>
        <header class="top">
          <a class="brand" href="/inbox">Partner Center <span class="tag">sandbox</span></a>
          <nav aria-label="Referrals">
            ${SECTIONS.map(
              ([href, name]) => html`<a href="${href}" ${href === path ? html`aria-current="page"` : ''}>${name}</a>`
            )}
          </nav>
          <span class="account">${PARTNER.name}</span>
        </header>
        <main id="content" tabindex="-1">${content}</main>
        <div id="announcer" class="toast" role="status" aria-live="polite"></div>
      </body>
    </html> `;
  return {
    status,
    headers: { ...SECURITY_HEADERS, 'content-type': 'text/html; charset=utf-8' },
    body: String(markup)
  };
}
