import { describe, expect, it } from 'vitest';
import { toRecord } from '../../../plugin/src/connectors/partner-center/referral.js';
import type { JsonObject } from '../../../plugin/src/ports/json.js';

const won = (changes: JsonObject = {}) =>
  toRecord(
    {
      ...{ id: 'R1', eTag: '"1"', engagementId: 'E1', type: 'Shared', status: 'Closed', substatus: 'Won' },
      createdDateTime: '2026-03-02T08:00:00.1234567Z',
      closedDateTime: '2026-03-05T07:59:59.9999999Z',
      updatedDateTime: '2026-03-05T08:00:00Z',
      registrationStatus: 'ReviewPending',
      registrations: [{ contract: { term: 'Perpetual' } }],
      ...changes
    },
    null
  );

describe('a registered deal', () => {
  it('that was won within 72 hours of its creation says that Microsoft may refuse, and where to look', () => {
    expect(won().remarks).toEqual([
      {
        code: 'REGISTRATION_WON_EARLY',
        message: expect.stringContaining('within 72 hours of its creation') as string,
        nextStep: expect.stringContaining('Referral Registration Status') as string
      }
    ]);
  });

  it.each<[string, JsonObject]>([
    ['was won later', { closedDateTime: '2026-03-05T08:00:00.1234567Z' }],
    ['is taken by Microsoft', { registrationStatus: 'Approved' }],
    ['is not registered', { registrations: [], registrationStatus: null }],
    ['was lost', { substatus: 'Lost' }],
    ['does not say when it was created', { createdDateTime: null }],
    ['does not say when it was closed', { closedDateTime: null }]
  ])('that %s has nothing to say', (_name, changes) => {
    expect(won(changes)).not.toHaveProperty('remarks');
  });
});
