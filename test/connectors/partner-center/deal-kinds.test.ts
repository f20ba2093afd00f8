import { afterEach, describe, expect, it } from 'vitest';
import { mayHaveMicrosoft } from '../../../plugin/src/connectors/partner-center/referral.js';
import type { HttpRequest } from '../../../plugin/src/ports/http.js';
import { dealValues, partnerCenterRig } from '../../support/partner-center.js';
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
