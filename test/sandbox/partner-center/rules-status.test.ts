import { describe, expect, it } from 'vitest';
import type { Bench, Json } from './helpers.js';
import { bench, contact, deal, invitation, merge, REFERRALS } from './helpers.js';

const replace = (path: string, value: unknown): object => ({ op: 'replace', path, value });
const close = (substatus: string): object[] => [replace('/status', 'Closed'), replace('/substatus', substatus)];
const VISIBLE = '/consent/consentToShareReferralWithMicrosoftSellers';

/** A New referral that waits for the partner. */
async function incoming(b: Bench): Promise<Json> {
  const body = {
    kind: 'cosell',
    name: 'Brought by Microsoft',
    customerName: 'Adatum',
    city: 'Lisbon',
    country: 'PT',
    dealValue: 90_000,
    currency: 'EUR',
    closingDateTime: '2026-09-01'
  };
  const { id } = (await b.call('POST', '/inbox/api/referrals', { body })).body;
  return b.read(id);
}

describe('status, visibility and replacing', () => {
  it.each<[string, object[], string]>([
    ['Active with Won', [replace('/substatus', 'Won')], 'substatus'],
    ['Closed with Accepted', [replace('/status', 'Closed')], 'substatus'],
    ['Active back to New', [replace('/status', 'New'), replace('/substatus', 'Pending')], 'status'],
    ['Expired by hand', close('Expired'), 'substatus'],
    ['an unknown substatus', close('Engaged'), 'substatus']
  ])('rule 19: %s is refused', async (_case, operations, target) => {
    const b = await bench();
    const own = await b.create();
    const answer = await b.patch(own.id, operations);
    expect([answer.status, answer.body.error.target]).toEqual([400, target]);
  });

  it.each(['Won', 'Lost', 'Declined', 'Error'])('rule 19: Closed/%s is final', async (substatus) => {
    const b = await bench();
    const own = await b.create();
    expect((await b.patch(own.id, close(substatus))).status).toBe(204);
    expect((await b.read(own.id)).closedDateTime).toMatch(/^2026-01-05T09:00:00/);
    for (const change of [
      [replace('/details/notes', 'x')],
      close('Won'),
      [replace('/status', 'Active'), replace('/substatus', 'Accepted')]
    ]) {
      expect((await b.patch(own.id, change)).status).toBe(400);
    }
    const invited = await b.call('POST', REFERRALS, {
      body: merge(deal(), { engagementId: own.engagementId, ...invitation })
    });
    expect(invited.status).toBe(400);
    b.center.changeSettings({ closedIsFinal: false });
    expect((await b.patch(own.id, [replace('/details/notes', 'x')])).status).toBe(204);
  });

  it('rule 19: a New referral is accepted in one PATCH', async () => {
    const b = await bench();
    const { id, status } = await incoming(b);
    await b.patch(id, [replace('/status', 'Active'), replace('/substatus', 'Accepted')]);
    const now = await b.read(id);
    expect([status, now.status, now.substatus, now.acceptedDateTime !== null]).toEqual([
      'New',
      'Active',
      'Accepted',
      true
    ]);
  });

  it('rule 20: a visible deal cannot be hidden again', async () => {
    const b = await bench();
    const own = await b.create();
    for (const value of [false, null]) {
      const answer = await b.patch(own.id, [replace(VISIBLE, value)]);
      expect([answer.status, answer.body.error.target]).toEqual([
        400,
        'consent.consentToShareReferralWithMicrosoftSellers'
      ]);
    }
  });

  it.each<[string, object, string]>([
    ['links', { links: { self: null } }, 'links'],
    ['another customer', { customerProfile: { name: 'Other' } }, 'customerProfile.name'],
    ['no team', { team: [] }, 'team']
  ])('rule 21: PUT with %s is refused', async (_case, change, target) => {
    const b = await bench();
    const own = await b.create();
    const body = merge(merge(deal(), { status: 'Active', substatus: 'Accepted', mpnId: own.mpnId }), change);
    const answer = await b.call('PUT', `${REFERRALS}/${own.id}`, { body, headers: { 'if-match': own.eTag } });
    expect([answer.status, answer.body.error.target]).toEqual([400, target]);
  });

  it('rule 33: the caller id of the last write shows as lastModifiedVia', async () => {
    const b = await bench();
    const own = await b.create();
    const via = '0a6cdd1c-1c2f-4a53-a8d5-1a2b3c4d5e6f';
    await b.patch(own.id, [replace('/details/notes', 'x')], { 'x-caller-id': via });
    expect((await b.read(own.id)).lastModifiedVia).toBe(via);
    await b.patch(own.id, [replace('/details/notes', 'y')]);
    expect((await b.read(own.id)).lastModifiedVia).toBeNull();
    b.center.changeSettings({ callerIdShown: false });
    await b.patch(own.id, [replace('/details/notes', 'z')], { 'x-caller-id': via });
    expect((await b.read(own.id)).lastModifiedVia).toBeNull();
    const callers = b.center.world.store.history(own.engagementId).map((entry) => entry.writer.callerId);
    expect(callers).toEqual([via, null, via, null]);
  });

  it("the referral of Microsoft is Microsoft's to change", async () => {
    const b = await bench();
    const [, microsoft] = await b.createPair();
    expect((await b.patch(microsoft.id, [replace('/details/notes', 'x')])).status).toBe(403);
  });

  it('value and closing date show on both referrals of the engagement, unless switched off', async () => {
    const b = await bench();
    const [own, microsoft] = await b.createPair();
    await b.patch(own.id, [replace('/details/dealValue', 77), replace('/details/notes', 'ours')]);
    const mirrored = await b.read(microsoft.id);
    expect([mirrored.details.dealValue, mirrored.details.notes]).toEqual([77, deal().details.notes]);
    b.center.changeSettings({ detailsSharedInEngagement: false });
    await b.patch(own.id, [replace('/details/dealValue', 78)]);
    expect((await b.read(microsoft.id)).details.dealValue).toBe(77);
  });

  it('customer contacts can be frozen once Microsoft takes part', async () => {
    const b = await bench({ customerContactFrozenAfterSharing: true });
    const [own] = await b.createPair();
    expect((await b.patch(own.id, [replace('/customerProfile/team', [contact])])).status).toBe(400);
  });
});
