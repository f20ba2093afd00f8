import { beforeEach, describe, expect, it } from 'vitest';
import { withGate } from '../../../plugin/src/connectors/http/gate.js';
import { withCap } from '../../../plugin/src/connectors/http/in-flight.js';
import { withRetry } from '../../../plugin/src/connectors/http/retry.js';
import { ManualClock } from '../../../plugin/src/ports/clock.js';
import { HttpTransportError } from '../../../plugin/src/ports/http.js';
import type { HttpRequest, HttpResponse } from '../../../plugin/src/ports/http.js';
import { SeededRandom } from '../../../plugin/src/ports/random.js';
import { ScriptedHttp } from '../../support/scripted-http.js';
import type { Answer } from '../../support/scripted-http.js';

const get = { method: 'GET', url: 'https://host.example/x' } as const;
const throttled = (seconds: number): Answer => ({ status: 429, headers: { 'retry-after': String(seconds) } });
const MINUTE = 60_000;

let clock: ManualClock;
beforeEach(() => {
  clock = new ManualClock(0);
});

describe('the gate of a system', () => {
  function gate(...answers: Answer[]) {
    const script = new ScriptedHttp(...answers);
    return { script, http: withGate(script, { system: 'partner-center', label: 'Partner Center', clock }) };
  }

  it('lets other calls wait for a short pause', async () => {
    const { http, script } = gate(throttled(7), { status: 200 });
    expect((await http.request(get)).status).toBe(429);
    expect(http.pausedUntil()).toBe(7_000);
    expect(http.refusal()).toBeUndefined();
    expect((await http.request(get)).status).toBe(200);
    expect([clock.now(), script.requests.length]).toEqual([7_000, 2]);
  });

  it('refuses the call and all others during a long pause, and opens by itself', async () => {
    const { http, script } = gate(throttled(120), { status: 200 });
    const refusal = { code: 'THROTTLED', kind: 'connection', details: { retryAfterMs: 2 * MINUTE, status: 429 } };
    await expect(http.request(get)).rejects.toMatchObject(refusal);
    await expect(http.request(get)).rejects.toMatchObject(refusal);
    expect(http.refusal()).toMatchObject(refusal);
    expect(script.requests).toHaveLength(1);
    clock.advance(2 * MINUTE);
    expect(http.pausedUntil()).toBeUndefined();
    expect((await http.request(get)).status).toBe(200);
  });

  it('believes a quarter of an hour at most', async () => {
    const { http } = gate(throttled(86_400));
    await expect(http.request(get)).rejects.toMatchObject({ details: { retryAfterMs: 15 * MINUTE } });
  });

  it('does not let a call wait for longer than its own time', async () => {
    const { http, script } = gate(throttled(10));
    await http.request(get);
    await expect(http.request({ ...get, notAfter: 9_000 })).rejects.toMatchObject({ code: 'THROTTLED' });
    expect([clock.now(), script.requests.length]).toEqual([0, 1]);
  });

  it('leaves an answer without Retry-After to the repeats of the call', async () => {
    const { http, script } = gate({ status: 429 }, { status: 200 });
    const repeating = withRetry(http, { clock, random: new SeededRandom(1) });
    expect((await repeating.request({ ...get, repeatable: true })).status).toBe(200);
    expect(script.unused()).toBe(0);
  });

  it('refuses streams as well', async () => {
    const { http } = gate(throttled(60));
    await expect(http.stream(get)).rejects.toMatchObject({ code: 'THROTTLED' });
    await expect(http.stream(get)).rejects.toMatchObject({ code: 'THROTTLED' });
  });
});

describe('the time of a call with all its repeats', () => {
  function repeating(totalMs: number, ...answers: Answer[]) {
    const script = new ScriptedHttp(...answers);
    return { script, http: withRetry(script, { clock, random: new SeededRandom(1), totalMs }) };
  }
  const slow = (milliseconds: number, answer: Answer): Answer => {
    return () => {
      clock.advance(milliseconds);
      if (typeof answer === 'function') throw new Error('One answer only.');
      return answer;
    };
  };

  it('is what is left for each attempt', async () => {
    const { http, script } = repeating(20_000, slow(8_000, { status: 503 }), { status: 200 });
    await http.request({ ...get, repeatable: true, timeoutMs: 20_000 });
    expect(script.requests[0]?.timeoutMs).toBe(20_000);
    expect(script.requests[1]?.timeoutMs).toBe(20_000 - clock.now());
    expect(script.requests[1]?.timeoutMs).toBeLessThanOrEqual(12_000);
  });

  it('ends the repeats when no attempt would fit in', async () => {
    const { http, script } = repeating(20_000, slow(19_500, { status: 503 }), { status: 200 });
    expect((await http.request({ ...get, repeatable: true })).status).toBe(503);
    expect(script.unused()).toBe(1);
  });

  it('ends them with the failure when there was no answer', async () => {
    const cut = new HttpTransportError('cut', 'host.example closed the connection.');
    const { http, script } = repeating(20_000, slow(19_500, cut), { status: 200 });
    await expect(http.request({ ...get, repeatable: true })).rejects.toBe(cut);
    expect(script.unused()).toBe(1);
  });

  it('does not count a wait that the server asks for beyond it', async () => {
    const { http } = repeating(5_000, throttled(6));
    expect((await http.request({ ...get, repeatable: true })).status).toBe(429);
    expect(clock.now()).toBe(0);
  });
});

describe('the cap on calls in flight', () => {
  /** Calls that end when the test says so. */
  function capped(width: number) {
    const open: { request: HttpRequest; end: (answer: HttpResponse | Error) => void }[] = [];
    const http = withCap(
      {
        request: (request) =>
          new Promise((resolve, reject) => {
            const end = (answer: HttpResponse | Error): void =>
              answer instanceof Error ? reject(answer) : resolve(answer);
            open.push({ request, end });
          })
      },
      width
    );
    return { open, http };
  }
  const ok: HttpResponse = { status: 200, headers: {}, body: '' };
  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  const numbered = (id: number): HttpRequest => ({ ...get, url: `${get.url}?${id}` });

  it('lets no more calls out than it is wide, first come, first served, also when calls fail', async () => {
    const { open, http } = capped(3);
    const calls = Array.from({ length: 8 }, (_item, id) => http.request(numbered(id)).catch(() => 'failed'));
    await turn();
    expect(open).toHaveLength(3);
    open[1]?.end(new Error('cut'));
    await turn();
    expect(open).toHaveLength(4);
    for (let id = 0; id < 8; id += 1) {
      if (id !== 1) open[id]?.end(ok);
      await turn();
    }
    await Promise.all(calls);
    expect(open.map(({ request }) => request.url.split('?')[1])).toEqual([...'01234567']);
    expect(http.most()).toBe(3);
    expect(http.most()).toBe(0);
  });
});
