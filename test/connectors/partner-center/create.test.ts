import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PartnerCenterRig } from '../../support/partner-center.js';
import { dealValues, helpAsked, partnerCenterRig } from '../../support/partner-center.js';

const marker = '006000000000001AAA';
let rig: PartnerCenterRig;

beforeEach(async () => {
  rig = await partnerCenterRig();
});
afterEach(() => rig.close());

const posts = () =>
  rig.sent.filter(({ method }) => method === 'POST').map(({ body }) => JSON.parse(body ?? '') as object);

describe('creating a referral', () => {
  it('makes a private deal with one call', async () => {
    const record = await rig.connector.create(marker, dealValues());
    expect(record).toMatchObject({ counterpart: marker, lifecycle: 'open' });
    expect(record.document).toMatchObject({
      type: 'Independent',
      qualification: 'SalesQualified',
      outcome: 'Active/Accepted',
      microsoft: null,
      externalReferenceId: marker,
      details: { dealValue: 50000, closingDateTime: expect.stringContaining('2026-12-31T12:00:00') },
      consent: {
        consentToContact: true,
        consentToToShareInfoWithOthers: true,
        consentToShareReferralWithMicrosoftSellers: false
      }
    });
    expect(record.version).toBe(record.document['eTag']);
    expect(record.context).toEqual({ engagementId: record.document['engagementId'] });
    expect(rig.connector.calls()).toBe(1);
  });

  it('targets the first solution and shares a deal that Microsoft may see', async () => {
    const values = dealValues({ 'consent.consentToShareReferralWithMicrosoftSellers': true });
    await rig.connector.create(marker, values);
    expect(posts()).toMatchObject([
      {
        type: 'Shared',
        target: [{ type: 'SolutionProfile', id: 'SOL-12345-ABC' }],
        status: 'New',
        substatus: 'Pending'
      }
    ]);
    expect(posts()[0]).not.toHaveProperty('outcome');
  });

  it('invites Microsoft with a second call when help is asked', async () => {
    const record = await rig.connector.create(marker, dealValues(helpAsked));
    expect(posts()).toHaveLength(2);
    expect(posts()[1]).toMatchObject({
      engagementId: record.document['engagementId'],
      target: [{ type: 'BusinessProfileLocation', id: 'msft' }],
      inviteContext: { assistanceRequestCode: 'ProofOfConceptOrDemo' }
    });
    expect(posts()[0]).not.toHaveProperty('microsoft');
    expect(record.document['microsoft']).toMatchObject({
      status: 'New',
      substatus: 'Pending',
      organizationId: 'msft',
      inviteContext: { assistanceRequestCode: 'ProofOfConceptOrDemo' }
    });
    const read = await rig.connector.read([{ key: record.key, context: record.context! }]);
    expect(read.get(record.key)).toEqual(record);
  });

  it.each(['Unknown', null])('asks for no help with the code %s', async (code) => {
    const record = await rig.connector.create(
      marker,
      dealValues({ 'microsoft.inviteContext.assistanceRequestCode': code })
    );
    expect(record.document['microsoft']).toBeNull();
    expect(posts()).toHaveLength(1);
  });

  it('returns the first referral when the invitation is refused, so that it is coupled', async () => {
    const record = await rig.connector.create(marker, dealValues({ ...helpAsked, 'customerProfile.team': [] }));
    expect(record.document).toMatchObject({ type: 'Shared', microsoft: null });
    expect(posts()).toHaveLength(2);
    await expect(rig.connector.update(record, helpAsked)).rejects.toMatchObject({
      kind: 'rejected',
      details: { target: 'customerProfile.team' }
    });
  });

  it('is refused with the path that is wrong', async () => {
    await expect(
      rig.connector.create(marker, dealValues({ 'customerProfile.address.country': 'NLD' }))
    ).rejects.toMatchObject({
      kind: 'rejected',
      code: 'invalidRequest',
      details: { status: 400, target: 'customerProfile.address.country' },
      nextSteps: [expect.stringContaining('customerProfile.address.country')]
    });
  });

  it('carries our caller id, a correlation id and a new request id per call', async () => {
    const record = await rig.connector.create(marker, dealValues(helpAsked));
    expect(record.document['lastModifiedVia']).toBe(rig.sent[0]?.headers?.['x-caller-id']);
    const ids = rig.sent.map(({ headers }) => headers?.['client-request-id']);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { headers } of rig.sent) expect(headers?.['ms-correlationid']).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe('a create whose answer is lost', () => {
  it.each([
    { name: 'cut before it was carried out', fault: { kind: 'cut', when: 'before' } as const, there: 0 },
    { name: 'cut after it was carried out', fault: { kind: 'cut', when: 'after' } as const, there: 1 },
    { name: '500 after it was carried out', fault: { kind: 'status', status: 500, when: 'after' } as const, there: 1 },
    { name: '504 after it was carried out', fault: { kind: 'status', status: 504, when: 'after' } as const, there: 1 }
  ])('has an unknown outcome, is not repeated, and is found by its marker: $name', async ({ fault, there }) => {
    rig.center.faults.add({ ...fault, method: 'POST' });
    await expect(rig.connector.create(marker, dealValues())).rejects.toMatchObject({ kind: 'unknownOutcome' });
    expect(posts()).toHaveLength(1);
    const found = await rig.connector.findByMarker(marker, undefined);
    expect(found.map(({ counterpart }) => counterpart)).toEqual(Array.from({ length: there }, () => marker));
  });

  it('was not carried out when it was throttled, and may be repeated after the time asked for', async () => {
    rig.center.faults.add({ kind: 'status', status: 429, retryAfterSeconds: 7, method: 'POST' });
    await expect(rig.connector.create(marker, dealValues())).rejects.toMatchObject({
      kind: 'retryable',
      code: 'THROTTLED',
      details: { retryAfterMs: 7000 }
    });
    expect(await rig.connector.findByMarker(marker, undefined)).toEqual([]);
  });
});

describe('finding by marker', () => {
  it('gives the deal with both halves and not Microsoft’s half by itself', async () => {
    const record = await rig.connector.create(marker, dealValues(helpAsked));
    await rig.connector.create('006000000000002AAA', dealValues());
    expect(await rig.connector.findByMarker(marker, undefined)).toEqual([record]);
  });

  it('finds both when a deal was made twice', async () => {
    await rig.connector.create(marker, dealValues());
    await rig.connector.create(marker, dealValues());
    expect(await rig.connector.findByMarker(marker, undefined)).toHaveLength(2);
  });

  it('looks no further back than asked', async () => {
    await rig.connector.create(marker, dealValues());
    rig.center.advance(3_600_000);
    await rig.connector.create('006000000000002AAA', dealValues());
    const hourAgo = new Date(Date.now() + 3_000_000).toISOString();
    const before = rig.connector.calls();
    await rig.connector.findByMarker('006000000000003AAA', hourAgo);
    expect(rig.connector.calls() - before).toBe(1);
  });
});

it('links to the inbox', async () => {
  const record = await rig.connector.create(marker, dealValues());
  expect(rig.connector.linkTo(record)).toBe(`https://partner.microsoft.com/referrals/v2/inbox?id=${record.key}`);
});
