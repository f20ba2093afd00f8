import { describe, expect, it } from 'vitest';
import { addDeal, ADMIN, crud, customField, deploy, grant, addUser } from '../salesforce/core/org-fixture.js';
import { DEALS, RawClient, select, startEvents } from './support/raw-client.js';

interface AvroField {
  name: string;
  type: unknown;
}
const fieldsOf = (json: string): AvroField[] => (JSON.parse(json) as { fields: AvroField[] }).fields;

describe('schemas', () => {
  it('follow the object: header first, compounds nested, dates as numbers, one id per shape', async () => {
    const { org, ...salesforce } = await startEvents();
    select(org, 'ContactChangeEvent', 'AccountChangeEvent');
    const client = new RawClient({ org, ...salesforce });
    const deal = await client.topic(DEALS);
    expect(deal).toMatchObject({ canSubscribe: true, canPublish: false });
    const fields = fieldsOf((await client.schema(deal.schemaId)).schemaJson);
    expect(fields[0]).toMatchObject({ name: 'ChangeEventHeader', type: { type: 'record', name: 'ChangeEventHeader' } });
    expect(Object.fromEntries(fields.map(({ name, type }) => [name, type]))).toMatchObject({
      CloseDate: ['null', 'long'],
      Amount: ['null', 'double'],
      IsWon: ['null', 'boolean'],
      LastModifiedDate: ['null', 'long']
    });
    expect(fields.map(({ name }) => name)).not.toContain('SystemModstamp');

    const contact = fieldsOf(
      (await client.schema((await client.topic('/data/ContactChangeEvent')).schemaId)).schemaJson
    );
    const names = contact.map(({ name }) => name);
    expect(names).toContain('Name');
    expect(names).not.toContain('LastName');
    expect(contact.find(({ name }) => name === 'MailingAddress')?.type).toMatchObject(['null', { name: 'Address' }]);
    const account = fieldsOf(
      (await client.schema((await client.topic('/data/AccountChangeEvent')).schemaId)).schemaJson
    );
    // Both addresses have one type: it is written out once and named after that.
    expect(account.find(({ name }) => name === 'ShippingAddress')?.type).toEqual(['null', 'Address']);

    deploy(org, { upsertFields: [{ object: 'Opportunity', field: customField('Extra__c') }] });
    const after = await client.topic(DEALS);
    expect(after.schemaId).not.toBe(deal.schemaId);
    expect(fieldsOf((await client.schema(deal.schemaId)).schemaJson)).toHaveLength(fields.length);
    expect(fieldsOf((await client.schema(after.schemaId)).schemaJson)).toHaveLength(fields.length + 1);
  });
});

describe('events', () => {
  it('carry header, changed fields as bitmaps, and values in the types of the schema', async () => {
    const { org, ...salesforce } = await startEvents();
    const client = new RawClient({ org, ...salesforce });
    const stream = await client.subscribe({}).open();
    const admin = org.sessionFor(ADMIN);
    const id = addDeal(org, admin, { NextStep: 'call' });
    org.data.update({ ...admin, changeOrigin: 'com/salesforce/api/rest/66.0;client=x' }, 'Opportunity', id, {
      NextStep: null,
      CloseDate: '2027-01-31',
      Amount: 12.5
    });
    const [created, updated] = await stream.events(2);
    expect(created?.header).toMatchObject({
      entityName: 'Opportunity',
      recordIds: [id],
      changeType: 'CREATE',
      changedFields: [],
      commitUser: admin.userId,
      sequenceNumber: 1
    });
    expect(created?.values).toMatchObject({ Name: 'Deal', NextStep: 'call', CloseDate: Date.parse('2026-12-31') });
    expect(updated?.header).toMatchObject({
      changeType: 'UPDATE',
      changeOrigin: 'com/salesforce/api/rest/66.0;client=x'
    });
    expect(updated?.values).toMatchObject({ Amount: 12.5, CloseDate: Date.parse('2027-01-31'), Name: null });
    const names = fieldsOf((await client.schema((await client.topic(DEALS)).schemaId)).schemaJson).map(
      ({ name }) => name
    );
    const bits = (list: readonly string[] = []): string[] =>
      names.filter((_name, place) => ((BigInt(list[0] ?? '0x0') >> BigInt(place)) & 1n) === 1n);
    expect(bits(updated?.header.changedFields)).toEqual(
      expect.arrayContaining(['NextStep', 'CloseDate', 'Amount', 'LastModifiedDate'])
    );
    expect(bits(updated?.header.changedFields)).not.toContain('Name');
    expect(bits(updated?.header.nulledFields)).toEqual(['NextStep']);
    expect(Number(updated?.header.commitNumber)).toBeGreaterThan(Number(created?.header.commitNumber));
  });

  it('name members of compound fields by the place of the compound', async () => {
    const { org, ...salesforce } = await startEvents();
    select(org, 'AccountChangeEvent');
    const client = new RawClient({ org, ...salesforce });
    const stream = await client.subscribe({ topicName: '/data/AccountChangeEvent' }).open();
    const admin = org.sessionFor(ADMIN);
    const id = org.data.create(admin, 'Account', { Name: 'A', BillingCity: 'Oslo', BillingCountry: 'Norway' });
    org.data.update(admin, 'Account', id, { BillingCity: 'Bergen' });
    const [created, updated] = await stream.events(2);
    expect(created?.values['BillingAddress']).toMatchObject({ City: 'Oslo', Country: 'Norway', Street: null });
    expect(updated?.values['BillingAddress']).toMatchObject({ City: 'Bergen', Country: null });
    const fields = fieldsOf(
      (await client.schema((await client.topic('/data/AccountChangeEvent')).schemaId)).schemaJson
    );
    const place = fields.findIndex(({ name }) => name === 'BillingAddress');
    expect(updated?.header.changedFields).toContain(`${String(place)}-0x02`);
  });

  it('of one record in one transaction are one event, and share the key of the transaction', async () => {
    const { org, ...salesforce } = await startEvents();
    const stream = await new RawClient({ org, ...salesforce }).subscribe({}).open();
    const admin = org.sessionFor(ADMIN);
    org.data.transaction(admin, () => {
      const id = addDeal(org, admin);
      org.data.update(admin, 'Opportunity', id, { NextStep: 'a' });
      addDeal(org, admin);
    });
    const [first, second] = await stream.events(2);
    expect(first?.header).toMatchObject({ changeType: 'CREATE', sequenceNumber: 1 });
    expect(first?.values).toMatchObject({ NextStep: 'a' });
    expect(second?.header).toMatchObject({ sequenceNumber: 2, transactionKey: first?.header.transactionKey });
    expect(stream.count).toBe(2);
  });

  it('leave out what the subscriber may not read', async () => {
    const { org, ...salesforce } = await startEvents();
    deploy(org, { upsertFields: [{ object: 'Opportunity', field: customField('Secret__c') }] });
    const reader = addUser(org, 'reader@cosell.example');
    grant(org, reader, {}, { Opportunity: { ...crud, viewAll: true } });
    const client = new RawClient({ org, ...salesforce }, {}, 'reader@cosell.example');
    const stream = await client.subscribe({}).open();
    const admin = org.sessionFor(ADMIN);
    const id = addDeal(org, admin, { Secret__c: 'x', NextStep: 'y' });
    org.data.update(admin, 'Opportunity', id, { Secret__c: 'z' });
    const [created, updated] = await stream.events(2);
    expect(created?.values).toMatchObject({ NextStep: 'y', Secret__c: null });
    expect(updated?.header.changedFields).toHaveLength(1);
    const fields = fieldsOf((await client.schema((await client.topic(DEALS)).schemaId)).schemaJson);
    const secret = BigInt(fields.findIndex(({ name }) => name === 'Secret__c'));
    expect((BigInt(String(updated?.header.changedFields[0])) >> secret) & 1n).toBe(0n);
  });

  it.each([
    [{ gap: { entity: 'Opportunity', recordIds: ['0065g0000000001AAA'] } }, 'GAP_UPDATE', 1],
    [{ gap: { entity: 'Opportunity', recordIds: ['0065g0000000001AAA'], changeType: 'GAP_DELETE' } }, 'GAP_DELETE', 1],
    [{ overflow: { entity: 'Opportunity' } }, 'GAP_OVERFLOW', 0]
  ])('can be gaps and overflows: %j', async (command, changeType, ids) => {
    const salesforce = await startEvents();
    const stream = await new RawClient(salesforce).subscribe({}).open();
    const post = (body: object): Promise<Response> =>
      fetch(`${salesforce.controlUrl}/events`, { method: 'POST', body: JSON.stringify(body) });
    expect((await post(command)).status).toBe(200);
    const [event] = await stream.events(1);
    expect(event?.header).toMatchObject({ changeType, changedFields: [], changeOrigin: '' });
    expect(event?.header.recordIds).toHaveLength(ids);
    expect((await post({ gaps: 1 })).status).toBe(400);
    expect((await post({ gap: { entity: 'Account', recordIds: ['0015g0000000001AAA'] } })).status).toBe(400);
  });
});
