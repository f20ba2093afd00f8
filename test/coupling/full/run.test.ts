import { describe, expect, it } from 'vitest';
import type { FullMapping, FullRun } from '../../../plugin/src/coupling/full/index.js';
import { newRun, resumedRun, review, runFull } from '../../../plugin/src/coupling/full/index.js';
import { ManualClock } from '../../../plugin/src/ports/clock.js';
import { CosellError } from '../../../plugin/src/ports/errors.js';
import type { SimulatedMapping } from './simulated-runner.js';
import { KeptRuns, SimulatedRunner } from './simulated-runner.js';

const AFTER: Record<string, readonly string[]> = {
  people: [],
  currencies: [],
  customers: ['people', 'currencies'],
  contacts: ['customers'],
  items: []
};
const order: FullMapping[] = Object.entries(AFTER).map(([name, after]) => ({
  name,
  label: name,
  after,
  creates: ['left', 'right']
}));
const some: SimulatedMapping = { left: 3, right: 0, coupled: 0 };

function rig(changes: Record<string, SimulatedMapping> = {}) {
  const runner = new SimulatedRunner({
    people: { ...some },
    currencies: { ...some },
    customers: { ...some },
    contacts: { ...some },
    items: { ...some },
    ...changes
  });
  const kept = new KeptRuns();
  const clock = new ManualClock();
  const begin = (): FullRun =>
    newRun('run-1', '2026-01-05T09:00:00.000Z', review(order, new Map(Object.entries(runner.mappings))));
  const play = (run = begin(), extras: { width?: number; signal?: AbortSignal } = {}): Promise<FullRun> =>
    runFull(run, { runner, clock, save: kept.save, signal: new AbortController().signal, ...extras });
  return { runner, kept, begin, play };
}

const states = ({ steps }: FullRun): Record<string, string> =>
  Object.fromEntries(steps.map(({ mapping, state }) => [mapping, state]));

describe('a full synchronization', () => {
  it('begins a mapping as soon as those it waits for are done, and not before', async () => {
    const { runner, play } = rig();
    const run = await play();
    expect(run.outcome).toBe('success');
    const at = (entry: string): number => runner.log.findIndex((line) => line.startsWith(entry));
    expect(at('begin customers')).toBeGreaterThan(Math.max(at('end people'), at('end currencies')));
    expect(at('begin contacts')).toBeGreaterThan(at('end customers'));
    expect(at('begin items')).toBeLessThan(at('end people'));
  });

  it('works on no more mappings at once than it may', async () => {
    const { runner, play } = rig();
    await play(undefined, { width: 2 });
    expect(runner.most).toBe(2);
    const alone = rig();
    await alone.play(undefined, { width: 1 });
    expect(alone.runner.most).toBe(1);
  });

  it('couples before it brings in step where both sides have records, and creates nothing there', async () => {
    const { runner, play } = rig({ items: { left: 2, right: 2, coupled: 0 } });
    await play();
    expect(runner.log.filter((line) => line.includes('items'))).toEqual(['match items', 'begin items', 'end items']);
    expect(runner.log).toContain('begin people create right');
  });

  it('leaves a mapping alone that has nothing to do, and counts it as done for those that wait for it', async () => {
    const { runner, play } = rig({ people: { left: 0, right: 0, coupled: 0 } });
    const run = await play();
    expect(states(run)).toMatchObject({ people: 'nothing', customers: 'done' });
    expect(runner.log).not.toContain('begin people');
  });

  it('keeps only the children of a mapping that failed from beginning, and says which one they wait for', async () => {
    const failsWith = new CosellError('NO_TEMPLATE', 'No customer template fits.', ['Make one.']);
    const { play } = rig({ customers: { ...some, failsWith } });
    const run = await play();
    expect(states(run)).toEqual({
      people: 'done',
      currencies: 'done',
      customers: 'failed',
      contacts: 'blocked',
      items: 'done'
    });
    expect(run.outcome).toBe('partial');
    const [customers, contacts] = ['customers', 'contacts'].map((name) =>
      run.steps.find(({ mapping }) => mapping === name)
    );
    expect(customers?.error).toMatchObject({ code: 'NO_TEMPLATE', nextSteps: ['Make one.'] });
    expect(contacts?.error).toMatchObject({ code: 'PARENT_FAILED' });
    expect(contacts?.error?.message).toContain('"customers"');
  });

  it('lets children begin after a mapping in which single records need attention', async () => {
    const { play } = rig({ customers: { ...some, result: { outcome: 'partial', counts: { attention: 1 } } } });
    const run = await play();
    expect(states(run)).toMatchObject({ customers: 'partial', contacts: 'done' });
    expect(run.outcome).toBe('partial');
  });

  it('is partial where more than one record fits, because somebody has to choose', async () => {
    const both = { left: 2, right: 2, coupled: 0 };
    const { play } = rig({ items: { ...both, matched: { coupled: 1, unmatched: 0, several: 1 } } });
    expect((await play()).outcome).toBe('partial');
    const fits = rig({ items: { ...both, matched: { coupled: 1, unmatched: 1, several: 0 } } });
    expect((await fits.play()).outcome).toBe('success');
  });

  it('fails when no mapping could be worked on', async () => {
    const stopped = { code: 'SIGN_IN', message: 'No.', nextSteps: [] };
    const down = { ...some, result: { outcome: 'stopped' as const, stopped } };
    const { play } = rig({ people: down, currencies: down, items: down });
    const run = await play();
    expect(run.outcome).toBe('failed');
    expect(run.steps.find(({ mapping }) => mapping === 'items')?.error).toEqual(stopped);
  });

  it('stops in good order when asked to, begins nothing more, and goes on where it stopped', async () => {
    const { runner, kept, begin, play } = rig();
    const stop = new AbortController();
    const first = play(begin(), { signal: stop.signal });
    await new Promise((resolve) => setImmediate(resolve));
    stop.abort(new Error('Ctrl-C'));
    const run = await first;
    expect(run.outcome).toBe('unfinished');
    expect(states(run)).toMatchObject({ people: 'unfinished', customers: 'waiting' });
    expect(kept.last()).toEqual(run);
    runner.log.length = 0;
    const again = await play(resumedRun(kept.last()));
    expect(again).toMatchObject({ id: 'run-1', outcome: 'success' });
  });

  it('does not go through mappings again that were done before a crash', async () => {
    const { runner, kept, play } = rig();
    await play();
    const middle = kept.texts
      .map((text) => JSON.parse(text) as FullRun)
      .find((run) => states(run)['customers'] === 'running');
    runner.log.length = 0;
    const again = await play(resumedRun(middle!));
    expect(again.outcome).toBe('success');
    expect(runner.log).not.toContain('begin people create right');
    expect(runner.log).toContain('begin customers create right');
  });

  it('goes on as it was decided at the beginning, not by what a crash left behind', async () => {
    const { runner, begin, play } = rig({ customers: { left: 3, right: 0, coupled: 0 } });
    const run = begin();
    // A creation whose answer was lost left a record on the right that nobody coupled.
    Object.assign(runner.mappings['customers']!, { left: 3, right: 1 });
    await play(resumedRun({ ...run, outcome: 'unfinished' }));
    expect(runner.log).not.toContain('match customers');
    expect(runner.log).toContain('begin customers create right');
  });

  it('stores each change of a state, and counts now and then', async () => {
    const { kept, play } = rig();
    await play();
    expect(kept.texts.some((text) => (JSON.parse(text) as FullRun).outcome === 'running')).toBe(true);
    expect(kept.last().outcome).toBe('success');
    expect(kept.last().steps.every(({ finishedAt }) => finishedAt !== undefined)).toBe(true);
  });

  it('ends when its state cannot be stored, after what is under way has ended', async () => {
    const { runner, begin } = rig();
    const failing = runFull(begin(), {
      runner,
      clock: new ManualClock(),
      signal: new AbortController().signal,
      save: () => Promise.reject(new Error('disk full'))
    });
    await expect(failing).rejects.toThrow('disk full');
    expect(runner.atOnce).toBe(0);
    expect(runner.log).not.toContain('begin customers create right');
  });
});
