import { describe, expect, it } from 'vitest';
import type { Json } from './helpers.js';
import { bench, contact, deal, invitation, member, merge, REFERRALS } from './helpers.js';

const refused = async (change: object, settings = {}): Promise<[number, string, string]> => {
  const b = await bench(settings);
  const answer = await b.call('POST', REFERRALS, { body: merge(deal(), change) });
  return [answer.status, answer.body.error?.code, answer.body.error?.target];
};

describe('creating a referral', () => {
  it.each<[string, object]>([
    ['name', { name: undefined }],
    ['type', { type: undefined }],
    ['customerProfile.name', { customerProfile: undefined }],
    ['customerProfile.name', { customerProfile: { name: ' ' } }],
    ['customerProfile.address.addressLine1', { customerProfile: { address: { addressLine1: null } } }],
    ['customerProfile.address.city', { customerProfile: { address: { city: undefined } } }],
    ['customerProfile.address.country', { customerProfile: { address: { country: undefined } } }],
    ['consent.consentToContact', { consent: undefined }],
    ['details.dealValue', { details: undefined }],
    ['details.dealValue', { details: { dealValue: null } }],
    ['details.dealValue', { details: { dealValue: 0 } }],
    ['details.currency', { details: { currency: '' } }],
    ['details.closingDateTime', { details: { closingDateTime: null } }],
    ['details.requirements.solutions', { details: { requirements: { solutions: [] } } }],
    ['details.requirements.solutions', { details: { requirements: undefined } }],
    ['team', { team: [] }],
    ['team[0].phoneNumber', { team: [{ ...member, phoneNumber: null }] }],
    ['team[0].email', { team: [{ ...member, email: 'nobody' }] }]
  ])('rule 6: without a proper %s it is refused', async (target, change) => {
    expect(await refused(change)).toEqual([400, 'invalidRequest', target]);
  });

  it.each<[string, string, object]>([
    ['a three-letter country', 'customerProfile.address.country', { customerProfile: { address: { country: 'PRT' } } }],
    ['a country name', 'customerProfile.address.country', { customerProfile: { address: { country: 'Portugal' } } }],
    ['a code of no country', 'customerProfile.address.country', { customerProfile: { address: { country: 'XX' } } }],
    ['an unknown currency', 'details.currency', { details: { currency: 'EURO' } }],
    ['a date in words', 'details.closingDateTime', { details: { closingDateTime: 'next June' } }],
    ['30 February', 'details.closingDateTime', { details: { closingDateTime: '2026-02-30' } }],
    ['a value in words', 'details.dealValue', { details: { dealValue: '5k' } }],
    ['an unknown type', 'type', { type: 'Private' }],
    [
      'an unknown help code',
      'inviteContext.assistanceRequestCode',
      { inviteContext: { assistanceRequestCode: 'TechnicalEngagement' } }
    ]
  ])('rule 7: %s is refused', async (_case, target, change) => {
    expect(await refused(change)).toEqual([400, 'invalidRequest', target]);
  });

  it.each(['consentToContact', 'consentToToShareInfoWithOthers'])('rule 8: %s must be true', async (name) => {
    expect(await refused({ consent: { [name]: false } })).toEqual([400, 'invalidRequest', `consent.${name}`]);
  });

  it.each<[string, string, object]>([
    ['no customer contact', 'customerProfile.team', { customerProfile: { team: [] } }],
    [
      'a contact without phone',
      'customerProfile.team[0].phoneNumber',
      { customerProfile: { team: [{ ...contact, phoneNumber: '' }] } }
    ],
    [
      'no visibility',
      'consent.consentToShareReferralWithMicrosoftSellers',
      { consent: { consentToShareReferralWithMicrosoftSellers: false } }
    ]
  ])('rule 9: help with %s is refused', async (_case, target, change) => {
    const b = await bench();
    const own = await b.create();
    const body = merge(deal(), { engagementId: own.engagementId, ...invitation, ...change });
    const answer = await b.call('POST', REFERRALS, { body });
    expect([answer.status, answer.body.error.target]).toEqual([400, target]);
  });

  it('rule 9: without help neither contact nor visibility is needed', async () => {
    const own = await (
      await bench()
    ).create({
      customerProfile: { team: [] },
      consent: { consentToShareReferralWithMicrosoftSellers: undefined }
    });
    expect(own.consent.consentToShareReferralWithMicrosoftSellers).toBe(false);
  });

  it('rule 10: an own deal is Active/Accepted whatever was asked, and the service sets what is its own', async () => {
    const own = await (
      await bench()
    ).create({
      id: 'mine',
      status: 'New',
      substatus: 'Pending',
      eTag: 'mine',
      organizationId: 'mine',
      createdDateTime: '2001-01-01',
      trackingInfo: { microsoftMsxId: 'mine' }
    });
    expect([own.status, own.substatus, own.organizationName, own.trackingInfo]).toEqual([
      'Active',
      'Accepted',
      'Contoso Partners',
      null
    ]);
    expect(own.id).toMatch(/^[0-9a-f-]{36}$/);
    expect(own.eTag).toMatch(/^"[0-9a-f]{8}-0000-0000-0000-[0-9a-f]{12}"$/);
    expect(own.acceptedDateTime).toBe(own.createdDateTime);
    expect(own.createdDateTime.startsWith('2026-01-05T09:00:00')).toBe(true);
    expect(own.inviteContext.invitedBy.organizationId).toBe(own.organizationId);
  });

  it('rule 10: links carry the misspelling and the unquoted id of live answers', async () => {
    const own = await (await bench()).create();
    expect(own.links.self.uri).toBe(`https://api.partner.microsoft.com/v1.0/engagments/referrals/${own.id}`);
    expect(own.links.relatedReferrals.uri).toContain(`engagementId eq ${own.engagementId}`);
  });

  it('rule 11: the second POST makes the referral of Microsoft and tells the partner', async () => {
    const b = await bench();
    const [own, microsoft] = await b.createPair();
    expect(microsoft).toMatchObject({
      engagementId: own.engagementId,
      organizationId: 'msft',
      status: 'New',
      substatus: 'Pending',
      type: 'Shared',
      inviteContext: {
        assistanceRequestCode: 'ProofOfConceptOrDemo',
        invitedBy: { organizationId: own.organizationId }
      }
    });
    expect(Date.parse(microsoft.expirationDateTime) - Date.parse(microsoft.createdDateTime)).toBeCloseTo(
      14 * 86_400_000,
      -2
    );
    expect(b.center.world.store.events().map(({ eventName, referralId }) => [eventName, referralId])).toEqual([
      ['referral-created', own.id],
      ['related-referral-created', microsoft.id]
    ]);
  });

  it('rule 11: inviting Microsoft into a private deal makes it shared and visible', async () => {
    const b = await bench();
    const own = await b.create({
      type: 'Independent',
      target: [],
      consent: { consentToShareReferralWithMicrosoftSellers: false }
    });
    await b.create({ engagementId: own.engagementId, ...invitation });
    const now = await b.read(own.id);
    expect([now.type, now.consent.consentToShareReferralWithMicrosoftSellers]).toEqual(['Shared', true]);
    expect(now.eTag).not.toBe(own.eTag);
  });

  it('rule 11: an invitation that is repeated makes a second referral unless the switch refuses it', async () => {
    const b = await bench();
    const [own] = await b.createPair();
    const again = { body: merge(deal(), { engagementId: own.engagementId, ...invitation }) };
    expect((await b.call('POST', REFERRALS, again)).status).toBe(200);
    expect((await b.list({ $filter: `engagementId eq ${own.engagementId}` })).value).toHaveLength(3);
    b.center.changeSettings({ secondInvitationRefused: true });
    expect((await b.call('POST', REFERRALS, again)).status).toBe(400);
  });

  it.each<[string, string, object]>([
    ['an engagement', 'engagementId', { target: invitation.target, inviteContext: invitation.inviteContext }],
    ['a kind of help', 'inviteContext.assistanceRequestCode', { engagementId: '?', target: invitation.target }],
    ['the target msft', 'target', { engagementId: '?', inviteContext: invitation.inviteContext }]
  ])('rule 11: an invitation without %s is refused', async (_case, target, change: Json) => {
    const b = await bench();
    const own = await b.create();
    const body = merge(deal(), change.engagementId ? { ...change, engagementId: own.engagementId } : change);
    const answer = await b.call('POST', REFERRALS, { body });
    expect([answer.status, answer.body.error.target]).toEqual([400, target]);
  });

  it.each([
    [404, 'itemNotFound'],
    [400, 'invalidRequest']
  ] as const)('rule 12: an unknown engagement is %i', async (status, code) => {
    const change = { engagementId: '11111111-2222-4333-8444-555555555555', ...invitation };
    expect(await refused(change, { unknownEngagementStatus: status })).toEqual([status, code, 'engagementId']);
  });

  it('rule 13: property names come in any case and go out in camelCase with nulls', async () => {
    const b = await bench();
    const upper = (value: Json): Json =>
      Array.isArray(value)
        ? value.map(upper)
        : typeof value === 'object' && value !== null
          ? Object.fromEntries(
              Object.entries(value).map(([k, v]) => [k.charAt(0).toUpperCase() + k.slice(1), upper(v)])
            )
          : value;
    const { body } = await b.call('POST', REFERRALS, { body: upper(deal()) });
    expect(body.customerProfile.address).toEqual({
      addressLine1: 'Rua Augusta 1',
      addressLine2: null,
      city: 'Lisbon',
      state: null,
      postalCode: '1100-048',
      country: 'PT',
      region: null
    });
    expect([body.statusReason, body.expirationDateTime, body.registrations]).toEqual([null, null, []]);
  });

  it.each([200, 201] as const)('rule 10: the status of a create can be %i', async (createStatus) => {
    const b = await bench({ createStatus });
    expect((await b.call('POST', REFERRALS, { body: deal() })).status).toBe(createStatus);
  });

  it('rule 31: an unknown solution is refused, a known one is described from the catalogue', async () => {
    const solutions = [{ id: 'SOL-99999-ZZZ', type: 'Name' }];
    const target = 'details.requirements.solutions[0].id';
    expect(await refused({ details: { requirements: { solutions } } })).toEqual([400, 'invalidRequest', target]);
    const unchecked = await bench({ solutionsChecked: false });
    await unchecked.create({ details: { requirements: { solutions } }, target: [] });
    const own = await unchecked.create({ details: { requirements: { solutions: [{ id: 'sol-10482-klm' }] } } });
    expect(own.details.requirements.solutions[0]).toMatchObject({
      id: 'SOL-10482-KLM',
      name: 'Contoso Demand Forecasting',
      publisherName: 'Contoso Partners',
      type: 'Name',
      solutionType: '3P'
    });
  });

  it('rule 31: a target that names an unknown solution is refused', async () => {
    expect(await refused({ target: [{ type: 'SolutionProfile', id: 'SOL-0' }] })).toEqual([
      400,
      'invalidRequest',
      'target[0].id'
    ]);
  });

  it.each<[string, (count: number) => object]>([
    [
      'details.requirements.solutions',
      (n) => ({ details: { requirements: { solutions: Array(n).fill({ id: 'SOL-10482-KLM' }) } } })
    ],
    ['team', (n) => ({ team: Array(n).fill(member) })]
  ])('rule 32: %s holds 50 and not 51', async (target, change) => {
    expect(await refused(change(51))).toEqual([400, 'invalidRequest', target]);
    expect((await refused(change(50)))[0]).toBe(200);
  });
});
