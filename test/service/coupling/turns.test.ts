import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../../plugin/src/ports/clock.js';
import { ConnectorError, CosellError } from '../../../plugin/src/ports/errors.js';
import { SeededRandom } from '../../../plugin/src/ports/random.js';
import { checkEnabled, enabledInOrder } from '../../../plugin/src/service/coupling/enabled.js';
import { Turns } from '../../../plugin/src/service/coupling/turns.js';
import { silentLog } from '../../../plugin/src/service/log.js';
import { loadSettings } from '../../../plugin/src/service/settings.js';
import type { RunSummary } from '../../../plugin/src/sync/index.js';
import { Tally } from '../../../plugin/src/sync/summary.js';

const summary = (mapping: string, more: Partial<RunSummary> = {}): RunSummary => ({
  ...{ runId: 'r', mapping, outcome: 'success', startedAt: '', finishedAt: '', durationMs: 0 },
  ...{ counts: new Tally().counts, calls: {}, skipped: [], issues: [] },
  ...more
});

/** Takes turns for a while, on a clock of which nothing else takes any. */
async function play(
  forMs: number,
  mappings: Record<string, { everyMs: number; pass?: (count: number) => RunSummary }>
): Promise<{ log: string[]; turns: Turns }> {
  const clock = new ManualClock(0);
  const stop = new AbortController();
  const log: string[] = [];
  const turns = new Turns({
    ...{ clock, random: new SeededRandom(1), signal: stop.signal, log: silentLog },
    mappings: Object.entries(mappings).map(([name, { everyMs, pass }]) => {
      let count = 0;
      return {
        ...{ name, intervalMs: everyMs },
        run: () => {
          if (clock.now() >= forMs) stop.abort();
          else log.push(`${clock.now() / 1000} ${name}`);
          count += 1;
          return Promise.resolve().then(() => pass?.(count) ?? summary(name));
        }
      };
    })
  });
  await turns.run();
  return { log, turns };
}

describe('mappings that the service keeps in step', () => {
  it('have their turn at their own interval, in their order where several are due', async () => {
    const { log } = await play(61_000, { customers: { everyMs: 30_000 }, contacts: { everyMs: 60_000 } });
    expect(log).toEqual(['0 customers', '0 contacts', '30 customers', '60 customers', '60 contacts']);
  });

  it('hold up no other when one fails, which waits longer and longer and says why', async () => {
    const broken = (): RunSummary => {
      throw new CosellError('MAPPING_INVALID', 'No.');
    };
    const { log, turns } = await play(100_000, {
      customers: { everyMs: 10_000, pass: broken },
      items: { everyMs: 20_000 }
    });
    const of = (name: string): number[] => log.filter((line) => line.endsWith(name)).map((line) => parseFloat(line));
    expect(of('items')).toEqual([0, 20, 40, 60, 80]);
    const pauses = of('customers').map((at, index, all) => at - (all[index - 1] ?? 0));
    expect(pauses.at(-1)).toBeGreaterThan((pauses[1] ?? 0) * 2);
    const [customers, items] = turns.states();
    expect(customers).toMatchObject({ mapping: 'customers', lastError: 'MAPPING_INVALID', lastRun: null });
    expect(items).toMatchObject({ mapping: 'items', failures: 0, lastRun: { outcome: 'success' } });
  });

  it('count as failed while a system cannot be worked with, and are well again afterwards', async () => {
    const { code, message } = new ConnectorError('business-central', 'connection', 'UNREACHABLE', 'Not there.');
    const stopped = { system: 'business-central', code, message, nextSteps: [] };
    const { log, turns } = await play(30_000, {
      items: {
        everyMs: 5_000,
        pass: (count) => summary('items', count < 3 ? { outcome: 'stopped', stopped } : {})
      }
    });
    expect(turns.states()[0]).toMatchObject({ failures: 0, lastError: null });
    expect(log.length).toBeGreaterThan(3);
  });

  it('are those that the settings switch on, parents first, documents last', async () => {
    const settings = loadSettings(undefined, {});
    const mapping = { enabled: true, direction: 'both', onlyCoupled: true, intervalMs: 1 } as const;
    const names = ['order-salesorder', 'contact-contact', 'account-customer', 'user-salesperson'];
    const mappings = Object.fromEntries(names.map((name) => [name, mapping]));
    const off = { 'product-item': { ...mapping, enabled: false } };
    const given = { businessCentral: { ...settings.businessCentral, mappings: { ...mappings, ...off } } };
    expect(await enabledInOrder(given)).toEqual([...names].reverse());
    expect(() => checkEnabled(given, 'account-customer')).not.toThrow();
    for (const name of ['product-item', 'currency']) {
      expect(() => checkEnabled(given, name)).toThrow(expect.objectContaining({ code: 'MAPPING_NOT_ENABLED' }));
    }
  });
});
