import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RemoteRecord } from '../../../plugin/src/sync/ports.js';
import type { PartnerCenterRig } from '../../support/partner-center.js';
import { dealValues, helpAsked, partnerCenterRig } from '../../support/partner-center.js';

let rig: PartnerCenterRig;
let record: RemoteRecord;

beforeEach(async () => {
  rig = await partnerCenterRig();
  record = await rig.connector.create('006000000000001AAA', dealValues());
  rig.sent.length = 0;
});
afterEach(() => rig.close());

async function fresh(): Promise<RemoteRecord> {
  const read = await rig.connector.read([{ key: record.key, context: record.context! }]);
  return read.get(record.key)!;
}

describe('updating a referral', () => {
  it('sends one JSON Patch under the version that was read and gives the new record back', async () => {
    const result = await rig.connector.update(record, { 'details.dealValue': '75000', 'details.notes': 'New' });
    expect(result).toMatchObject({
      outcome: 'written',
      record: { document: { details: { dealValue: 75000, notes: 'New' } } }
    });
    expect(rig.sent).toHaveLength(1);
    expect(rig.sent[0]).toMatchObject({
      method: 'PATCH',
      headers: { 'if-match': record.version, prefer: 'return=representation', 'content-type': 'application/json' }
    });
    expect(JSON.parse(rig.sent[0]?.body ?? '')).toEqual([
      { op: 'replace', path: '/details/dealValue', value: 75000 },
      { op: 'replace', path: '/details/notes', value: 'New' }
    ]);
    expect(result.outcome === 'written' && result.record).toEqual(await fresh());
  });

  it('writes status and substatus as one outcome, after which nothing more is accepted', async () => {
    const result = await rig.connector.update(record, { outcome: 'Closed/Won' });
    expect(result).toMatchObject({
      outcome: 'written',
      record: { lifecycle: 'final', document: { outcome: 'Closed/Won' } }
    });
    await expect(rig.connector.update(await fresh(), { 'details.notes': 'late' })).rejects.toMatchObject({
      kind: 'rejected'
    });
  });

  it('is stale when somebody changed the referral meanwhile', async () => {
    await rig.connector.update(record, { 'details.notes': 'first' });
    expect(await rig.connector.update(record, { 'details.notes': 'second' })).toEqual({ outcome: 'stale' });
    expect((await fresh()).document).toMatchObject({ details: { notes: 'first' } });
  });

  it.each([
    { name: 'before', when: 'before' as const, outcome: 'written' },
    { name: 'after', when: 'after' as const, outcome: 'stale' }
  ])('is repeated when the connection is cut $name it was carried out', async ({ when, outcome }) => {
    rig.center.faults.add({ kind: 'cut', method: 'PATCH', when });
    expect(await rig.connector.update(record, { 'details.notes': 'once' })).toMatchObject({ outcome });
    expect((await fresh()).document).toMatchObject({ details: { notes: 'once' } });
  });

  it('refuses what the service cannot change, before any call', async () => {
    await expect(rig.connector.update(record, { name: 'Other' })).rejects.toMatchObject({
      kind: 'rejected',
      code: 'PATH_READ_ONLY',
      details: { target: 'name' }
    });
    expect(rig.sent).toHaveLength(0);
  });

  it('is stale when the referral is gone', async () => {
    const gone = { ...record, key: '00000000-0000-4000-8000-000000000000' };
    expect(await rig.connector.update(gone, { 'details.notes': 'x' })).toEqual({ outcome: 'stale' });
  });
});

describe('asking for help later', () => {
  it('patches first and then invites Microsoft', async () => {
    const result = await rig.connector.update(record, { 'details.notes': 'with help', ...helpAsked });
    expect(result).toMatchObject({
      outcome: 'written',
      record: { document: { type: 'Shared', details: { notes: 'with help' }, microsoft: { status: 'New' } } }
    });
    expect(rig.sent.map(({ method }) => method)).toEqual(['PATCH', 'GET', 'POST', 'GET']);
    expect(result.outcome === 'written' && result.record).toEqual(await fresh());
  });

  it('does not invite twice when the answer of the first invitation was lost', async () => {
    const visible = { 'consent.consentToShareReferralWithMicrosoftSellers': true };
    const patched = await rig.connector.update(record, visible);
    const current = patched.outcome === 'written' ? patched.record! : record;
    const help = { 'microsoft.inviteContext.assistanceRequestCode': 'GeneralOrOther' };
    rig.center.faults.add({ kind: 'cut', method: 'POST', when: 'after' });
    await expect(rig.connector.update(current, help)).rejects.toMatchObject({ kind: 'unknownOutcome' });
    expect(await rig.connector.update(current, help)).toEqual({ outcome: 'stale' });
    expect(rig.center.world.store.engagement(String(record.document['engagementId']))).toHaveLength(2);
  });

  it('cannot change the kind of help any more', async () => {
    await rig.connector.update(record, helpAsked);
    const code = { 'microsoft.inviteContext.assistanceRequestCode': 'GeneralOrOther' };
    await expect(rig.connector.update(await fresh(), code)).rejects.toMatchObject({ code: 'HELP_READ_ONLY' });
  });
});
