import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { undiciHttp } from '../../plugin/src/connectors/http/index.js';
import type { ClosableHttp } from '../../plugin/src/connectors/http/index.js';
import { openSync, serve, silentLog } from '../../plugin/src/service/index.js';
import { settingsOf } from '../../plugin/src/service/settings-of.js';
import { ServiceRig, until } from './support/service-rig.js';

let rig: ServiceRig;

beforeAll(async () => {
  rig = await ServiceRig.start(false);
}, 60_000);
afterAll(() => rig.close());

/** Real HTTP that answers one call to Partner Center with 429. */
function throttledOnce(seconds: number): { http: ClosableHttp; afterwards: () => number } {
  const real = undiciHttp();
  let throttled = false;
  let after = 0;
  const http: ClosableHttp = {
    ...real,
    request: async (request) => {
      if (!request.url.includes('/engagements/referrals')) return real.request(request);
      if (throttled) after += 1;
      else {
        throttled = true;
        return { status: 429, headers: { 'retry-after': String(seconds) }, body: '' };
      }
      return real.request(request);
    }
  };
  return { http, afterwards: () => after };
}

describe('a system that asks for a pause', () => {
  it('gets no call of any worker until then; the summary and the status say so', async () => {
    const { session, ...rest } = rig.input('1s');
    const { http, afterwards } = throttledOnce(600);
    const env = { ...rest.env, COSELL_CHANGE_EVENTS_ENABLED: 'false' };
    const sync = await openSync(settingsOf({ ...rest, env }), session, { env, http });
    const controller = new AbortController();
    let url = '';
    const summaries: (number | undefined)[] = [];
    const served = serve(sync, {
      signal: controller.signal,
      log: silentLog,
      healthPort: 0,
      workers: 3,
      onStart: ({ healthUrl = '' }) => (url = healthUrl),
      onCycle: ({ stopped }) => summaries.push(stopped?.retryAfterMs)
    });
    try {
      await until(() => summaries.length > 0);
      expect(summaries[0]).toBeGreaterThan(590_000);
      const status = (await (await fetch(`${url}/status`)).json()) as Record<string, unknown>;
      expect(status).toMatchObject({ ready: false, lastError: 'THROTTLED' });
      const { 'partner-center': until429 = '' } = status['pausedUntil'] as Record<string, string>;
      expect(Date.parse(until429) - Date.now()).toBeGreaterThan(580_000);
      expect(Date.parse(until429) - Date.now()).toBeLessThanOrEqual(600_000);
      const again = await sync.run();
      expect(again.stopped).toMatchObject({ system: 'partner-center', code: 'THROTTLED' });
      expect(afterwards()).toBe(0);
    } finally {
      controller.abort();
      await served;
      await sync.close();
    }
  }, 30_000);
});
