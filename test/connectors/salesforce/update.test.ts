import { describe, expect, it } from 'vitest';
import { HttpTransportError } from '../../../plugin/src/ports/http.js';
import type { RemoteRecord } from '../../../plugin/src/sync/ports.js';
import type { Answer } from '../../support/scripted-http.js';
import { headers, salesforce } from '../../support/salesforce-answers.js';

const modified = Date.UTC(2026, 0, 5, 8, 59);

function record(readAfterMs: number): RemoteRecord {
  return {
    key: '006000000000001AAA',
    document: {},
    version: `${modified}@${modified + readAfterMs}`,
    modifiedAt: new Date(modified).toISOString(),
    lifecycle: 'open'
  };
}

const fault = (status: number, errorCode: string, fields: string[] = []): Answer => ({
  status,
  headers,
  json: [{ errorCode, message: 'because', fields }]
});

describe('a conditional update', () => {
  it('is one PATCH under If-Unmodified-Since', async () => {
    const { connector, http } = salesforce({}, {}, { status: 204, headers });
    expect(await connector.update(record(60_000), { Amount: 5, StageName: 'Closed Won' })).toEqual({
      outcome: 'written'
    });
    expect(http.requests[1]).toMatchObject({
      method: 'PATCH',
      url: 'https://org.example/services/data/v66.0/sobjects/Opportunity/006000000000001AAA',
      headers: {
        'if-unmodified-since': 'Mon, 05 Jan 2026 08:59:00 GMT',
        'sforce-call-options': 'client=sf-plugin-cosell',
        authorization: 'Bearer token0'
      },
      body: '{"Amount":5,"StageName":"Closed Won"}'
    });
  });

  it.each([0, 999, 1499])('is put off when the record was %i ms old at the read', async (age) => {
    const { connector, http } = salesforce({}, {});
    expect(await connector.update(record(age), { Amount: 5 })).toEqual({ outcome: 'stale' });
    expect(http.requests).toHaveLength(1);
  });

  it('is put off when the version cannot be read', async () => {
    const { connector } = salesforce({}, {});
    expect(await connector.update({ ...record(60_000), version: '' }, { Amount: 5 })).toEqual({ outcome: 'stale' });
  });

  it.each([
    { name: '412', answer: fault(412, 'PRECONDITION_FAILED') },
    { name: '404', answer: fault(404, 'NOT_FOUND') },
    { name: 'deleted', answer: fault(400, 'ENTITY_IS_DELETED') }
  ])('is stale after $name', async ({ answer }) => {
    const { connector } = salesforce({}, {}, answer);
    expect(await connector.update(record(60_000), { Amount: 5 })).toEqual({ outcome: 'stale' });
  });

  it.each([
    {
      name: 'validation rule',
      answer: fault(400, 'FIELD_CUSTOM_VALIDATION_EXCEPTION', ['Amount']),
      kind: 'rejected',
      target: 'Amount'
    },
    { name: 'no access', answer: fault(403, 'INSUFFICIENT_ACCESS_OR_READONLY'), kind: 'rejected' },
    { name: 'locked row', answer: fault(400, 'UNABLE_TO_LOCK_ROW'), kind: 'retryable' },
    { name: 'unavailable', answer: fault(503, 'SERVER_UNAVAILABLE'), kind: 'retryable' },
    { name: 'allowance used up', answer: fault(403, 'REQUEST_LIMIT_EXCEEDED'), kind: 'connection' },
    { name: 'cut', answer: new HttpTransportError('cut', 'x'), kind: 'retryable' },
    { name: 'unreachable', answer: new HttpTransportError('refused', 'x'), kind: 'connection' }
  ])('fails as $kind: $name', async ({ answer, kind, target }) => {
    const { connector } = salesforce({}, {}, answer, answer, answer, answer);
    await expect(connector.update(record(60_000), { Amount: 5 })).rejects.toMatchObject({
      kind,
      system: 'salesforce',
      ...(target ? { details: { target } } : {})
    });
  });

  it('is sent again when the connection is cut, and stale when it had been carried out', async () => {
    const cut = new HttpTransportError('cut', 'x');
    const { connector, http } = salesforce({}, {}, cut, fault(412, 'PRECONDITION_FAILED'));
    expect(await connector.update(record(60_000), { Amount: 5 })).toEqual({ outcome: 'stale' });
    expect(http.unused()).toBe(0);
  });

  it('refuses fields that are not for the synchronization to write, before any call', async () => {
    const { connector, http } = salesforce({}, {});
    await expect(connector.update(record(60_000), { OwnerId: 'x' })).rejects.toMatchObject({
      code: 'FIELD_NOT_WRITABLE',
      kind: 'rejected'
    });
    expect(http.requests).toHaveLength(1);
  });

  it.each([
    { value: 'EUR', outcome: 'written' },
    { value: 'USD', outcome: 'CURRENCY_NOT_IN_ORG' }
  ])('treats the currency of a single-currency org as a constant: $value', async ({ value, outcome }) => {
    const { connector } = salesforce({ currency: 'EUR' }, {});
    const result = connector.update(record(60_000), { CurrencyIsoCode: value });
    if (outcome === 'written') expect(await result).toEqual({ outcome });
    else await expect(result).rejects.toMatchObject({ code: outcome, kind: 'rejected' });
  });
});

describe('an expired session', () => {
  it('is renewed once and the call repeated, a write too', async () => {
    const { connector, http, session } = salesforce({}, {}, fault(401, 'INVALID_SESSION_ID'), { status: 204, headers });
    expect(await connector.update(record(60_000), { Amount: 5 })).toEqual({ outcome: 'written' });
    expect([session.renewals, http.requests[2]?.headers?.['authorization']]).toEqual([1, 'Bearer token1']);
  });

  it('ends the run when the fresh token is refused too', async () => {
    const refused = fault(401, 'INVALID_SESSION_ID');
    const { connector, http } = salesforce({}, {}, refused, refused);
    await expect(connector.update(record(60_000), { Amount: 5 })).rejects.toMatchObject({
      code: 'INVALID_SESSION_ID',
      kind: 'connection'
    });
    expect(http.unused()).toBe(0);
  });
});

describe('the allowance', () => {
  it('is the one last seen', async () => {
    const { connector } = salesforce({}, {});
    expect(connector.limits()).toBeUndefined();
    await connector.shape();
    expect(connector.limits()).toEqual({ used: 18, allowed: 15000 });
  });
});
