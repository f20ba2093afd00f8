import { describe, expect, it } from 'vitest';
import { withCallCount } from '../../../plugin/src/connectors/http/call-count.js';
import { backoffMs, defaultRetryPolicy, withRetry } from '../../../plugin/src/connectors/http/retry.js';
import { retryAfterMs } from '../../../plugin/src/connectors/http/retry-after.js';
import { ManualClock } from '../../../plugin/src/ports/clock.js';
import { HttpTransportError } from '../../../plugin/src/ports/http.js';
import { SeededRandom } from '../../../plugin/src/ports/random.js';
import { ScriptedHttp } from '../../support/scripted-http.js';
import type { Answer } from '../../support/scripted-http.js';

const get = { method: 'GET', url: 'https://host.example/x' } as const;
const ok = { status: 200 };
const cut = new HttpTransportError('cut', 'host.example closed the connection.');
const aborted = new HttpTransportError('aborted', 'host.example was not waited for.');

function subject(...answers: Answer[]) {
  const script = new ScriptedHttp(...answers);
  const clock = new ManualClock(0);
  const counting = withCallCount(script);
  return { clock, counting, script, http: withRetry(counting, { clock, random: new SeededRandom(7) }) };
}

describe('a request marked repeatable', () => {
  const cases: { name: string; answers: Answer[]; status?: number; error?: string; calls: number }[] = [
    { name: 'is sent once when it succeeds', answers: [ok], status: 200, calls: 1 },
    { name: 'is repeated after 503', answers: [{ status: 503 }, ok], status: 200, calls: 2 },
    { name: 'is repeated after 429 and 500', answers: [{ status: 429 }, { status: 500 }, ok], status: 200, calls: 3 },
    { name: 'is repeated after a cut connection', answers: [cut, ok], status: 200, calls: 2 },
    { name: 'is not repeated after 400', answers: [{ status: 400 }], status: 400, calls: 1 },
    { name: 'is not repeated after 412', answers: [{ status: 412 }], status: 412, calls: 1 },
    { name: 'is not repeated after an abort', answers: [aborted], error: 'aborted', calls: 1 },
    {
      name: 'ends with the last answer when attempts run out',
      answers: [{ status: 503 }, { status: 503 }, { status: 503 }, { status: 504 }],
      status: 504,
      calls: 4
    },
    { name: 'ends with the last failure when attempts run out', answers: [cut, cut, cut, cut], error: 'cut', calls: 4 }
  ];
  it.each(cases)('$name', async ({ answers, status, error, calls }) => {
    const { http, counting, script } = subject(...answers);
    const outcome = http.request({ ...get, repeatable: true });
    if (error) await expect(outcome).rejects.toMatchObject({ kind: error });
    else expect((await outcome).status).toBe(status);
    expect(counting.calls()).toBe(calls);
    expect(script.unused()).toBe(0);
  });

  it('waits at least as long as Retry-After says', async () => {
    const { http, clock } = subject({ status: 429, headers: { 'retry-after': '7' } }, ok);
    await http.request({ ...get, repeatable: true });
    expect(clock.now()).toBeGreaterThanOrEqual(7000);
    expect(clock.now()).toBeLessThanOrEqual(7000 + defaultRetryPolicy.baseMs);
  });

  it('leaves a long Retry-After to the caller', async () => {
    const { http, clock, counting } = subject({ status: 429, headers: { 'retry-after': '600' } });
    expect((await http.request({ ...get, repeatable: true })).status).toBe(429);
    expect([clock.now(), counting.calls()]).toEqual([0, 1]);
  });

  it('stops waiting when it is aborted', async () => {
    const { http } = subject({ status: 503 }, ok);
    const signal = AbortSignal.abort(new Error('stop'));
    await expect(http.request({ ...get, repeatable: true, signal })).rejects.toThrow('stop');
  });
});

describe('a request that is not marked', () => {
  it.each([
    { name: '503', answer: { status: 503 } },
    { name: '429', answer: { status: 429 } }
  ])('is sent once, whatever comes back: $name', async ({ answer }) => {
    const { http, counting } = subject(answer, ok);
    expect((await http.request(get)).status).toBe(answer.status);
    expect(counting.calls()).toBe(1);
  });

  it('is sent once when the connection is cut', async () => {
    const { http, counting } = subject(cut, ok);
    await expect(http.request(get)).rejects.toMatchObject({ kind: 'cut' });
    expect(counting.calls()).toBe(1);
  });
});

describe('back-off', () => {
  it('stays below an exponential bound and the cap, and differs between clients', () => {
    const waits = [1, 2, 3, 4, 10].map((attempt) => backoffMs(defaultRetryPolicy, attempt, new SeededRandom(attempt)));
    waits.forEach((wait, index) => {
      const attempt = [1, 2, 3, 4, 10][index] as number;
      expect(wait).toBeLessThanOrEqual(Math.min(10_000, 300 * 2 ** (attempt - 1)));
    });
    expect(backoffMs(defaultRetryPolicy, 5, new SeededRandom(1))).not.toBe(
      backoffMs(defaultRetryPolicy, 5, new SeededRandom(2))
    );
  });
});

describe('Retry-After', () => {
  const now = Date.UTC(2026, 0, 5, 9);
  it.each([
    ['12', 12_000],
    ['0', 0],
    ['1.5', 1500],
    ['Mon, 05 Jan 2026 09:00:30 GMT', 30_000],
    ['Mon, 05 Jan 2026 08:00:00 GMT', 0],
    ['soon', undefined],
    ['', undefined]
  ])('%s', (text, expected) => {
    expect(retryAfterMs({ 'retry-after': text }, now)).toBe(expected);
  });
});
