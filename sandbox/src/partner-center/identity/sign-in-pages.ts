import { users } from '../core/directory.js';
import type { ServiceResponse } from '../core/transport.js';
import type { Html } from '../http/html.js';
import { html } from '../http/html.js';

/** A page of the sign-in service. `target` is where the answered form may lead besides this service. */
function signInPage(title: string, content: Html, target = '', status = 200): ServiceResponse {
  const markup = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} – Microsoft Entra ID sandbox</title>
        <link rel="icon" href="/inbox/assets/icon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/inbox/assets/base.css" />
        <link rel="stylesheet" href="/inbox/assets/deal.css" />
      </head>
      <body>
        <main class="sign-in">
          <section class="panel">
            <h1>${title}</h1>
            ${content}
          </section>
        </main>
      </body>
    </html>`;
  return {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'content-security-policy': `default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'self' ${target}`
    },
    body: String(markup)
  };
}

/** Who signs in, and with which proof. */
function choices(): Html {
  return html`<label
      >Sign in as
      <select name="user">
        ${users.map(
          ({ upn, firstName, lastName, roles }) =>
            html`<option value="${upn}">${firstName} ${lastName} (${roles[0] ?? 'no referrals role'})</option>`
        )}
      </select>
    </label>
    <label class="radio"><input type="radio" name="mfa" value="yes" checked /> With multi-factor authentication</label>
    <label class="radio"><input type="radio" name="mfa" value="no" /> With a password only</label>
    <div class="buttons">
      <button type="submit" name="decision" value="no">Cancel</button>
      <button type="submit" name="decision" value="yes" class="primary">Accept</button>
    </div>`;
}

/** The page of the authorization-code flow; the query of the request travels along. */
export function authorizePage(query: URLSearchParams, redirectUri: string): ServiceResponse {
  const { origin } = new URL(redirectUri);
  return signInPage(
    'Permissions requested',
    html`<p>
        The application <code>${query.get('client_id')}</code> wants to work with referrals in Partner Center as you.
      </p>
      <form method="post">
        ${[...query].map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)} ${choices()}
      </form>`,
    origin
  );
}

/** The page on which a person types the code that a device shows. */
export function devicePage(userCode: string, problem?: string): ServiceResponse {
  return signInPage(
    'Enter code',
    html`<p>Enter the code that your application shows.</p>
      ${problem === undefined ? '' : html`<p class="failure" role="alert">${problem}</p>`}
      <form method="post" action="/devicelogin">
        <label
          >Code
          <input name="user_code" required autocomplete="off" maxlength="9" value="${userCode}" />
        </label>
        ${choices()}
      </form>`,
    '',
    problem === undefined ? 200 : 400
  );
}

export function deviceDonePage(accepted: boolean): ServiceResponse {
  const text = accepted ? 'You have signed in. You may close this window.' : 'You have declined the sign-in.';
  return signInPage(accepted ? 'Signed in' : 'Declined', html`<p role="status">${text}</p>`);
}
