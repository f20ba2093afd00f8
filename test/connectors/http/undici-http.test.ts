import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { undiciHttp } from '../../../plugin/src/connectors/http/undici-http.js';
import type { ClosableHttp } from '../../../plugin/src/connectors/http/undici-http.js';

const open: { close(): Promise<unknown> }[] = [];

afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

async function serve(listener: RequestListener): Promise<string> {
  const server: Server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push({
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      })
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function client(): ClosableHttp {
  const http = undiciHttp();
  open.push(http);
  return http;
}

describe('undiciHttp', () => {
  it('sends method, headers and body and gives back status, lower-case headers and text', async () => {
    const seen: unknown[] = [];
    const url = await serve((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        seen.push(request.method, request.headers['x-one'], request.headers['user-agent'], body);
        response.writeHead(201, { 'Set-Cookie': ['a=1', 'b=2'], 'X-Two': 'zwei' }).end('gründlich');
      });
    });
    const answer = await client().request({
      method: 'PATCH',
      url: `${url}/p`,
      headers: { 'x-one': '1' },
      body: '{"ä":1}'
    });
    expect(seen).toEqual(['PATCH', '1', 'sf-plugin-cosell', '{"ä":1}']);
    expect(answer).toMatchObject({ status: 201, body: 'gründlich' });
    expect(answer.headers).toMatchObject({ 'set-cookie': 'a=1, b=2', 'x-two': 'zwei' });
  });

  it('returns error statuses and redirects as answers', async () => {
    const url = await serve((request, response) => {
      response.writeHead(request.url === '/r' ? 302 : 503, { location: 'http://127.0.0.1:1/' }).end();
    });
    const http = client();
    expect((await http.request({ method: 'GET', url: `${url}/x` })).status).toBe(503);
    expect((await http.request({ method: 'GET', url: `${url}/r` })).status).toBe(302);
  });

  it('keeps its sockets between calls', async () => {
    const ports = new Set<number | undefined>();
    const url = await serve((request, response) => {
      ports.add(request.socket.remotePort);
      response.end('x');
    });
    const http = client();
    for (let call = 0; call < 20; call += 1) await http.request({ method: 'GET', url });
    // A second one may be opened while the first answer is still being put away.
    expect(ports.size).toBeLessThanOrEqual(2);
  });

  it.each([
    { name: 'refused', listener: undefined, request: {} },
    { name: 'cut', listener: ((request) => request.socket.destroy()) as RequestListener, request: {} },
    {
      name: 'cut',
      listener: ((request, response) => {
        response.writeHead(200, { 'content-length': '100' });
        response.write('half', () => request.socket.destroy());
      }) as RequestListener,
      request: {}
    },
    { name: 'timeout', listener: (() => undefined) as RequestListener, request: { timeoutMs: 50 } },
    { name: 'aborted', listener: (() => undefined) as RequestListener, request: { signal: AbortSignal.abort() } }
  ])(
    'throws a transport error of kind $name, without path or body in its message',
    async ({ name, listener, request }) => {
      const url = listener ? await serve(listener) : 'http://127.0.0.1:9';
      const outcome = client().request({ method: 'POST', url: `${url}/secret?q=secret`, body: 'secret', ...request });
      await expect(outcome).rejects.toMatchObject({ name: 'HttpTransportError', kind: name });
      await expect(outcome).rejects.not.toThrow('secret');
    }
  );
});
