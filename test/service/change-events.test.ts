import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { admin } from '../support/salesforce-org.js';
import type { Serving } from './support/service-rig.js';
import { ServiceRig, until } from './support/service-rig.js';

const HOUR = 3_600_000;
const DEALS = '/data/OpportunityChangeEvent';

let rig: ServiceRig;
const serving = new Set<Serving>();
async function serve(...input: Parameters<ServiceRig['serve']>): Promise<Serving> {
  const started = await rig.serve(...input);
  serving.add(started);
  return started;
}
async function stop(running: Serving): Promise<void> {
  serving.delete(running);
  await running.stop();
}
afterEach(() => Promise.all([...serving].map(stop)));

describe('the service with change events and a poll interval of a minute', () => {
  beforeAll(async () => {
    rig = await ServiceRig.start();
  }, 60_000);
  afterAll(() => rig.close());

  it('looks at once when a rep shares a deal, and not because of its own writes', async () => {
    const running = await serve('60s');
    await running.ready();
    const id = await rig.deal('At once');
    await running.quiet(2_100);
    await rig.toggle(id);
    const took = await until(() => rig.synced(id));
    expect(took).toBeLessThan(5_000);
    const cycles = await running.quiet(2_100);
    // The look that shared it, and at most one more for an event that came while it ran.
    const { changeEvents } = await running.status();
    expect(changeEvents?.own).toBeGreaterThan(0);
    const before = changeEvents?.received ?? 0;
    rig.salesforce.org.data.update(
      { ...rig.salesforce.org.sessionFor(admin), changeOrigin: 'com/salesforce/api/rest/66.0;client=sf-plugin-cosell' },
      'Opportunity',
      id,
      { NextStep: 'ours' }
    );
    await until(async () => ((await running.status()).changeEvents?.received ?? 0) > before);
    expect(await running.quiet(2_100)).toBe(cycles);
  }, 30_000);

  it.each([
    ['a gap', { gap: { entity: 'Opportunity', recordIds: ['0065g0000000001AAA'] } }],
    ['an overflow', { overflow: { entity: 'Opportunity' } }]
  ])('looks at once after %s', async (_what, command) => {
    const running = await serve('60s');
    await running.ready();
    const cycles = await running.quiet(2_100);
    const { org } = rig.salesforce;
    if ('gap' in command)
      org.changes.interrupt(org.sessionFor(admin), 'Opportunity', 'GAP_UPDATE', command.gap.recordIds);
    else org.changes.interrupt(org.sessionFor(admin), 'Opportunity', 'GAP_OVERFLOW', []);
    await until(async () => (await running.status()).cycles > cycles, 3_000);
  });

  it('goes on behind the last event it worked off after a stop', async () => {
    const running = await serve('60s');
    await running.ready();
    const seen = await rig.deal('Seen');
    await rig.toggle(seen);
    await until(() => rig.synced(seen));
    await running.quiet(2_100);
    await stop(running);
    await rig.deal('While it was stopped');
    const again = await serve('60s');
    // The deal and its solution; more than that would be our own writes of the last look.
    await until(async () => {
      const { received = 0, own = 0 } = (await again.status()).changeEvents ?? {};
      return received - own >= 2;
    });
    expect(again.log).not.toContain('change events waiting');
  }, 20_000);

  it('catches up after an outage of more than 72 hours, when the replay id is of no use any more', async () => {
    const running = await serve('60s');
    await running.ready();
    const early = await rig.deal('Before the outage');
    await rig.toggle(early);
    await until(() => rig.synced(early));
    await running.quiet(2_100);
    await stop(running);
    const missed = await rig.deal('During the outage');
    await rig.toggle(missed);
    rig.moveClock(73 * HOUR);
    const again = await serve('60s');
    await until(() => rig.synced(missed));
    await again.ready();
    const later = await rig.deal('After it');
    await rig.toggle(later);
    expect(await until(() => rig.synced(later))).toBeLessThan(5_000);
    expect(again.log.filter((line) => /refused|failed/.test(line))).toEqual([]);
  }, 30_000);
});

describe('the service without change events', () => {
  beforeAll(async () => {
    rig = await ServiceRig.start(false);
  }, 60_000);
  afterAll(() => rig.close());

  it.each([
    ['refused, because nothing is selected', undefined, 'refused', 'topic.not.found'],
    ['not reachable', 'localhost:9', 'waiting', 'UNAVAILABLE']
  ])(
    'says once that they are %s, and goes on polling',
    async (_what, endpoint, state, code) => {
      const running = await serve('200ms', endpoint);
      await until(async () => (await running.status()).changeEvents?.topics[0]?.code === code);
      expect((await running.ready(state)).changeEvents?.topics).toContainEqual({ topic: DEALS, state, code });
      const id = await rig.deal(`Polled ${state}`);
      await rig.toggle(id);
      await until(() => rig.synced(id));
      // Two topics, one line each.
      expect(running.log.filter((line) => line.startsWith('change events'))).toEqual([
        `change events ${state} ${code}`,
        `change events ${state} ${code}`
      ]);
    },
    20_000
  );
});
