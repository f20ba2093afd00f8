import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How the browser came back. */
export interface CameBack {
  code?: string;
  /** OAuth error, for example `access_denied`. */
  error?: string;
}

export interface CodeListener {
  /** For example `http://localhost:41234`; any port of `http://localhost` fits a registered one (Microsoft Entra: redirect URIs). */
  redirectUri: string;
  /** Resolves with the first visit that carries our `state`; others are turned away. */
  cameBack: Promise<CameBack>;
  close(): Promise<void>;
}

const page = (text: string): string =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>Partner Center sign-in</title><p>${text}</p></html>`;

/** Waits on this machine for the browser to come back from the sign-in. */
export async function listenForCode(state: string): Promise<CodeListener> {
  let arrive: (back: CameBack) => void = () => undefined;
  const cameBack = new Promise<CameBack>((resolve) => {
    arrive = resolve;
  });
  const server = createServer((request, response) => {
    const query = new URL(request.url ?? '/', 'http://localhost').searchParams;
    // Another page could send a stranger's code here, and we would work with the stranger's account.
    const ours = query.get('state') === state;
    const [code, error] = [query.get('code') ?? undefined, query.get('error') ?? undefined];
    const known = ours && (code !== undefined || error !== undefined);
    const text = known && code !== undefined ? 'You have signed in.' : 'Nobody was signed in.';
    response.writeHead(known ? 200 : 400, {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'content-security-policy': "default-src 'none'",
      connection: 'close'
    });
    response.end(page(`${text} You may close this window.`));
    if (known) arrive({ ...(code === undefined ? {} : { code }), ...(error === undefined ? {} : { error }) });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    redirectUri: `http://localhost:${(server.address() as AddressInfo).port}`,
    cameBack,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
      })
  };
}
