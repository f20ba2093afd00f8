import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { undiciHttp } from '../../../plugin/src/connectors/http/undici-http.js';
import { systemClock } from '../../../plugin/src/ports/clock.js';

let arrived = 0;
const server = createServer((_request, response) => {
  arrived += 1;
  response.end('done');
});
let url: string;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** A clock that jumps ahead once the request was prepared, as when the process stood still while it connected. */
function jumping(aheadMs: number): { clock: typeof systemClock } {
  let asked = 0;
  return { clock: { ...systemClock, now: () => 1_000_000 + ((asked += 1) > 1 ? aheadMs : 0) } };
}

describe('a request that must not be under way after a moment', () => {
  it('is not sent when the moment is over once there is a connection', async () => {
    const http = undiciHttp(jumping(10_000));
    const sent = http.request({ method: 'POST', url, body: '{}', notAfter: 1_005_000 });
    await expect(sent).rejects.toMatchObject({ name: 'HttpTransportError', kind: 'timeout' });
    expect(arrived).toBe(0);
    await http.close();
  });

  it('is sent and answered when there is time', async () => {
    const http = undiciHttp(jumping(1_000));
    expect(await http.request({ method: 'POST', url, body: '{}', notAfter: 1_005_000 })).toMatchObject({
      status: 200,
      body: 'done'
    });
    expect(arrived).toBe(1);
    await http.close();
  });
});
