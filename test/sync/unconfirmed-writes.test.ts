import { beforeEach, describe, expect, it } from 'vitest';
import { ConnectorError } from '../../plugin/src/ports/errors.js';
import type { JsonObject, JsonValue } from '../../plugin/src/ports/json.js';
import { World } from '../support/engine/world.js';

let world: World;
let key: string;
beforeEach(async () => {
  world = await World.open();
  key = world.org.add();
  await world.settle();
});

/** The next update is carried out, and nobody hears of it. */
function loseAnswer(): void {
  let lost = false;
  world.referrals.after = (call) => {
    if (call !== 'update' || lost) return;
    lost = true;
    throw new ConnectorError('partner-center', 'unknownOutcome', 'NO_ANSWER', 'No answer.');
  };
}

const solutions = (...ids: string[]): Record<string, JsonValue> => ({
  Solutions: ids.map((id) => ({ Id: id, Name: id }))
});

describe('an update whose answer was lost', () => {
  it('counts as agreed, so taking the change back travels too', async () => {
    world.org.edit(key, solutions('SOL-10001-ABC', 'SOL-10002-DEF'));
    loseAnswer();
    await world.run();
    world.org.edit(key, solutions('SOL-10001-ABC'));
    await world.settle();
    const { requirements } = world.referral(key)?.['details'] as { requirements: { solutions: JsonObject[] } };
    expect(requirements.solutions.map(({ id }) => id)).toEqual(['SOL-10001-ABC']);
    expect(world.org.seen(key).state).toBe('Synced');
  });

  it('and the record is deleted: the journal names the edit that lost', async () => {
    world.referrals.edit('R1', { 'details.notes': 'typed by a colleague' });
    world.clock.advance(5_000);
    world.org.edit(key, { Description: 'typed by the seller' });
    loseAnswer();
    await world.run();
    expect(world.referral(key)).toMatchObject({ details: { notes: 'typed by the seller' } });
    const stored = world.org.records.get(key);
    if (stored) stored.deleted = true;
    world.clock.advance(600_000);
    await world.settle();
    const runs = await world.ledger.runs('opportunity-referral', 100);
    const lines = await Promise.all(runs.map(({ id }) => world.ledger.journal('opportunity-referral', id)));
    const lost = lines.flat().filter(({ kind }) => kind === 'lost');
    expect(lost.map(({ leftKey, changes }) => [leftKey, changes[0]?.oldValue])).toEqual([
      [key, 'typed by a colleague']
    ]);
  });
});

describe('a field that an answer leaves out', () => {
  const leaveOutNotes = (): void => {
    const details = world.referrals.records.get('R1')?.document['details'] as JsonObject;
    Reflect.deleteProperty(details, 'notes');
  };

  it('is empty when both sides agreed that it is: what is typed here travels', async () => {
    world.org.edit(key, { Description: null });
    await world.settle();
    leaveOutNotes();
    world.org.edit(key, { Description: 'typed later' });
    await world.settle();
    expect(world.referral(key)).toMatchObject({ details: { notes: 'typed later' } });
  });

  it('empties nothing when both sides agreed on a value', async () => {
    leaveOutNotes();
    world.org.edit(key, { Amount: 7 });
    await world.settle();
    expect(world.org.records.get(key)?.document).toMatchObject({ Description: 'First line\r\nsecond line ' });
  });
});
