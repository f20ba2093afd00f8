import { describe, expect, it } from 'vitest';
import { collect, compositeAnswer, rows, salesforce } from '../../../support/salesforce-answers.js';
import type { Answer } from '../../../support/scripted-http.js';

const cursor = '2026-01-05T08:00:00.000Z';
const key = '006000000000001AAA';
const limits = (usage: string): Record<string, string> => ({
  date: 'Mon, 05 Jan 2026 09:00:30 GMT',
  'sforce-limit-info': `api-usage=${usage}`
});
/** A read that finds nothing and tells this usage. */
const read = (usage: string): Answer => {
  const answer = compositeAnswer(() => rows()) as (request: unknown) => object;
  return (request) => ({ ...answer(request), headers: limits(usage) });
};
const exceeded = (message: string): Answer => ({
  status: 403,
  json: [{ errorCode: 'REQUEST_LIMIT_EXCEEDED', message }]
});

describe('the API budget', () => {
  it('refuses before sending once the reserve is reached, and says when calls may resume', async () => {
    const { connector, http } = salesforce({}, {}, read('13500/15000'));
    await connector.read([{ key }]);
    const sent = connector.calls();
    await expect(connector.read([{ key }])).rejects.toMatchObject({
      kind: 'connection',
      code: 'API_BUDGET_EXHAUSTED',
      message: expect.stringMatching(/13500 of 15000 .* about 2026-01-05T09:15/),
      nextSteps: [expect.stringContaining('Wait'), expect.stringContaining('salesforce.budget.share')],
      details: { retryAfterMs: 900_000 }
    });
    expect([connector.calls(), http.unused()]).toEqual([sent, 0]);
    expect(connector.budget()).toMatchObject({
      used: 13500,
      ceiling: 13500,
      state: 'exhausted',
      resumesAt: '2026-01-05T09:15:00.000Z'
    });
  });

  it('asks again after the wait, and goes on when the org has calls again', async () => {
    const { connector, clock } = salesforce({}, {}, read('13500/15000'), read('13000/15000'));
    await connector.read([{ key }]);
    clock.advance(connector.budget() ? 900_000 : 0);
    await connector.read([{ key }]);
    expect(connector.budget()).toMatchObject({ used: 13000, resumesAt: expect.any(String), state: 'pollingPaused' });
  });

  it('stops polling first: the feed keeps still while reads and writes go on', async () => {
    const { connector, http } = salesforce({}, {}, read('11000/15000'), read('11001/15000'));
    await connector.read([{ key }]);
    expect(await collect(connector.changes(cursor))).toEqual([]);
    expect(await collect(connector.changes(undefined))).toEqual([]);
    expect(connector.budget()?.state).toBe('pollingPaused');
    await connector.read([{ key }]);
    expect(http.unused()).toBe(0);
  });

  it('counts our own calls against our share', async () => {
    const options = { budget: { share: 0.0002 } };
    const { connector } = salesforce({}, options, read('20/15000'), read('21/15000'));
    await connector.read([{ key }]);
    await connector.read([{ key }]);
    expect(connector.budget()).toMatchObject({ ownCalls: 3, ownLimit: 3, state: 'exhausted' });
    await expect(connector.read([{ key }])).rejects.toMatchObject({
      code: 'API_BUDGET_EXHAUSTED',
      details: { retryAfterMs: 24 * 3_600_000 + 600_000 }
    });
  });

  it('counts repeats: an attempt beyond the mark is not sent', async () => {
    const options = { budget: { share: 0.0002 } };
    const busy = { status: 503, headers: limits('20/15000') };
    const { connector, http } = salesforce({}, options, busy, busy, busy);
    await expect(connector.read([{ key }])).rejects.toMatchObject({ code: 'API_BUDGET_EXHAUSTED' });
    expect(http.unused()).toBe(1);
  });

  it('takes a refusal of the org as its last word, and gives it the time it does not name', async () => {
    const { connector, http } = salesforce({}, {}, exceeded('TotalRequests Limit exceeded.'));
    await connector.shape();
    await expect(connector.read([{ key }])).rejects.toMatchObject({
      code: 'REQUEST_LIMIT_EXCEEDED',
      kind: 'connection',
      details: { retryAfterMs: expect.any(Number) }
    });
    await expect(connector.read([{ key }])).rejects.toMatchObject({ code: 'API_BUDGET_EXHAUSTED' });
    expect([http.unused(), http.requests.length]).toEqual([0, 2]);
  });

  it('takes too many long calls at once for what it is: it passes', async () => {
    const { connector } = salesforce({}, {}, exceeded('ConcurrentRequests Limit exceeded.'), read('20/15000'));
    await expect(connector.read([{ key }])).rejects.toMatchObject({ kind: 'retryable' });
    expect((await connector.read([{ key }])).size).toBe(0);
  });
});
