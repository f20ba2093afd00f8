import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Org } from '../../../../sandbox/src/salesforce/core/contract.js';
import { ApiError, type ApiRequest, type ApiResponse } from '../../../../sandbox/src/salesforce/core/transport.js';
import { metadataRoutes } from '../../../../sandbox/src/salesforce/metadata/index.js';

/** Puts the Metadata API of an organization on loopback, for clients that need a socket. */
export async function serve(org: Org): Promise<{ url: string; stop(): Promise<void> }> {
  const server: Server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const url = new URL(incoming.url ?? '/', 'http://localhost');
      const headers = Object.fromEntries(
        Object.entries(incoming.headers).map(([name, value]) => [name, String(value)])
      );
      const method = incoming.method as ApiRequest['method'];
      const request = { method, path: url.pathname, query: url.searchParams, headers, body: Buffer.concat(chunks) };
      void call(org, request).then(({ status, headers: answered = {}, body = '' }) => {
        const raw = typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
        outgoing.writeHead(status, { 'content-type': 'application/json', ...answered }).end(raw);
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      })
  };
}

/** One call as the dispatcher makes it. */
export async function call(org: Org, request: ApiRequest): Promise<ApiResponse> {
  if (request.path === '/services/data') return { status: 200, body: [{ version: '66.0', label: '', url: '' }] };
  for (const route of metadataRoutes) {
    const match = route.method === request.method ? route.pattern.exec(request.path) : null;
    if (!match) continue;
    try {
      const token = (request.headers['authorization'] ?? '').replace(/^(Bearer|OAuth) /, '');
      const session = route.auth === 'none' ? nobody : org.session(token);
      return await route.handle({ org, request, params: match.slice(1), session });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return { status: error.status, body: [{ errorCode: error.errorCode, message: error.message }] };
    }
  }
  return { status: 404, body: [{ errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' }] };
}

const nobody = { userId: '', username: '', admin: false, clientId: '' };
