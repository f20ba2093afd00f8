import type { ServerResponse } from 'node:http';
import type { PageUser, SignIn } from './sign-in.js';

/** A page of another system, in the navigation bar. */
export interface PageLink {
  label: string;
  url: string;
}

/** The one HTML document; the browser part renders whatever the address asks for. */
export async function pageDocument(
  response: ServerResponse,
  signIn: SignIn,
  user: PageUser,
  links: readonly PageLink[]
): Promise<void> {
  const { username, displayName } = user;
  const settings = await signIn.settingsOf(user);
  const bootstrap = {
    user: { ...settings, username, displayName },
    users: signIn.choices,
    apiVersion: '66.0',
    links
  };
  response
    .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
    .end(html(settings.language, JSON.stringify(bootstrap)));
}

/** A data block is not executed, so the content security policy allows it; `<` is escaped so that it cannot end the block. */
function html(language: string, bootstrap: string): string {
  return `<!doctype html>
<html lang="${language.replaceAll('_', '-')}">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Salesforce</title>
    <link rel="icon" href="/slds/images/logo-noname.svg" />
    <link rel="stylesheet" href="/slds/styles/salesforce-lightning-design-system.min.css" />
    <link rel="stylesheet" href="/page.css" />
    <script type="application/json" id="bootstrap">${bootstrap.replaceAll('<', '\\u003c')}</script>
    <script type="module" src="/page.js"></script>
  </head>
  <body class="slds-scope">
    <div id="app"></div>
  </body>
</html>
`;
}
