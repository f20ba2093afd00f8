import { beforeEach, describe, expect, it } from 'vitest';
import { MemoryLedger } from '../../plugin/src/ledger/index.js';
import type { JsonObject } from '../../plugin/src/ports/json.js';
import type { Inbound } from '../../plugin/src/sync/index.js';
import { planChanges, rebuildLedger, undoRun } from '../../plugin/src/sync/index.js';
import { FakeInbound, inboundTo } from '../support/engine/fake-inbound.js';
import { World } from '../support/engine/world.js';

let world: World;
let port: FakeInbound;
let inbound: Inbound;
beforeEach(async () => {
  world = await World.open();
  port = new FakeInbound(world.org);
  inbound = inboundTo(port);
  await world.run({ inbound });
});

const run = () => world.run({ inbound });
const documents = (): JsonObject[] => [...world.org.records.values()].map(({ document }) => document);
const only = (): string => [...world.org.records.keys()][0] ?? '';
const right = (key: string): JsonObject => world.referrals.records.get(key)?.document ?? {};

/** Time passes, so that records are at rest and issues are looked at again. */
async function settled(): Promise<void> {
  for (let count = 0; count < 3; count += 1) {
    world.clock.advance(60_000);
    await run();
  }
}

describe('a deal from the other side', () => {
  it('becomes an opportunity on hold, coupled, with the request told', async () => {
    const key = world.referrals.send();
    const summary = await run();
    expect(summary.counts).toMatchObject({ takenIn: 1, created: 0, linked: 0 });
    expect(documents()).toEqual([
      expect.objectContaining({
        Name: 'Deal from Microsoft',
        Amount: 9000,
        CloseDate: '2026-08-01',
        StageName: 'On Hold',
        Referral_Identifier__c: key,
        Cosell_Sync_State__c: 'Attention',
        Cosell_Issue_Codes__c: 'AWAITING_ANSWER'
      })
    ]);
    expect(world.org.seen(only()).audit).toEqual([
      expect.objectContaining({ action: 'created', direction: 'toLeft', newValue: key })
    ]);
    expect(right(key)['outcome']).toBe('New/Pending');
  });

  it('rests: a further look changes nothing and costs one call per system', async () => {
    world.referrals.send();
    await settled();
    await run();
    const idle = await run();
    expect(idle.calls).toEqual({ salesforce: 1, 'partner-center': 1 });
    expect(idle.counts).toMatchObject({ takenIn: 0, told: 0, updatedLeft: 0, updatedRight: 0 });
  });

  it('takes changes of the other side while it waits, and sends none', async () => {
    const key = world.referrals.send();
    await run();
    world.org.edit(only(), { Description: 'Ours' });
    world.referrals.edit(key, { 'details.dealValue': 7000 });
    await settled();
    expect(documents()[0]).toMatchObject({ Amount: 7000, Description: 'Ours' });
    expect(right(key)).toMatchObject({ details: { dealValue: 7000, notes: null } });
    expect(world.referrals.callsOf('update')).toBe(0);
  });

  it('is accepted by leaving the stage, and what was edited meanwhile travels then', async () => {
    const key = world.referrals.send();
    await run();
    world.org.edit(only(), { Description: 'Ours', StageName: 'Needs Analysis' });
    const summary = await run();
    expect(summary.counts).toMatchObject({ accepted: 1, updatedRight: 1 });
    expect(right(key)).toMatchObject({
      outcome: 'Active/Accepted',
      externalReferenceId: only(),
      details: { notes: 'Ours' }
    });
    expect(documents()[0]).toMatchObject({ StageName: 'Needs Analysis', Cosell_Sync_State__c: 'Synced' });
    const messages = world.org.seen(only()).audit.map(({ message }) => message);
    expect(messages.filter((message) => message.startsWith('The deal was accepted'))).toHaveLength(1);
  });

  it('is declined with the reason by closing it as lost', async () => {
    const key = world.referrals.send();
    await run();
    world.org.edit(only(), { StageName: 'Closed Lost', Reason: 'Budget' });
    const summary = await run();
    expect(summary.counts).toMatchObject({ declined: 1, accepted: 0, updatedRight: 0 });
    expect(right(key)).toMatchObject({ outcome: 'Closed/Declined', statusReason: 'Budget' });
    expect(documents()[0]).toMatchObject({ Cosell_Sync_State__c: 'Closed', StageName: 'Closed Lost' });
  });

  it('is declined with the general reason when nobody gave one', async () => {
    const key = world.referrals.send();
    await run();
    world.org.edit(only(), { StageName: 'Closed Lost' });
    await run();
    expect(right(key)['statusReason']).toBe('Declined by the partner');
  });

  it('won at once is accepted first', async () => {
    const key = world.referrals.send();
    await run();
    world.org.edit(only(), { StageName: 'Closed Won' });
    await settled();
    expect(
      world.referrals.log.filter(({ call }) => call === 'answer' || call === 'update').map(({ call }) => call)
    ).toEqual(['answer', 'update']);
    expect(right(key)['outcome']).toBe('Closed/Won');
  });

  it('accepted there by a colleague moves on to the active stage, once', async () => {
    const key = world.referrals.send();
    await run();
    world.referrals.edit(key, { outcome: 'Active/Accepted' });
    await settled();
    expect(documents()[0]).toMatchObject({ StageName: 'Qualification', Cosell_Sync_State__c: 'Synced' });
    world.org.edit(only(), { StageName: 'On Hold' });
    await settled();
    expect(documents()[0]).toMatchObject({ StageName: 'On Hold', Cosell_Sync_State__c: 'Synced' });
  });

  it.each([
    ['Closed/Expired', 'REQUEST_EXPIRED'],
    ['Closed/Declined', 'REQUEST_DECLINED']
  ])('%s there closes the opportunity as lost and says why', async (outcome, code) => {
    const key = world.referrals.send();
    await run();
    world.referrals.edit(key, { outcome });
    await settled();
    expect(documents()[0]).toMatchObject({
      StageName: 'Closed Lost',
      Cosell_Sync_State__c: 'Closed',
      Cosell_Issue_Codes__c: code
    });
    expect(world.org.openRows(only())).toEqual([]);
  });

  it('that is worked on already starts on the active stage', async () => {
    world.referrals.send({ outcome: 'Active/Accepted' });
    await run();
    expect(documents()[0]).toMatchObject({ StageName: 'Qualification', Cosell_Sync_State__c: 'Synced' });
  });

  it('that is closed already is history', async () => {
    world.referrals.send({ outcome: 'Closed/Expired' });
    const summary = await run();
    expect(summary).toMatchObject({ counts: { takenIn: 0, skipped: 1 }, skipped: [{ code: 'NO_COUNTERPART' }] });
    expect(documents()).toEqual([]);
  });
});

describe('what is not guessed', () => {
  it('several accounts: listed in the ledger and the summary, looked at again, and taken in once it is clear', async () => {
    const key = world.referrals.send();
    port.ambiguous.add('Contoso Ltd');
    const summary = await run();
    expect(summary).toMatchObject({ outcome: 'partial', counts: { takenIn: 0, attention: 1 } });
    expect(summary.issues).toEqual([expect.objectContaining({ key: `>${key}`, code: 'ACCOUNT_AMBIGUOUS' })]);
    expect(await world.ledger.issues(world.mapping.name, { limit: 10 })).toHaveLength(1);
    expect((await run()).calls).toEqual({ salesforce: 1, 'partner-center': 1 });
    port.ambiguous.clear();
    world.clock.advance(61 * 60_000);
    expect((await run()).counts.takenIn).toBe(1);
    expect(await world.ledger.issues(world.mapping.name, { limit: 10 })).toEqual([]);
  });

  it.each([
    ['issue', 0, 'UNKNOWN_REFERENCE'],
    ['create', 1, undefined],
    ['ignore', 0, undefined]
  ] as const)(
    'a reference to a record of another system, as the setting says: %s',
    async (unknownReference, takenIn, code) => {
      inbound = inboundTo(port, { unknownReference });
      world.referrals.send({ externalReferenceId: 'CRM-1' });
      const summary = await run();
      expect(summary.counts.takenIn).toBe(takenIn);
      expect(summary.issues.map((issue) => issue.code).filter((one) => one !== 'AWAITING_ANSWER')).toEqual(
        code ? [code] : []
      );
    }
  );

  it('a deal of our own never comes back, also when its opportunity is gone', async () => {
    world.referrals.addReferral('006000000000000999', { outcome: 'Active/Accepted' });
    expect((await run()).counts.takenIn).toBe(0);
    expect(documents()).toEqual([]);
  });

  it('takes nothing in where nobody asked for it', async () => {
    world.referrals.send();
    const summary = await world.run();
    expect(summary).toMatchObject({ counts: { takenIn: 0, skipped: 1 } });
  });
});

describe('exactly once', () => {
  it('a crash right after the creation leads to the same opportunity', async () => {
    const key = world.referrals.send();
    world.org.after = (call) => {
      if (call === 'takeIn') throw new Error('the process is gone');
    };
    await run();
    world.org.after = () => undefined;
    await settled();
    expect(documents()).toHaveLength(1);
    const [coupled] = [...(await world.ledger.leftKeysOf(world.mapping.name, [key])).values()];
    expect(coupled).toBe(only());
  });

  it('after a crash right after the creation, what was edited there meanwhile is an edit, and not undone', async () => {
    const key = world.referrals.send();
    world.org.after = (call) => {
      if (call === 'takeIn') throw new Error('the process is gone');
    };
    await run();
    world.org.after = () => undefined;
    world.referrals.edit(key, { 'details.notes': 'Theirs' });
    // The work that was cut short goes on before any feed shows the new opportunity.
    world.clock.advance(600_000);
    await world.run({ inbound, options: { look: false } });
    await settled();
    world.org.edit(only(), { StageName: 'Qualification' });
    await settled();
    expect(documents()).toEqual([expect.objectContaining({ Description: 'Theirs' })]);
    expect(right(key)).toMatchObject({ outcome: 'Active/Accepted', details: { notes: 'Theirs' } });
  });

  it('the same event twice, and one while it is being taken in, make no second one', async () => {
    const key = world.referrals.send();
    await world.queue.enqueue(world.mapping.name, [{ key: `>${key}`, priority: 0 }]);
    await run();
    await world.queue.enqueue(world.mapping.name, [{ key: `>${key}`, priority: 0 }]);
    await run();
    expect(documents()).toHaveLength(1);
  });

  it('a lost ledger couples by the identifier and takes nothing in again', async () => {
    const key = world.referrals.send();
    await run();
    world.ledger = new MemoryLedger(world.queue.isHeld);
    await settled();
    expect(documents()).toHaveLength(1);
    expect((await world.ledger.leftKeysOf(world.mapping.name, [key])).get(key)).toBe(only());
    expect(documents()[0]).toMatchObject({ StageName: 'On Hold' });
    expect(right(key)['outcome']).toBe('New/Pending');
  });

  it('so does a rebuild', async () => {
    const key = world.referrals.send();
    await run();
    world.ledger = new MemoryLedger(world.queue.isHeld);
    const { counts } = await rebuildLedger(world.context({ inbound }), {});
    expect(counts.coupled).toBe(1);
    await settled();
    expect((await world.ledger.leftKeysOf(world.mapping.name, [key])).get(key)).toBe(only());
    world.org.edit(only(), { StageName: 'Qualification' });
    await settled();
    expect(right(key)['outcome']).toBe('Active/Accepted');
  });
});

describe('plan and undo', () => {
  it('a plan lists the creation with its reason, and writes nothing', async () => {
    const key = world.referrals.send();
    const plan = await planChanges(world.context({ inbound }));
    expect(plan.counts).toMatchObject({ takeIn: 1, create: 0 });
    expect(plan.records).toEqual([
      expect.objectContaining({
        key: `>${key}`,
        rightKey: key,
        operations: [
          expect.objectContaining({
            kind: 'takeIn',
            category: 'deal',
            reason: expect.stringContaining('waits') as string
          })
        ]
      })
    ]);
    expect(documents()).toEqual([]);
  });

  it('a plan lists the answer that a left stage gives', async () => {
    world.referrals.send();
    await run();
    world.org.edit(only(), { StageName: 'Closed Lost', Reason: 'Budget' });
    const { records } = await planChanges(world.context({ inbound }));
    expect(records[0]?.operations).toEqual([{ kind: 'answer', accept: false, reason: 'Budget' }]);
  });

  it('an undo keeps what was taken in, and says so', async () => {
    world.referrals.send();
    const { runId } = await run();
    const result = await undoRun(world.context({ inbound }), { runId });
    expect(result.records[0]?.issues).toEqual([expect.objectContaining({ code: 'TAKEN_IN' })]);
    expect(documents()).toHaveLength(1);
  });
});

describe('a lead', () => {
  it('becomes a lead that waits, and no opportunity', async () => {
    const key = world.referrals.send({}, 'lead');
    const summary = await run();
    expect(summary.counts.takenIn).toBe(1);
    expect(only()).toMatch(/^00Q/);
    expect(documents()).toEqual([
      expect.objectContaining({ Referral_Identifier__c: key, Cosell_Issue_Codes__c: 'AWAITING_ANSWER' })
    ]);
    await settled();
    expect((await run()).calls).toEqual({ salesforce: 1, 'partner-center': 1 });
  });

  it('is declined by a status of no interest', async () => {
    const key = world.referrals.send({}, 'lead');
    await run();
    world.org.edit(only(), { Status: 'Unqualified', Reason: 'Not a customer' });
    await run();
    expect(right(key)).toMatchObject({ outcome: 'Closed/Declined', statusReason: 'Not a customer' });
    expect(documents()[0]).toMatchObject({ Cosell_Sync_State__c: 'Closed' });
  });

  it('is accepted by conversion, and its opportunity goes on with the referral', async () => {
    const key = world.referrals.send({ 'details.notes': 'Theirs' }, 'lead');
    await run();
    const lead = only();
    const made = { StageName: 'Prospecting', Amount: null, CloseDate: '2026-12-31' };
    const opportunity = world.org.add({ ...made, Sync_with_Partner_Center__c: false });
    world.org.edit(lead, { ConvertedOpportunityId: opportunity });
    await run();
    // In one run: what the opportunity lacked came from the referral.
    expect(world.org.records.get(opportunity)?.document).toMatchObject({ Cosell_Issue_Codes__c: '' });
    await settled();
    expect(right(key)).toMatchObject({ outcome: 'Active/Accepted', externalReferenceId: opportunity });
    expect((await world.ledger.leftKeysOf(world.mapping.name, [key])).get(key)).toBe(opportunity);
    expect(world.org.records.get(opportunity)?.document).toMatchObject({
      Sync_with_Partner_Center__c: true,
      Amount: 9000,
      CloseDate: '2026-08-01',
      Description: 'Theirs',
      Cosell_Sync_State__c: 'Synced'
    });
    expect((await run()).calls).toEqual({ salesforce: 1, 'partner-center': 1 });
  });

  it('leaves its solutions to its opportunity, which keeps those that it has', async () => {
    const brought = [{ id: 'SOL-7', name: 'Seven' }];
    const key = world.referrals.send({ 'details.requirements.solutions': brought }, 'lead');
    await run();
    const lead = only();
    const opportunity = world.org.add({ Sync_with_Partner_Center__c: false, Solutions: [] });
    world.org.edit(lead, { ConvertedOpportunityId: opportunity });
    await settled();
    expect(world.org.records.get(opportunity)?.document).toMatchObject({
      Solutions: [{ Id: 'SOL-7', Name: 'Seven' }],
      Cosell_Sync_State__c: 'Synced'
    });
    expect(right(key)).toMatchObject({ details: { requirements: { solutions: brought } } });
  });

  it('is accepted by conversion, also where the opportunity begins on the stage that means waiting', async () => {
    const key = world.referrals.send({}, 'lead');
    await run();
    const lead = only();
    const opportunity = world.org.add({ StageName: 'On Hold', Sync_with_Partner_Center__c: false });
    world.org.edit(lead, { ConvertedOpportunityId: opportunity });
    await settled();
    expect(right(key)).toMatchObject({ outcome: 'Active/Accepted', externalReferenceId: opportunity });
    expect(world.org.records.get(opportunity)?.document).toMatchObject({ StageName: 'Qualification' });
  });

  it('that was converted after it expired is lost with its opportunity, and not accepted', async () => {
    const key = world.referrals.send({}, 'lead');
    await run();
    world.referrals.edit(key, { outcome: 'Closed/Expired' });
    const opportunity = world.org.add({ StageName: 'On Hold', Sync_with_Partner_Center__c: false });
    world.org.edit(only(), { ConvertedOpportunityId: opportunity });
    await run();
    expect(right(key)).toMatchObject({ outcome: 'Closed/Expired' });
    expect(world.org.records.get(opportunity)?.document).toMatchObject({ StageName: 'Closed Lost' });
    expect(world.org.callsOf('update')).toBe(1);
  });

  it('accepted there by a colleague asks to be converted', async () => {
    const key = world.referrals.send({}, 'lead');
    await run();
    world.referrals.edit(key, { outcome: 'Active/Accepted' });
    await settled();
    expect(documents()[0]).toMatchObject({ Cosell_Issue_Codes__c: 'ACCEPTED_NOT_CONVERTED' });
  });

  it('a crash between the opportunity and the ledger leads to one coupling', async () => {
    const key = world.referrals.send({}, 'lead');
    await run();
    const opportunity = world.org.add({ StageName: 'Prospecting', Sync_with_Partner_Center__c: false });
    world.org.edit(only(), { ConvertedOpportunityId: opportunity });
    world.org.after = (call) => {
      if (call === 'succeed') throw new Error('the process is gone');
    };
    await run();
    world.org.after = () => undefined;
    await settled();
    expect((await world.ledger.leftKeysOf(world.mapping.name, [key])).get(key)).toBe(opportunity);
    expect(world.org.callsOf('takeIn')).toBe(1);
  });
});
