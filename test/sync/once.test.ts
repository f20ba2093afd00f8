import { beforeEach, describe, expect, it } from 'vitest';
import { ConnectorError } from '../../plugin/src/ports/errors.js';
import type { CreatingConnector } from '../../plugin/src/sync/index.js';
import { contact } from '../support/engine/fake-org.js';
import { World } from '../support/engine/world.js';

const HELP = 'How_can_Microsoft_help__c';
const HELP_PATH = 'microsoft.inviteContext.assistanceRequestCode';
const ASKED = 'Proof Of Concept or Demo';

const unanswered = (): ConnectorError =>
  new ConnectorError('partner-center', 'unknownOutcome', 'NO_ANSWER', 'Partner Center did not answer in time.');

let world: World;
/** Writes that asked for help, and what becomes of them. */
let asked: number;
let arrives: boolean;
beforeEach(async () => {
  world = await World.open();
  asked = 0;
  arrives = false;
  const { referrals } = world;
  const update = referrals.update.bind(referrals);
  const guarded: CreatingConnector['update'] = async (current, values, options) => {
    if (!(HELP_PATH in values)) return update(current, values);
    await options?.mayGoOn?.();
    asked += 1;
    if (arrives) return update(current, values);
    throw unanswered();
  };
  Object.assign(referrals, { once: (values: object) => HELP_PATH in values, update: guarded });
});

describe('a write that makes something which must not be made twice', () => {
  it('is not sent again before a lost one would be seen, whatever else brings the record up', async () => {
    const key = world.org.add({ Contacts: [contact] });
    await world.run();
    world.org.edit(key, { [HELP]: ASKED });
    expect((await world.run()).counts).toMatchObject({ deferred: 1 });
    world.clock.advance(2_000);
    world.org.edit(key, { Amount: 77 });
    expect((await world.run()).counts).toMatchObject({ deferred: 1 });
    expect(asked).toBe(1);
    arrives = true;
    world.clock.advance(60_000);
    await world.run();
    expect(asked).toBe(2);
    expect(world.org.seen(key).state).toBe('Synced');
  });

  it('is not sent again when a first one turns out to have arrived', async () => {
    const key = world.org.add({ Contacts: [contact] });
    await world.run();
    world.org.edit(key, { [HELP]: ASKED });
    await world.run();
    const microsoft = {
      status: 'New',
      substatus: 'Pending',
      inviteContext: { assistanceRequestCode: 'ProofOfConceptOrDemo' }
    };
    world.referrals.edit(world.referrals.of(key)[0]?.key ?? '', { microsoft });
    await world.settle();
    expect(asked).toBe(1);
    expect(world.org.seen(key).state).toBe('Synced');
  });

  it('waits also where it was part of a creation whose answer was lost', async () => {
    const { referrals } = world;
    const create = referrals.create.bind(referrals);
    referrals.create = async (marker, values) => {
      const { [HELP_PATH]: _lost, ...own } = values;
      await create(marker, own);
      throw unanswered();
    };
    const key = world.org.add({ [HELP]: ASKED, Contacts: [contact] });
    await world.run();
    world.clock.advance(1_000);
    // The feed shows the referral before the rest of the creation has arrived.
    await world.run();
    expect((await world.ledger.entries(world.mapping.name, [key])).get(key)?.coupling).toBeDefined();
    expect(asked).toBe(0);
    arrives = true;
    await world.settle();
    expect(asked).toBe(1);
    expect(world.referrals.of(key)).toHaveLength(1);
    expect(world.org.seen(key).state).toBe('Synced');
  });
});
