import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { streamChanges } from './change-stream.js';
import type { ChangeSource } from './change-stream.js';
import { pageDocument } from './document.js';
import type { PageLink } from './document.js';
import { Refusal, refuseForeignRequests, sendError, setSecurityHeaders } from './guard.js';
import { forward } from './proxy.js';
import { SignIn } from './sign-in.js';
import type { PageUser } from './sign-in.js';
import { serveStatic } from './static-files.js';

export interface RecordPageOptions {
  /** 0 takes a free port. */
  port: number;
  /** @default 127.0.0.1 */
  host?: string;
  /** Where the Salesforce stand-in listens, for example `http://127.0.0.1:7410`. */
  salesforceUrl: string;
  /** Users the page can act as; the first is signed in at first. */
  users: readonly PageUser[];
  /** What `npm run build:page` wrote. */
  buildDir: string;
  /** Change events for `lightning/empApi`; without them subscribing fails, as in an org that publishes none. */
  changes?: ChangeSource;
  /** Pages of other systems, for the navigation bar. */
  links?: readonly PageLink[];
}

export interface RecordPage {
  url: string;
  close(): Promise<void>;
}

/** Serves the record page: its bundle, the addresses of Lightning Experience, and the API of the org under the same origin. */
export async function startRecordPage(options: RecordPageOptions): Promise<RecordPage> {
  const signIn = new SignIn(options.users, options.salesforceUrl);
  const server = createServer((request, response) => {
    handle(request, response, options, signIn).catch((error: unknown) => sendError(response, error));
  });
  const host = options.host ?? '127.0.0.1';
  await listen(server, options.port, host);
  const { port } = server.address() as AddressInfo;
  return { url: `http://${host}:${port}`, close: () => close(server) };
}

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  options: RecordPageOptions,
  signIn: SignIn
): Promise<void> {
  setSecurityHeaders(response);
  refuseForeignRequests(request);
  const url = new URL(request.url ?? '/', 'http://page');
  const user = signIn.userOf(request);
  if (url.pathname.startsWith('/services/data/'))
    await forward(request, response, options.salesforceUrl, user.accessToken);
  else if (url.pathname === '/session') await signIn.change(request, response);
  else if (url.pathname === '/events') await streamChanges(request, response, { url, user, ...options });
  else if (request.method !== 'GET' && request.method !== 'HEAD')
    throw new Refusal(405, 'METHOD_NOT_ALLOWED', 'Only GET.');
  else if (url.pathname === '/') response.writeHead(302, { location: '/lightning/o/Opportunity/list' }).end();
  else if (url.pathname.startsWith('/lightning/')) await pageDocument(response, signIn, user, options.links ?? []);
  else await serveStatic(url.pathname, request.headers['if-none-match'], response, options.buildDir);
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** Event streams and keep-alive connections would keep the server open, so they are cut. */
function close(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
    server.closeAllConnections();
  });
}
