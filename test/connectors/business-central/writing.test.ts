import { describe, expect, it } from 'vitest';
import { HttpTransportError } from '../../../plugin/src/ports/http.js';
import type { RemoteRecord } from '../../../plugin/src/sync/ports.js';
import type { BusinessCentralConnectorInput } from '../../../plugin/src/connectors/business-central/connector.js';
import { businessCentralRig, COMPANY, idOf, refusal, row } from '../../support/business-central-rig.js';

const ORDERS: Partial<BusinessCentralConnectorInput> = { set: 'salesOrders' };
const current: RemoteRecord = {
  key: idOf(1),
  document: {},
  version: 'W/"1"',
  modifiedAt: '2026-01-05T08:01:00.000Z',
  lifecycle: 'open',
  context: { companyId: COMPANY }
};
const created = (fields: object = {}): object => ({ status: 201, json: row(1, fields) });

describe('creating', () => {
  it('puts our key into the external document number of an order, with its lines in the same request', async () => {
    const line = { itemId: idOf(9), quantity: 2, unitPrice: 10, description: null };
    const lines = [
      { id: '802A', ...line },
      { id: '802B', ...line }
    ];
    const rig = businessCentralRig([created(), { json: { value: [row(1, { salesOrderLines: lines })] } }], ORDERS);
    const record = await rig.connector.create('801000000000001AAA', {
      customerNumber: '10000',
      orderDate: '2026-01-05',
      salesOrderLines: lines
    });
    expect(rig.http.bodyOf(0)).toEqual({
      customerNumber: '10000',
      orderDate: '2026-01-05',
      externalDocumentNumber: '801000000000001AAA',
      salesOrderLines: [
        { itemId: idOf(9), quantity: 2, unitPrice: 10 },
        { itemId: idOf(9), quantity: 2, unitPrice: 10 }
      ]
    });
    expect(record.document['salesOrderLines']).toHaveLength(2);
  });

  it('couples an order whose lines could not be read back', async () => {
    const rig = businessCentralRig(
      [created(), ...[1, 2, 3, 4].map(() => refusal(503, 'Internal_TenantUnavailable'))],
      ORDERS
    );
    expect((await rig.connector.create('801', { customerNumber: '1' })).key).toBe(idOf(1));
  });

  it('writes "nothing" the way Business Central has it, and enumerations as they travel', async () => {
    const rig = businessCentralRig([created()]);
    await rig.connector.create('001', {
      displayName: 'Coho',
      blocked: null,
      currencyId: null,
      email: null,
      creditLimit: null,
      type: 'Person'
    });
    expect(rig.http.bodyOf(0)).toEqual({
      displayName: 'Coho',
      blocked: '_x0020_',
      currencyId: '00000000-0000-0000-0000-000000000000',
      email: '',
      creditLimit: 0,
      type: 'Person'
    });
  });

  it.each([
    ['a text that is too long', { city: 'x'.repeat(31) }, 'TEXT_TOO_LONG', 'city'],
    ['a value that is no member', { blocked: 'Sometimes' }, 'VALUE_UNKNOWN', 'blocked'],
    ['a field that is not there', { fax: '1' }, 'FIELD_UNKNOWN', 'fax'],
    ['a field that is read-only', { balanceDue: 1 }, 'FIELD_READ_ONLY', 'balanceDue']
  ])('refuses %s without a call', async (_what, values, code, target) => {
    const rig = businessCentralRig([]);
    await expect(rig.connector.create('001', values as never)).rejects.toMatchObject({
      kind: 'rejected',
      code,
      details: { target }
    });
    expect(rig.http.requests).toEqual([]);
  });

  it.each([
    ['a cut connection', new HttpTransportError('cut', 'cut'), 'unknownOutcome', 'TRANSPORT_CUT'],
    ['a gateway that gave up', refusal(504, 'Unknown'), 'unknownOutcome', 'HTTP_504'],
    ['an operation that was cancelled', refusal(408, 'Unknown'), 'unknownOutcome', 'HTTP_408'],
    ['a limit', refusal(429, 'Application_TooManyRequests'), 'retryable', 'THROTTLED'],
    ['a server that cannot be reached', new HttpTransportError('refused', 'off'), 'connection', 'UNREACHABLE']
  ])('is never repeated by itself: %s', async (_what, answer, kind, code) => {
    const rig = businessCentralRig([answer as never]);
    await expect(rig.connector.create('001', { displayName: 'Coho' })).rejects.toMatchObject({ kind, code });
    expect(rig.http.requests).toHaveLength(1);
  });
});

describe('finding a creation whose answer was lost', () => {
  const since = '2026-01-05T08:00:00.000Z';

  it('looks for our key in the external document number', async () => {
    const rig = businessCentralRig([{ json: { value: [row(1, { externalDocumentNumber: "801'A" })] } }], ORDERS);
    expect(await rig.connector.findByMarker("801'A", since)).toMatchObject([{ key: idOf(1), counterpart: "801'A" }]);
    expect(rig.asked()[0]).toBe(
      "GET salesOrders?$filter=(externalDocumentNumber eq '801''A') and (lastModifiedDateTime ge 2026-01-05T08:00:00.000Z)&$expand=salesOrderLines"
    );
  });

  it('takes a customer for ours that appeared since with everything that was sent', async () => {
    const ours = row(1, { displayName: 'Coho', city: 'Lyon', blocked: '_x0020_' });
    const other = row(2, { displayName: 'Coho', city: 'Nice', blocked: '_x0020_' });
    const rig = businessCentralRig([{ json: { value: [ours, other] } }]);
    const sent = { displayName: 'Coho', city: 'Lyon', blocked: null, email: null };
    expect(await rig.connector.findByMarker('001', since, sent)).toMatchObject([{ key: idOf(1), counterpart: '001' }]);
    expect(rig.asked()[0]).toContain("(displayName eq 'Coho') and");
  });

  it('finds nothing for a customer of which nobody knows what was sent', async () => {
    const rig = businessCentralRig([]);
    expect(await rig.connector.findByMarker('001', since)).toEqual([]);
  });
});

describe('updating', () => {
  it('writes under the ETag that was read and answers the new row', async () => {
    const rig = businessCentralRig([{ json: row(1, { '@odata.etag': 'W/"2"', city: 'Lyon' }) }]);
    const result = await rig.connector.update(current, { city: 'Lyon' });
    expect(rig.http.requests[0]).toMatchObject({ method: 'PATCH', headers: { 'if-match': 'W/"1"' } });
    expect(result).toMatchObject({ outcome: 'written', record: { version: 'W/"2"', document: { city: 'Lyon' } } });
  });

  it.each([
    ['somebody changed it', refusal(409, 'Request_EntityChanged')],
    ['it is gone', refusal(404, 'BadRequest_NotFound')]
  ])('is stale when %s', async (_what, answer) => {
    const rig = businessCentralRig([answer]);
    expect(await rig.connector.update(current, { city: 'Lyon' })).toEqual({ outcome: 'stale' });
  });

  it('is refused, not stale, when a key is taken', async () => {
    const rig = businessCentralRig([refusal(409, 'Internal_EntityWithSameKeyExists')]);
    await expect(rig.connector.update(current, { number: '7' })).rejects.toMatchObject({
      kind: 'rejected',
      code: 'DUPLICATE_KEY'
    });
  });

  it('waits as long as Business Central asks and tries again', async () => {
    const limit = { ...refusal(429, 'Application_TooManyRequests'), headers: { 'retry-after': '3' } };
    const rig = businessCentralRig([limit, { json: row(1) }]);
    const before = rig.clock.now();
    expect(await rig.connector.update(current, { city: 'Lyon' })).toMatchObject({ outcome: 'written' });
    expect(rig.clock.now() - before).toBeGreaterThanOrEqual(3000);
    expect(rig.connector.calls()).toBe(2);
  });

  it('leaves the lines of a document alone', async () => {
    const rig = businessCentralRig([], ORDERS);
    await expect(rig.connector.update(current, { salesOrderLines: [] })).rejects.toMatchObject({
      code: 'LINES_READ_ONLY'
    });
  });

  it('keeps the lines that were read, which an answer to the head leaves out', async () => {
    const rig = businessCentralRig([{ json: row(1, { shipToName: 'x' }) }], ORDERS);
    const before = { ...current, document: { salesOrderLines: [{ quantity: 1 }] } };
    expect(await rig.connector.update(before, { shipToName: 'x' })).toMatchObject({
      record: { document: { shipToName: 'x', salesOrderLines: [{ quantity: 1 }] } }
    });
  });
});

describe('the address for people', () => {
  it('opens the page of the record in its company', () => {
    const rig = businessCentralRig([]);
    const link = new URL(rig.connector.linkTo({ ...current, document: { number: "10'0" } }));
    expect(`${link.origin}${link.pathname}`).toBe('https://web.example/contoso.example/Production');
    expect(Object.fromEntries(link.searchParams)).toEqual({
      company: 'CRONUS & Co.',
      page: '21',
      filter: "'Customer'.'No.' IS '10''0'"
    });
  });
});
