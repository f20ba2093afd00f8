import { createServer } from 'node:http';
import type { Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { withCallCount } from '../../../plugin/src/connectors/http/call-count.js';
import { openStream, textOf } from '../../../plugin/src/connectors/http/streaming.js';
import { undiciHttp } from '../../../plugin/src/connectors/http/undici-http.js';
import type { ClosableHttp } from '../../../plugin/src/connectors/http/undici-http.js';
import type { HttpClient } from '../../../plugin/src/ports/http.js';

let server: Server | undefined;
let http: ClosableHttp | undefined;
afterEach(async () => {
  server?.closeAllConnections();
  server?.close();
  await http?.close();
  [server, http] = [undefined, undefined];
});

async function serving(
  answer: (response: ServerResponse) => void,
  connections = 4
): Promise<{ url: string; client: ClosableHttp }> {
  const running = createServer((_request, response) => answer(response));
  server = running;
  await new Promise<void>((resolve) => running.listen(0, '127.0.0.1', resolve));
  http = undiciHttp({ connections });
  return { url: `http://127.0.0.1:${(running.address() as AddressInfo).port}/x`, client: http };
}

describe('a streamed answer', () => {
  it('keeps characters whole that arrive in two pieces', async () => {
    const bytes = Buffer.from('é😀');
    const { url, client } = await serving((response) => {
      response.writeHead(200, { 'X-Head': 'a' });
      response.write(bytes.subarray(0, 3));
      setTimeout(() => response.end(bytes.subarray(3)), 20);
    });
    const { status, headers, body } = await openStream(client, { method: 'GET', url });
    expect([status, headers['x-head'], await textOf(body)]).toEqual([200, 'a', 'é😀']);
  });

  it.each([
    { name: 'cut', timeoutMs: 5000, end: (response: ServerResponse) => void response.destroy() },
    { name: 'timeout', timeoutMs: 500, end: () => undefined }
  ])('says when it ended too early: $name', async ({ name, timeoutMs, end }) => {
    const { url, client } = await serving((response) => {
      response.writeHead(200, { 'content-length': 100 });
      response.write('abc', () => setTimeout(() => end(response), 20));
    });
    const { body } = await openStream(client, { method: 'GET', url, timeoutMs });
    await expect(textOf(body)).rejects.toMatchObject({ name: 'HttpTransportError', kind: name });
  });

  it('frees its connection when it is left half way', async () => {
    const { url, client } = await serving((response) => {
      response.writeHead(200);
      response.write('x'.repeat(1_000_000));
    }, 1);
    for (let round = 0; round < 3; round += 1) {
      const { body } = await openStream(client, { method: 'GET', url, timeoutMs: 2000 });
      for await (const piece of body) {
        expect(piece.length).toBeGreaterThan(0);
        break;
      }
    }
  });

  it('is the whole answer of a client that cannot stream, and counts as a call', async () => {
    const plain: HttpClient = { request: () => Promise.resolve({ status: 200, headers: {}, body: 'all' }) };
    const counting = withCallCount(plain);
    expect(await textOf((await openStream(plain, { method: 'GET', url: 'https://x.example' })).body)).toBe('all');
    expect(await textOf((await counting.stream({ method: 'GET', url: 'https://x.example' })).body)).toBe('all');
    expect(counting.calls()).toBe(1);
  });
});
