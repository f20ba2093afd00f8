import { beforeEach, describe, expect, it } from 'vitest';
import { contact } from '../support/engine/fake-org.js';
import { World } from '../support/engine/world.js';

let world: World;
beforeEach(async () => {
  world = await World.open();
});

describe('sharing an opportunity', () => {
  it('creates the referral and tells the rep', async () => {
    const key = world.org.add();
    const summary = await world.run();
    expect(summary).toMatchObject({ outcome: 'success', counts: { created: 1, told: 1 } });
    expect(world.referral(key)).toMatchObject({
      name: 'Deal 1',
      details: {
        dealValue: 1000,
        currency: 'USD',
        closingDateTime: '2026-06-30T12:00:00.000Z',
        notes: 'First line\nsecond line'
      },
      consent: { consentToContact: true, consentToToShareInfoWithOthers: true }
    });
    expect(world.org.seen(key)).toMatchObject({
      state: 'Synced',
      codes: '',
      audit: [{ action: 'created', outcome: 'success' }]
    });
    expect(world.org.reports[0]?.counterpart).toMatchObject({ key: 'R1', link: 'https://referrals.example/R1' });
  });

  it('does nothing for an opportunity that is not to be shared', async () => {
    world.org.add({ Sync_with_Partner_Center__c: false });
    const summary = await world.run();
    expect(summary.counts).toMatchObject({ considered: 1, unchanged: 1, created: 0, told: 0 });
  });

  it('costs one call per system when nothing happened', async () => {
    for (let count = 0; count < 20; count += 1) world.org.add();
    await world.run();
    await world.run();
    const idle = await world.run();
    expect(idle.calls).toEqual({ salesforce: 1, 'partner-center': 1 });
    expect(idle).toMatchObject({
      outcome: 'success',
      counts: { created: 0, updatedLeft: 0, updatedRight: 0, told: 0 }
    });
  });

  it('creates 300 referrals with one look, 300 creations and two deliveries', async () => {
    await world.run();
    for (let count = 0; count < 300; count += 1) world.org.add();
    const summary = await world.run();
    expect(summary.counts.created).toBe(300);
    expect(summary.calls).toEqual({ salesforce: 3, 'partner-center': 301 });
  });

  it('invites Microsoft when help is asked, and the deal becomes visible', async () => {
    const key = world.org.add({ How_can_Microsoft_help__c: 'Quotes or Licensing', Contacts: [contact] });
    await world.run();
    expect(world.referral(key)).toMatchObject({
      microsoft: { inviteContext: { assistanceRequestCode: 'QuotesOrLicensing' } },
      consent: { consentToShareReferralWithMicrosoftSellers: true }
    });
    const messages = world.org.seen(key).audit.map(({ message }) => message);
    expect(messages).toContain('Microsoft was invited to the deal: Quotes or Licensing.');
    expect((await world.run()).calls).toEqual({ salesforce: 1, 'partner-center': 1 });
  });
});

describe('edits', () => {
  let key: string;
  beforeEach(async () => {
    key = world.org.add();
    await world.run();
  });

  it('travel to the right with old and new value in the trail', async () => {
    world.org.edit(key, { Amount: 2500, Description: 'New' });
    const summary = await world.run();
    expect(summary.counts).toMatchObject({ updatedRight: 1, updatedLeft: 0 });
    expect(world.referral(key)).toMatchObject({ details: { dealValue: 2500, notes: 'New' } });
    expect(world.org.seen(key).audit).toContainEqual(
      expect.objectContaining({ field: 'dealValue', direction: 'toRight', oldValue: 1000, newValue: 2500 })
    );
  });

  it('travel to the left', async () => {
    world.referrals.edit('R1', {
      'details.dealValue': 777.5,
      'details.closingDateTime': '2026-09-01T00:00:00.0000000Z'
    });
    const summary = await world.run();
    expect(summary.counts).toMatchObject({ updatedRight: 0, updatedLeft: 1 });
    expect(world.org.records.get(key)?.document).toMatchObject({ Amount: 777.5, CloseDate: '2026-09-01' });
  });

  it('cross on different fields without a conflict', async () => {
    world.org.edit(key, { Amount: 5 });
    world.referrals.edit('R1', { 'details.notes': 'Theirs' });
    const summary = await world.run();
    expect(summary.counts).toMatchObject({ updatedRight: 1, updatedLeft: 1, conflicts: 0 });
    expect(world.org.records.get(key)?.document).toMatchObject({ Amount: 5, Description: 'Theirs' });
    expect(world.referral(key)).toMatchObject({ details: { dealValue: 5, notes: 'Theirs' } });
  });

  it('of the same field: the newest wins and the other value is named', async () => {
    world.org.edit(key, { Amount: 5 });
    world.clock.advance(1000);
    world.referrals.edit('R1', { 'details.dealValue': 6 });
    await world.run();
    expect(world.org.records.get(key)?.document).toMatchObject({ Amount: 6 });
    expect(world.org.seen(key)).toMatchObject({ state: 'Synced' });
    expect(world.org.seen(key).audit).toContainEqual(
      expect.objectContaining({ action: 'conflict', field: 'dealValue', oldValue: 5, newValue: 6 })
    );
  });

  it('end with Won on both sides and the state Closed', async () => {
    world.org.edit(key, { StageName: 'Closed Won', Amount: 9000 });
    await world.run();
    expect(world.referral(key)).toMatchObject({ outcome: 'Closed/Won', details: { dealValue: 9000 } });
    expect(world.org.seen(key)).toMatchObject({ state: 'Closed' });
  });

  it('bring Won back to the stage, but never touch open stages', async () => {
    world.org.edit(key, { StageName: 'Negotiation' });
    expect((await world.run()).counts).toMatchObject({ updatedRight: 0, updatedLeft: 0 });
    world.referrals.edit('R1', { outcome: 'Closed/Lost' });
    await world.run();
    expect(world.org.records.get(key)?.document).toMatchObject({
      StageName: 'Closed Lost',
      Cosell_Sync_State__c: 'Closed'
    });
  });

  it('travel although the other side remarks on something, which is told and waits for nobody', async () => {
    const remark = { code: 'EARLY', message: 'This was early.', nextStep: 'Look at it.' };
    world.referrals.edit('R1', { 'details.notes': 'Theirs', remarks: [remark] });
    world.org.edit(key, { Amount: 5 });
    await world.run();
    expect(world.referral(key)).toMatchObject({ details: { dealValue: 5 } });
    expect(world.org.seen(key)).toMatchObject({ state: 'Synced', codes: 'EARLY' });
    expect(world.org.openRows(key)).toEqual([]);
    expect(world.org.seen(key).audit.filter(({ message }) => message.includes('This was early.'))).toHaveLength(1);
  });

  it('after closing are noted once and not sent', async () => {
    world.referrals.edit('R1', { outcome: 'Closed/Declined' });
    await world.run();
    world.org.edit(key, { Amount: 1 });
    await world.run();
    await world.run();
    const notes = world.org.seen(key).audit.filter(({ action }) => action === 'checked');
    expect(notes).toHaveLength(1);
    expect(notes[0]).toMatchObject({ field: 'dealValue', newValue: 1, outcome: 'attention' });
    expect(world.referral(key)).toMatchObject({ details: { dealValue: 1000 } });
    expect((await world.run()).calls).toEqual({ salesforce: 1, 'partner-center': 1 });
  });

  it('after closing are not taken back by a later edit of another field', async () => {
    world.referrals.edit('R1', { outcome: 'Closed/Declined' });
    await world.run();
    world.org.edit(key, { Amount: 1 });
    await world.run();
    world.org.edit(key, { Description: 'Later' });
    await world.run();
    expect(world.org.records.get(key)?.document).toMatchObject({ Amount: 1, Description: 'Later' });
    const notes = world.org.seen(key).audit.filter(({ action }) => action === 'checked');
    expect(notes.map(({ field }) => field)).toEqual(['dealValue', 'notes']);
    expect((await world.run()).calls).toEqual({ salesforce: 1, 'partner-center': 1 });
  });

  it('rest while sharing is switched off, and travel afterwards', async () => {
    world.org.edit(key, { Sync_with_Partner_Center__c: false });
    expect((await world.run()).counts.paused).toBe(1);
    expect(world.org.seen(key)).toMatchObject({ state: 'NotShared', codes: 'PAUSED' });
    world.org.edit(key, { Amount: 44 });
    world.referrals.edit('R1', { 'details.notes': 'Meanwhile' });
    await world.run();
    expect(world.referral(key)).toMatchObject({ details: { dealValue: 1000 } });
    world.org.edit(key, { Sync_with_Partner_Center__c: true });
    await world.run();
    expect(world.referral(key)).toMatchObject({ details: { dealValue: 44, notes: 'Meanwhile' } });
    expect(world.org.records.get(key)?.document).toMatchObject({
      Description: 'Meanwhile',
      Cosell_Sync_State__c: 'Synced'
    });
  });

  it('make a private deal partner-led and then co-sell, and never less', async () => {
    const visible = (): unknown =>
      (world.referral(key)['consent'] as Record<string, unknown>)['consentToShareReferralWithMicrosoftSellers'];
    expect([visible(), world.referral(key)['microsoft']]).toEqual([false, null]);
    world.org.edit(key, { Referral_Visible_to_Microsoft_Sellers__c: true });
    expect((await world.run()).counts).toMatchObject({ updatedRight: 1 });
    expect([visible(), world.referral(key)['microsoft']]).toEqual([true, null]);
    expect(world.org.seen(key).audit.map(({ message }) => message)).toContain(
      'The deal is now visible to Microsoft sellers.'
    );
    world.org.edit(key, { How_can_Microsoft_help__c: 'Quotes or Licensing', Contacts: [contact] });
    await world.run();
    const help = { microsoft: { inviteContext: { assistanceRequestCode: 'QuotesOrLicensing' } } };
    expect(world.referral(key)).toMatchObject(help);
    world.org.edit(key, { How_can_Microsoft_help__c: null, Referral_Visible_to_Microsoft_Sellers__c: false });
    expect((await world.run()).counts).toMatchObject({ updatedRight: 0 });
    expect(world.referral(key)).toMatchObject(help);
    // The kind of help and the visibility, each named.
    expect([visible(), world.org.seen(key).codes]).toEqual([true, 'ALREADY_SET;ALREADY_SET']);
  });

  it('of help after the invitation are refused and named', async () => {
    world.org.edit(key, { How_can_Microsoft_help__c: 'General or Other', Contacts: [contact] });
    await world.run();
    world.org.edit(key, { How_can_Microsoft_help__c: 'Quotes or Licensing' });
    const summary = await world.run();
    expect(summary.counts.conflicts).toBe(1);
    expect(world.org.seen(key)).toMatchObject({ state: 'Conflict', codes: 'ALREADY_SET' });
    world.org.edit(key, { How_can_Microsoft_help__c: 'General or Other' });
    await world.run();
    expect(world.org.seen(key)).toMatchObject({ state: 'Synced', codes: '' });
  });
});
