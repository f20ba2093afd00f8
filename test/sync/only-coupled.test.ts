import { beforeEach, describe, expect, it } from 'vitest';
import { ConnectorError } from '../../plugin/src/ports/errors.js';
import type { RunContext, RunSummary } from '../../plugin/src/sync/index.js';
import { askFor } from '../../plugin/src/sync/index.js';
import { FakeInbound, inboundTo } from '../support/engine/fake-inbound.js';
import { opportunity } from '../support/engine/fake-org.js';
import { World } from '../support/engine/world.js';

let world: World;
let more: Partial<RunContext>;
beforeEach(async () => {
  world = await World.open();
  more = { onlyCoupled: true, inbound: inboundTo(new FakeInbound(world.org)) };
});
const run = (): Promise<RunSummary> => world.run(more);
const ask = (asked: Parameters<typeof askFor>[1]): Promise<void> => askFor(world.context(more), asked);
const skipped = ({ skipped: list }: RunSummary): string[] =>
  list.map(({ side, key, code }) => `${side} ${key} ${code}`);

describe('where only coupled records are kept in step', () => {
  it('a record of either side that nobody asked for is left alone and listed, and costs nothing more', async () => {
    const left = world.org.add(opportunity(1));
    const right = world.referrals.send();
    const first = await run();
    expect(skipped(first).sort()).toEqual([`left ${left} NOT_COUPLED`, `right ${right} NOT_COUPLED`]);
    expect(first.counts).toMatchObject({ created: 0, takenIn: 0, told: 0 });
    expect(first.outcome).toBe('success');
    world.clock.advance(60_000);
    const idle = await run();
    expect(idle.calls).toEqual({ salesforce: 1, 'partner-center': 1 });
    expect(world.referrals.callsOf('create') + world.org.callsOf('takeIn')).toBe(0);
  });

  it('the twin: without the switch both get a counterpart', async () => {
    world.org.add(opportunity(1));
    world.referrals.send();
    expect((await world.run({ ...more, onlyCoupled: false })).counts).toMatchObject({ created: 1, takenIn: 1 });
  });

  it('what somebody asks for gets a counterpart, of either side, once', async () => {
    const left = world.org.add(opportunity(1));
    world.org.add(opportunity(2));
    const right = world.referrals.send();
    world.referrals.send();
    await run();
    await ask({ left: [left, left], right: [right] });
    const { counts } = await run();
    expect(counts).toMatchObject({ created: 1, takenIn: 1 });
    await ask({ left: [left], right: [right] });
    await run();
    expect(world.referrals.callsOf('create')).toBe(1);
    expect(world.org.callsOf('takeIn')).toBe(1);
    expect(world.org.records.size).toBe(3);
  });

  it('an ask outlives the process that took it', async () => {
    const left = world.org.add(opportunity(1));
    await run();
    await ask({ left: [left] });
    const claims = await world.queue.claim(world.mapping.name, { owner: 'dead', limit: 9, leaseMs: 1, leastUrgent: 2 });
    await world.queue.complete(world.mapping.name, 'dead', claims);
    world.clock.advance(60_000);
    expect((await run()).counts.created).toBe(1);
  });

  it('a creation whose answer was lost is found again, not repeated', async () => {
    const left = world.org.add(opportunity(1));
    await ask({ left: [left] });
    let lost = true;
    world.referrals.after = (call): void => {
      if (call !== 'create' || !lost) return;
      lost = false;
      throw new ConnectorError('partner-center', 'unknownOutcome', 'CUT', 'The connection was cut.');
    };
    await run();
    for (let count = 0; count < 3; count += 1) {
      world.clock.advance(60_000);
      await run();
    }
    expect(world.referrals.of(left)).toHaveLength(1);
    expect((await world.ledger.entries(world.mapping.name, [left])).get(left)?.coupling?.state).toBe('active');
  });

  it('an ask that lacks something waits as an issue, costs nothing while nothing changes, and is carried out after the correction', async () => {
    const left = world.org.add({ ...opportunity(1), Contacts: [], Solutions: [] });
    await ask({ left: [left] });
    expect((await run()).counts).toMatchObject({ created: 0, attention: 1 });
    world.clock.advance(600_000);
    await run();
    world.clock.advance(600_000);
    expect((await run()).calls).toEqual({ salesforce: 1, 'partner-center': 1 });
    const { Contacts = null, Solutions = null } = opportunity(1);
    world.org.edit(left, { Contacts, Solutions });
    world.clock.advance(60_000);
    expect((await run()).counts.created).toBe(1);
  });

  it('a pair stays in step, and a left record that names its counterpart is coupled', async () => {
    const left = world.org.add(opportunity(1));
    await ask({ left: [left] });
    await world.settle();
    world.org.edit(left, { Amount: 777 });
    world.clock.advance(60_000);
    expect((await run()).counts.updatedRight).toBe(1);
  });
});
