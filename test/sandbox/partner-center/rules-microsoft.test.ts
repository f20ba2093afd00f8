import { describe, expect, it } from 'vitest';
import {
  acceptAsMicrosoft,
  declineAsMicrosoft,
  editAsMicrosoft
} from '../../../sandbox/src/partner-center/microsoft/answer.js';
import type { IncomingReferral } from '../../../sandbox/src/partner-center/microsoft/send.js';
import { sendFromMicrosoft } from '../../../sandbox/src/partner-center/microsoft/send.js';
import type { Json } from './helpers.js';
import { bench } from './helpers.js';

const DAY = 86_400_000;
const events = (b: Awaited<ReturnType<typeof bench>>, after: number): string[] =>
  b.center.world.store.events(after).map((event) => event.eventName);

const lead: IncomingReferral = {
  kind: 'lead',
  name: 'A lead',
  customerName: 'Fourth Coffee',
  city: 'Lyon',
  country: 'FR',
  dealValue: '46000',
  currency: 'EUR',
  closingDateTime: '2026-05-01'
};

describe('the clock and Microsoft', () => {
  it('rule 29: after 14 days an unanswered request expires and the partner is told', async () => {
    const b = await bench();
    const [own, microsoft] = await b.createPair();
    b.advance(14 * DAY - 60_000);
    expect((await b.center.world.store.get(microsoft.id))?.document.status).toBe('New');
    const before = b.center.world.store.version();
    b.advance(60_000 + 1);
    const expired = b.center.world.store.get(microsoft.id)?.document;
    expect([expired?.status, expired?.substatus, expired?.closedDateTime]).toEqual([
      'Closed',
      'Expired',
      microsoft.expirationDateTime
    ]);
    expect(events(b, before)).toEqual(['related-referral-updated']);
    expect(b.center.world.store.get(own.id)?.document.status).toBe('Active');
  });

  it('rule 29: an accepted request does not expire', async () => {
    const b = await bench();
    const [, microsoft] = await b.createPair();
    acceptAsMicrosoft(b.center.world, microsoft.id);
    b.advance(30 * DAY);
    expect(b.center.world.store.get(microsoft.id)?.document.status).toBe('Active');
  });

  it.each(['own', 'microsoft'])(
    'rule 30: accepting by the id of the %s referral fills the CRM number',
    async (side) => {
      const b = await bench();
      const [own, microsoft] = await b.createPair();
      const before = b.center.world.store.version();
      acceptAsMicrosoft(b.center.world, side === 'own' ? own.id : microsoft.id);
      const [ours, theirs] = [await b.read(own.id), await b.read(microsoft.id)];
      expect([theirs.status, theirs.substatus, theirs.acceptedDateTime !== null]).toEqual(['Active', 'Accepted', true]);
      expect(theirs.trackingInfo.microsoftMsxId).toMatch(/^7-[0-9A-Z]+$/);
      expect(ours.trackingInfo).toEqual(theirs.trackingInfo);
      expect(theirs.team.at(-1).email).toContain('microsoft');
      expect(events(b, before)).toEqual(['related-referral-updated', 'referral-updated']);
    }
  );

  it('rule 30: declining closes the side of Microsoft with the reason and leaves the deal open', async () => {
    const b = await bench();
    const [own, microsoft] = await b.createPair();
    declineAsMicrosoft(b.center.world, own.id, 'Timeline too short');
    const theirs = await b.read(microsoft.id);
    expect([theirs.status, theirs.substatus, theirs.statusReason]).toEqual([
      'Closed',
      'Declined',
      'Timeline too short'
    ]);
    expect((await b.read(own.id)).status).toBe('Active');
    expect(() => acceptAsMicrosoft(b.center.world, own.id)).toThrow('waiting');
  });

  it('rule 30: editing changes value, closing date and notes of the partner’s referral', async () => {
    const b = await bench();
    const [own, microsoft] = await b.createPair();
    editAsMicrosoft(b.center.world, microsoft.id, {
      dealValue: '61500.25',
      closingDateTime: '2026-08-01',
      notes: 'More seats.'
    });
    const ours = await b.read(own.id);
    expect(ours.details).toMatchObject({
      dealValue: 61500.25,
      closingDateTime: '2026-08-01T00:00:00Z',
      notes: 'More seats.'
    });
    expect([ours.lastModifiedVia, ours.eTag === own.eTag]).toEqual([null, false]);
    expect((await b.read(microsoft.id)).details.dealValue).toBe(61500.25);
    const [entry] = b.center.world.store.history(own.engagementId).filter((line) => line.referralId === own.id);
    expect(entry?.changes).toContainEqual({ path: 'details.dealValue', from: 50000, to: 61500.25 });
  });

  it.each<[string, object]>([
    ['a value of nothing', { dealValue: 0 }],
    ['no date', { closingDateTime: null }],
    ['a date in words', { closingDateTime: 'soon' }]
  ])('rule 30: editing to %s is refused', async (_case, edit) => {
    const b = await bench();
    const own = await b.create();
    expect(() => editAsMicrosoft(b.center.world, own.id, edit)).toThrow();
    expect(await b.read(own.id)).toEqual(own);
  });

  it('rule 30: a lead comes in New/Pending, alone in its engagement', async () => {
    const b = await bench();
    const { id } = sendFromMicrosoft(b.center.world, lead);
    const row = await b.read(id);
    expect(row).toMatchObject({
      status: 'New',
      substatus: 'Pending',
      type: 'Independent',
      qualification: 'SalesQualified',
      direction: 'Incoming',
      inviteContext: { invitedBy: { organizationId: 'msft' } }
    });
    expect((await b.list({ $filter: `engagementId eq ${row.engagementId}` })).value).toHaveLength(1);
    expect(events(b, 0)).toEqual(['referral-created']);
  });

  it('rule 30: a co-sell deal comes in with the referral of Microsoft beside it', async () => {
    const b = await bench();
    const { id } = sendFromMicrosoft(b.center.world, { ...lead, kind: 'cosell', solutionId: 'SOL-10482-KLM' });
    const row = await b.read(id);
    const pair = (await b.list({ $filter: `engagementId eq ${row.engagementId}` })).value;
    expect(pair.map((side: Json) => [side.organizationName, side.status, side.type]).sort()).toEqual([
      ['Contoso Partners', 'New', 'Shared'],
      ['Microsoft', 'Active', 'Shared']
    ]);
    expect(events(b, 0)).toEqual(['referral-created', 'related-referral-created']);
  });

  it.each<[string, object]>([
    ['without a name', { name: '' }],
    ['of an unknown kind', { kind: 'gift' }],
    ['with an unknown solution', { solutionId: 'SOL-0' }],
    ['in an unknown currency', { currency: 'E' }]
  ])('rule 30: a referral %s is not sent', async (_case, change) => {
    const b = await bench();
    expect(() => sendFromMicrosoft(b.center.world, { ...lead, ...change } as IncomingReferral)).toThrow();
    expect((await b.list({})).value).toEqual([]);
  });
});
