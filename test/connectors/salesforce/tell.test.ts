import { describe, expect, it } from 'vitest';
import { createSalesforceConnector } from '../../../plugin/src/connectors/salesforce/connector.js';
import { ManualClock } from '../../../plugin/src/ports/clock.js';
import { HttpTransportError } from '../../../plugin/src/ports/http.js';
import { SeededRandom } from '../../../plugin/src/ports/random.js';
import type { AuditEntry, RecordReport } from '../../../plugin/src/sync/ports.js';
import { ScriptedHttp } from '../../support/scripted-http.js';
import type { Answer } from '../../support/scripted-http.js';
import { compositeAnswer, FakeSession, headers } from '../../support/salesforce-answers.js';

interface Sub {
  method: string;
  body: { records: Record<string, unknown>[] };
}

const key = '006000000000001AAA';
const done = { id: key, success: true, errors: [] };
const failed = (statusCode: string) => ({ success: false, errors: [{ statusCode, message: 'because', fields: [] }] });
const entry = (changes: Partial<AuditEntry> = {}): AuditEntry => ({
  key: 'k1',
  at: '2026-01-05T09:05:00.000Z',
  direction: 'toRight',
  action: 'created',
  outcome: 'success',
  message: 'Referral created.',
  ...changes
});

function report(
  changes: Partial<RecordReport> = {},
  before: Record<string, string | null | boolean> = {}
): RecordReport {
  return {
    key,
    state: 'Synced',
    issues: [],
    rows: [],
    settled: [],
    audit: [],
    left: { key, document: { Id: key, ...before }, version: '', modifiedAt: '', lifecycle: 'open' },
    ...changes
  };
}

function teller(...answers: Answer[]) {
  const http = new ScriptedHttp(...answers);
  const clock = new ManualClock();
  const connector = createSalesforceConnector({ session: new FakeSession(), http, clock, random: new SeededRandom(3) });
  const subs = (call: number): Sub[] => (http.bodyOf(call) as { compositeRequest: Sub[] }).compositeRequest;
  return { connector, http, subs, clock };
}

const allDone: Answer = (request) => {
  const { compositeRequest } = JSON.parse(request.body ?? '{}') as {
    compositeRequest: (Sub & { referenceId: string })[];
  };
  const compositeResponse = compositeRequest.map(({ referenceId, body }) => ({
    referenceId,
    httpStatusCode: 200,
    body: body.records.map(() => done)
  }));
  return { headers, json: { compositeResponse } };
};

describe('telling', () => {
  it('writes the fields of the service and the trail in one call', async () => {
    const { connector, subs } = teller(allDone);
    const told = await connector.tell([
      report({
        syncedAt: '2026-01-05T09:05:00.000Z',
        counterpart: {
          key: 'r1',
          link: 'https://x.example/r1',
          document: {
            engagementId: 'e1',
            status: 'Active',
            substatus: 'Accepted',
            consent: { consentToShareReferralWithMicrosoftSellers: true },
            microsoft: { status: 'New', substatus: 'Pending', trackingInfo: { microsoftMsxId: '7-1' } }
          }
        },
        audit: [entry({ field: 'dealValue', oldValue: 1, newValue: [2] })]
      })
    ]);
    expect(told).toEqual([{ key }]);
    expect(connector.calls()).toBe(1);
    expect(subs(0).map(({ method }) => method)).toEqual(['PATCH', 'POST']);
    expect(subs(0)[0]?.body.records).toEqual([
      {
        attributes: { type: 'Opportunity' },
        Id: key,
        Cosell_Sync_State__c: 'Synced',
        Cosell_Last_Sync__c: '2026-01-05T09:05:00.000Z',
        Audit__c: '2026-01-05 09:05 - Referral created.',
        Referral_Identifier__c: 'r1',
        Referral_Link__c: 'https://x.example/r1',
        Engagement_Identifier__c: 'e1',
        Referral_Status__c: 'Active',
        Referral_Substatus__c: 'Accepted',
        Microsoft_Status__c: 'New',
        Microsoft_Substatus__c: 'Pending',
        Microsoft_CRM_Identifier__c: '7-1',
        Referral_Visible_to_Microsoft_Sellers__c: true
      }
    ]);
    expect(subs(0)[1]?.body.records).toEqual([
      {
        attributes: { type: 'Cosell_Audit__c' },
        Opportunity__c: key,
        Audit_Key__c: 'k1',
        Occurred_At__c: '2026-01-05T09:05:00.000Z',
        Direction__c: 'ToPartnerCenter',
        Action__c: 'created',
        Field__c: 'dealValue',
        Old_Value__c: '1',
        New_Value__c: '[2]',
        Outcome__c: 'Success',
        Message__c: 'Referral created.',
        Correlation_Identifier__c: null
      }
    ]);
  });

  const told = { Cosell_Sync_State__c: 'Synced', Cosell_Last_Sync__c: '2026-01-05T08:00:00.000+0000' };
  it.each([
    { name: 'nothing new', change: {}, before: told, fields: undefined },
    { name: 'only a newer time', change: { syncedAt: '2026-01-05T09:00:00.000Z' }, before: told, fields: undefined },
    {
      name: 'the first time',
      change: { syncedAt: '2026-01-05T09:00:00.000Z' },
      before: { Cosell_Sync_State__c: 'Synced' },
      fields: ['Cosell_Last_Sync__c']
    },
    {
      name: 'an issue',
      change: { state: 'Attention' as const, issues: [{ code: 'A', message: 'One.', nextStep: 'Two.' }] },
      before: told,
      fields: ['Cosell_Sync_State__c', 'Cosell_Sync_Message__c', 'Cosell_Issue_Codes__c']
    },
    {
      name: 'an issue that went away',
      change: {},
      before: { ...told, Cosell_Sync_Message__c: 'One. Two.', Cosell_Issue_Codes__c: 'A' },
      fields: ['Cosell_Sync_Message__c', 'Cosell_Issue_Codes__c']
    },
    {
      name: 'visibility, which is never taken back',
      change: {
        counterpart: {
          key: 'r',
          link: 'l',
          document: { consent: { consentToShareReferralWithMicrosoftSellers: false } }
        }
      },
      before: {
        ...told,
        Referral_Identifier__c: 'r',
        Referral_Link__c: 'l',
        Referral_Visible_to_Microsoft_Sellers__c: true
      },
      fields: undefined
    }
  ])('writes only what differs: $name', async ({ change, before, fields }) => {
    const { connector, http, subs } = teller(allDone);
    await connector.tell([report(change, before)]);
    if (!fields) expect(http.requests).toHaveLength(0);
    else expect(Object.keys(subs(0)[0]?.body.records[0] ?? {}).slice(2)).toEqual(fields);
  });

  it('puts 200 opportunities and 800 entries into one call and the rest into further ones', async () => {
    const reports = Array.from({ length: 201 }, (_, n) =>
      report({ key: `006${n}`, audit: Array.from({ length: 5 }, (_unused, m) => entry({ key: `k${n}-${m}` })) })
    );
    const { connector, subs } = teller(allDone, allDone, allDone);
    expect((await connector.tell(reports)).every(({ error }) => error === undefined)).toBe(true);
    expect([0, 1, 2].map((call) => subs(call).map(({ body }) => body.records.length))).toEqual([
      [200, 200, 200, 200, 200],
      [200],
      [1, 5]
    ]);
  });

  it('gives errors back per report and does not fail the others', async () => {
    const answer = compositeAnswer(() => ({ body: [failed('FIELD_INTEGRITY_EXCEPTION'), done] }));
    const { connector } = teller(answer);
    expect(await connector.tell([report(), report({ key: '006B' })])).toEqual([
      { key, error: { code: 'FIELD_INTEGRITY_EXCEPTION', message: 'because' } },
      { key: '006B' }
    ]);
  });

  it('takes an entry that is already there for written', async () => {
    const answer = compositeAnswer(() => ({ body: [failed('DUPLICATE_VALUE')] }));
    const { connector } = teller(answer);
    const before = { Cosell_Sync_State__c: 'Synced', Audit__c: '2026-01-05 09:05 - Referral created.' };
    expect(await connector.tell([report({ audit: [entry()] }, before)])).toEqual([{ key }]);
  });

  it('waits for a locked row and writes only that one again', async () => {
    const locked = compositeAnswer(() => ({ body: [done, failed('UNABLE_TO_LOCK_ROW')] }));
    const { connector, subs, clock } = teller(locked, allDone);
    const before = clock.now();
    expect(await connector.tell([report(), report({ key: '006B' })])).toEqual([{ key }, { key: '006B' }]);
    expect(subs(1)[0]?.body.records.map((record) => record['Id'])).toEqual(['006B']);
    expect(clock.now() - before).toBeGreaterThanOrEqual(500);
  });

  it('gives up on a row that stays locked', async () => {
    const locked = compositeAnswer(() => ({ body: [failed('UNABLE_TO_LOCK_ROW')] }));
    const { connector, http } = teller(locked, locked, locked);
    expect(await connector.tell([report()])).toMatchObject([{ error: { code: 'UNABLE_TO_LOCK_ROW' } }]);
    expect(http.unused()).toBe(0);
  });

  it.each([
    {
      name: 'records',
      answer: { status: 400, json: [{ errorCode: 'JSON_PARSER_ERROR', message: 'x' }] },
      throws: false
    },
    {
      name: 'run',
      answer: { status: 403, json: [{ errorCode: 'REQUEST_LIMIT_EXCEEDED', message: 'x' }] },
      throws: true
    },
    { name: 'run', answer: new HttpTransportError('refused', 'x'), throws: true }
  ])('a failure of the whole call concerns the $name', async ({ answer, throws }) => {
    const { connector } = teller(answer, answer, answer, answer);
    const outcome = connector.tell([report()]);
    if (throws) await expect(outcome).rejects.toMatchObject({ kind: 'connection' });
    else expect(await outcome).toMatchObject([{ key, error: { code: 'JSON_PARSER_ERROR' } }]);
  });
});
