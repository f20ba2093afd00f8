import { beforeEach, describe, expect, it } from 'vitest';
import { loadMapping } from '../../plugin/src/mapping/index.js';
import { World } from '../support/engine/world.js';

let world: World;
let key: string;
beforeEach(async () => {
  const notes = { name: 'notes', direction: 'toLeft', transform: { toLeft: '$string($number($) * 2)' } };
  const extensions = [{ extends: 'opportunity-referral', fields: [notes] }];
  world = new World(await loadMapping(undefined, { variables: {}, extensions }));
  key = world.org.add({ Description: null });
  await world.run();
  await world.run();
});

const theirs = (notes: string): void => world.referrals.edit('R1', { 'details.notes': notes });
const pass = async (): Promise<void> => {
  await world.clock.sleep(10_000);
  await world.run();
};

describe('a value of the other side that cannot be transformed', () => {
  it('is an issue on the record with field, reason and next step, until it can', async () => {
    theirs('21');
    await pass();
    expect(world.org.records.get(key)?.document).toMatchObject({ Description: '42', Cosell_Sync_State__c: 'Synced' });
    theirs('many');
    await pass();
    expect(world.org.seen(key)).toMatchObject({ state: 'Attention', codes: 'TRANSFORM_FAILED' });
    const [issue] = world.org.reports.at(-1)?.issues ?? [];
    expect(issue?.message).toMatch(/^Notes of Partner Center cannot be transformed: .*\(transform of the mapping/);
    expect(issue?.nextStep).toContain('mapping');
    expect(world.org.records.get(key)?.document).toMatchObject({ Description: '42' });
    theirs('4');
    await pass();
    expect(world.org.records.get(key)?.document).toMatchObject({ Description: '8', Cosell_Sync_State__c: 'Synced' });
  });

  it('keeps no other field from travelling, and is told once', async () => {
    theirs('many');
    await pass();
    world.org.edit(key, { Amount: 4321 });
    await pass();
    expect(world.referral(key)).toMatchObject({ details: { dealValue: 4321 } });
    const before = world.org.reports.length;
    await pass();
    expect(world.org.reports.length).toBe(before);
  });
});
