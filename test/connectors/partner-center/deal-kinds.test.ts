import { afterEach, describe, expect, it } from 'vitest';
import { mayHaveMicrosoft } from '../../../plugin/src/connectors/partner-center/referral.js';
import { acceptAsMicrosoft } from '../../../sandbox/src/partner-center/microsoft/answer.js';
import type { HttpRequest } from '../../../plugin/src/ports/http.js';
import type { JsonObject } from '../../../plugin/src/ports/json.js';
import type { RemoteRecord } from '../../../plugin/src/sync/ports.js';
import { dealValues, helpAsked, partnerCenterRig } from '../../support/partner-center.js';
import type { PartnerCenterRig } from '../../support/partner-center.js';

let rig: PartnerCenterRig | undefined;
afterEach(async () => {
  await rig?.close();
  rig = undefined;
});

/** A service that does not know `Prefer: return=representation` answers 204 and nothing else. */
function withoutPrefer(request: HttpRequest): HttpRequest {
  const { prefer: _prefer, ...headers } = request.headers as Record<string, string>;
  return { ...request, headers };
}

describe('an update', () => {
  it.each([
    ['with the referral', (request: HttpRequest) => request, ['PATCH']],
    ['with nothing, so that it is read once more', withoutPrefer, ['PATCH', 'GET']]
  ])('that is answered %s gives the referral as it is now', async (_name, seenAs, methods) => {
    rig = await partnerCenterRig({ seenAs });
    const record = await rig.connector.create('006000000000001AAA', dealValues());
    rig.sent.length = 0;
    const result = await rig.connector.update(record, { 'details.notes': 'Later' });
    expect(result).toMatchObject({ outcome: 'written', record: { document: { details: { notes: 'Later' } } } });
    expect(rig.sent.map(({ method }) => method)).toEqual(methods);
  });
});

describe('a referral that may have a second one, Microsoft’s', () => {
  const consent = (visible: boolean) => ({ consent: { consentToShareReferralWithMicrosoftSellers: visible } });
  it.each([
    ['private', { type: 'Independent', ...consent(false) }, false],
    ['private, and made visible later', { type: 'Independent', ...consent(true) }, true],
    ['shared', { type: 'Shared', ...consent(true) }, true]
  ])('%s', (_name, document, expected) => {
    expect(mayHaveMicrosoft(document)).toBe(expected);
  });
});

describe('the seller of Microsoft that is shown', () => {
  const seller = async ({ connector }: PartnerCenterRig, { key, context = {} }: RemoteRecord) =>
    ((await connector.read([{ key, context }])).get(key)?.document['microsoft'] as JsonObject)['seller'];

  it('is nobody while the invitation waits, and after its acceptance not one of the colleagues it was sent with', async () => {
    rig = await partnerCenterRig();
    const record = await rig.connector.create('006000000000001AAA', dealValues(helpAsked));
    expect(await seller(rig, record)).toBeNull();
    const accepted = acceptAsMicrosoft(rig.center.world, record.key);
    expect(accepted.document.team.length).toBeGreaterThan(1);
    expect(await seller(rig, record)).toEqual({ name: 'Mila Vermeer', email: 'mila.vermeer@microsoft.example' });
  });

  it('is no colleague either who has left the team since', async () => {
    rig = await partnerCenterRig();
    const record = await rig.connector.create('006000000000001AAA', dealValues(helpAsked));
    const [colleague] = record.document['team'] as JsonObject[];
    const successor = { ...colleague, email: `New.${String(colleague?.['email']).toUpperCase()}` };
    await rig.connector.update(record, { team: [successor] });
    acceptAsMicrosoft(rig.center.world, record.key);
    expect(await seller(rig, record)).toMatchObject({ name: 'Mila Vermeer' });
  });
});
