import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DemoOrg } from './support/demo-org.js';

let demo: DemoOrg;
beforeEach(() => {
  demo = DemoOrg.open();
});
afterEach(() => demo.close());

const path = (id: string): string => `/ui-api/records/${demo.ids[id] ?? id}`;

describe('saving', () => {
  it('updates the fields sent and answers with them', async () => {
    const { status, body } = await demo.call('sam', 'PATCH', path('alpha'), {
      fields: { Amount: 99, NextStep: 'Call' }
    });
    expect(status).toBe(200);
    expect(body.fields).toMatchObject({ Amount: { value: 99 }, NextStep: { value: 'Call' }, Name: { value: 'Alpha' } });
  });

  it('creates a record and answers with it', async () => {
    const fields = { Name: 'New', StageName: 'Prospecting', CloseDate: '2027-01-01' };
    const { status, body } = await demo.call('sam', 'POST', '/ui-api/records', { apiName: 'Opportunity', fields });
    expect([status, body.apiName, body.fields.Name.value]).toEqual([201, 'Opportunity', 'New']);
    expect((await demo.call('sam', 'GET', `${path(body.id)}?fields=Opportunity.Name`)).status).toBe(200);
  });

  it('deletes a record', async () => {
    expect((await demo.call('sam', 'DELETE', path('role'))).status).toBe(204);
    const answer = await demo.call('sam', 'GET', `${path('role')}?fields=OpportunityContactRole.Role`);
    expect(answer.status).toBe(404);
  });
});

describe('a refused save', () => {
  it('puts a field problem under the field', async () => {
    const { status, body } = await demo.call('sam', 'PATCH', path('alpha'), { fields: { Name: null } });
    expect(status).toBe(400);
    expect(body).toMatchObject({ enhancedErrorType: 'RecordError', statusCode: 400 });
    expect(body.message).toBe('An error occurred while trying to update the record. Please try again.');
    expect(body.output.errors).toEqual([]);
    expect(body.output.fieldErrors.Name).toMatchObject([
      { errorCode: 'REQUIRED_FIELD_MISSING', field: 'Name', constituentField: null, duplicateRecordError: null }
    ]);
  });

  it.each([
    ['a field without edit access', 'sam', { Reference__c: 'R-2' }],
    ['a restricted field without any access', 'sam', { Secret__c: 'y' }],
    ['a value of the wrong type', 'sam', { Amount: 'much' }]
  ] as const)('%s changes nothing', async (_case, user, fields) => {
    const answer = await demo.call(user, 'PATCH', path('alpha'), { fields });
    expect(answer.status).toBe(400);
    const { output } = answer.body;
    expect(output.errors.length + Object.keys(output.fieldErrors).length).toBeGreaterThan(0);
    const names = Object.keys(fields).map((name) => `Opportunity.${name}`);
    const { body } = await demo.call('ada', 'GET', `${path('alpha')}?fields=${names.join(',')}`);
    for (const [name, value] of Object.entries(fields)) expect(body.fields[name].value).not.toBe(value);
  });

  it('a user without edit permission is refused', async () => {
    const answer = await demo.call('rita', 'PATCH', path('alpha'), { fields: { NextStep: 'x' } });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(JSON.stringify(answer.body)).toContain('INSUFFICIENT_ACCESS');
  });

  it.each([
    ['no fields', 'PATCH', 'alpha', {}, 'MISSING_ARGUMENT'],
    ['a list instead of fields', 'PATCH', 'alpha', { fields: [] }, 'MISSING_ARGUMENT'],
    ['no object name', 'POST', '', { fields: {} }, 'MISSING_ARGUMENT'],
    ['a body that is no object', 'PATCH', 'alpha', 'text', 'JSON_PARSER_ERROR'],
    ['an unknown object', 'POST', '', { apiName: 'Nope__c', fields: {} }, 'INVALID_TYPE']
  ] as const)('%s is an error of the request', async (_case, method, id, body, errorCode) => {
    const answer = await demo.call('ada', method, id === '' ? '/ui-api/records' : path(id), body);
    expect(answer.body).toMatchObject([{ errorCode }]);
  });

  it('refuses to overwrite a change made after the given instant', async () => {
    const headers = { 'if-unmodified-since': new Date(Date.now() - 86_400_000).toUTCString() };
    const answer = await demo.call('sam', 'PATCH', path('alpha'), { fields: { NextStep: 'x' } }, headers);
    expect(answer.status).toBe(412);
    const later = { 'if-unmodified-since': new Date(Date.now() + 86_400_000).toUTCString() };
    expect((await demo.call('sam', 'PATCH', path('alpha'), { fields: { NextStep: 'x' } }, later)).status).toBe(200);
  });
});
