import { describe, expect, it } from 'vitest';
import type { FullRun } from '../../../plugin/src/coupling/full/index.js';
import { MemoryLedger } from '../../../plugin/src/ledger/memory.js';
import { shippedMappings } from '../../../plugin/src/mapping/index.js';
import { systemClock } from '../../../plugin/src/ports/clock.js';
import { systemRandom } from '../../../plugin/src/ports/random.js';
import type { FullRequest, FullSync } from '../../../plugin/src/service/full/index.js';
import {
  beginFull,
  FULL_SYNC,
  fullExitCode,
  loadOrder,
  readFull,
  resumeFull,
  reviewFull,
  saveFull,
  takingPart
} from '../../../plugin/src/service/full/index.js';
import { SimulatedRunner } from '../../coupling/full/simulated-runner.js';

const NAMES = ['user-salesperson', 'account-customer', 'contact-contact', 'product-item'];
const some = { left: 3, right: 0, coupled: 0 };

function rig(turns = 2) {
  const runner = new SimulatedRunner(Object.fromEntries(NAMES.map((name) => [name, { ...some }])), turns);
  const full: FullSync = {
    runner,
    ledger: new MemoryLedger(),
    clock: systemClock,
    random: systemRandom,
    mappings: NAMES
  };
  const request: FullRequest = { signal: new AbortController().signal };
  return { runner, full, request };
}

describe('sf cosell sync full', () => {
  it('knows every shipped mapping: it takes part, or the file says why it does not', async () => {
    const { mappings, excluded } = await loadOrder();
    const named = [...mappings, ...excluded].map(({ name }) => name).sort();
    expect(named).toEqual(await shippedMappings());
  });

  it('waits for the parents that Business Central’s own integration waits for', async () => {
    const names = takingPart(await loadOrder(), ['contact-contact', 'account-customer', 'user-salesperson']);
    expect(names.map(({ name }) => name)).toEqual(['user-salesperson', 'account-customer', 'contact-contact']);
  });

  it('lets a mapping of one’s own take part, which couples and creates nothing', async () => {
    const own = takingPart(await loadOrder(), ['product-item', 'our-assets']);
    expect(own.at(-1)).toEqual({ name: 'our-assets', label: 'our-assets', after: [], creates: [] });
  });

  it('shows the review and does nothing when it is not confirmed', async () => {
    const { full, runner, request } = rig();
    const seen: string[] = [];
    const run = await beginFull(full, {
      ...request,
      confirm: (steps) => {
        seen.push(...steps.map(({ mapping, action }) => `${mapping} ${action}`));
        return Promise.resolve(false);
      }
    });
    expect(run).toBeUndefined();
    expect(seen).toContain('account-customer create');
    expect(seen).toContain('user-salesperson nothing');
    expect(runner.log).toEqual([]);
    await expect(readFull(full.ledger)).rejects.toMatchObject({ code: 'FULL_SYNC_UNKNOWN' });
  });

  it('keeps the run in the ledger, with every mapping’s state', async () => {
    const { full, request } = rig();
    const run = await beginFull(full, request);
    expect(await readFull(full.ledger)).toEqual(run);
    expect(await readFull(full.ledger, run?.id)).toEqual(run);
    expect(fullExitCode(run!)).toBe(0);
  });

  it('refuses mappings that are not switched on, and takes only the named ones', async () => {
    const { full, request } = rig();
    await expect(reviewFull(full, { ...request, only: ['currency'] })).rejects.toMatchObject({
      code: 'MAPPING_NOT_ENABLED'
    });
    const steps = await reviewFull(full, { ...request, only: ['contact-contact'] });
    expect(steps.map(({ mapping, after }) => [mapping, after])).toEqual([['contact-contact', []]]);
  });

  it('is made by one process at a time', async () => {
    const { full, request } = rig(50);
    const first = beginFull(full, request);
    await expect(
      new Promise((resolve) => setImmediate(resolve)).then(() => beginFull({ ...full }, request))
    ).rejects.toMatchObject({ code: 'FULL_SYNC_RUNNING' });
    expect((await first)?.outcome).toBe('success');
    expect((await beginFull(full, request))?.outcome).toBe('success');
  });

  it('stops when another process took it over, as one that stood still must', async () => {
    const { full, request } = rig(400);
    let now = systemClock.now();
    const clock = {
      now: () => now,
      // Each beat finds that an hour has passed.
      sleep: (_ms: number, signal?: AbortSignal) =>
        new Promise<void>((resolve, reject) => {
          signal?.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
          setImmediate(() => {
            now += 3_600_000;
            void full.ledger.lease(FULL_SYNC, 'another', now, 60_000).then(() => resolve());
          });
        })
    };
    const run = await beginFull({ ...full, clock }, request);
    expect(run?.outcome).toBe('unfinished');
  });

  it('goes on with a stopped run under the same name, and says when there is nothing left of it', async () => {
    const { full, request, runner } = rig();
    const stop = new AbortController();
    const run = await beginFull(full, {
      signal: stop.signal,
      onChange: ({ steps }) => {
        if (steps.some(({ mapping, state }) => mapping === 'account-customer' && state === 'done')) stop.abort();
      }
    });
    expect(run?.outcome).toBe('unfinished');
    expect(fullExitCode(run!)).toBe(69);
    runner.log.length = 0;
    const again = await resumeFull(full, undefined, request);
    expect(again).toMatchObject({ id: run?.id, outcome: 'success' });
    expect(runner.log).not.toContain('begin account-customer create right');
    expect(runner.log).toContain('begin contact-contact create right');
    await expect(resumeFull(full, run?.id, request)).rejects.toMatchObject({ code: 'FULL_SYNC_COMPLETE' });
    await expect(resumeFull(full, 'nobody', request)).rejects.toMatchObject({ code: 'FULL_SYNC_UNKNOWN' });
  });

  it('resumes a killed run, which the ledger still shows as running', async () => {
    const { full, request } = rig();
    const run = (await beginFull(full, request))!;
    const killed: FullRun = {
      ...run,
      outcome: 'running',
      steps: run.steps.map((step) => (step.mapping === 'contact-contact' ? { ...step, state: 'running' } : step))
    };
    await saveFull(full.ledger, killed);
    expect((await resumeFull(full, run.id, request)).outcome).toBe('success');
  });
});
