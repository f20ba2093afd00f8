import { describe, expect, it } from 'vitest';
import { TENANT } from '../../../sandbox/src/business-central/identity/applications.js';
import { COMPANY, OTHER_COMPANY } from '../../../sandbox/src/business-central/seed/seed.js';
import { API, bench, IN_COMPANY, refusal } from './helpers.js';

describe('rule 1: addresses', () => {
  it.each([
    ['with the tenant id', IN_COMPANY],
    ['with the tenant domain', IN_COMPANY.replace(TENANT.id, TENANT.domain)],
    ['without the tenant', IN_COMPANY.replace(`/${TENANT.id}`, '')],
    ['with the environment in another case', IN_COMPANY.replace('Production', 'production')],
    ['with the company by name', `${API}/companies(name='${COMPANY.name}')`]
  ])('leads to the company %s', async (_name, base) => {
    const b = await bench();
    const answer = await b.get(`${base}/locations`);
    expect(answer.status).toBe(200);
    expect(answer.body.value).toHaveLength(4);
  });

  it.each([COMPANY.id, COMPANY.name])('takes ?company=%s on a path without one', async (company) => {
    const b = await bench();
    expect((await b.get(`${API}/locations`, { company })).body.value).toHaveLength(4);
  });

  it.each([
    ['environment', IN_COMPANY.replace('Production', 'Nowhere'), 'BadRequest_NotFound'],
    ['tenant', IN_COMPANY.replace(TENANT.id, 'other.example'), 'Internal_TenantUnavailable'],
    ['company', `${API}/companies(11111111-1111-1111-1111-111111111111)`, 'Internal_CompanyNotFound']
  ])('answers 404 for an unknown %s', async (_name, base, code) => {
    const b = await bench();
    expect(refusal(await b.get(`${base}/customers`)).slice(0, 2)).toEqual([404, code]);
  });

  it('answers 404 where the company is missing', async () => {
    const b = await bench();
    expect(refusal(await b.get(`${API}/customers`)).slice(0, 2)).toEqual([404, 'Internal_CompanyNotFound']);
  });

  it('answers 404 for an unknown set', async () => {
    const b = await bench();
    expect(refusal(await b.get('priceLists'))).toEqual([
      404,
      'BadRequest_ResourceNotFound',
      "Resource not found for the segment 'priceLists'."
    ]);
  });

  it('keeps the companies of an environment apart', async () => {
    const b = await bench();
    const { body } = await b.get(`${API}/companies`);
    expect(body.value.map((company: { name: string }) => company.name).sort()).toEqual([
      COMPANY.name,
      OTHER_COMPANY.name
    ]);
    await b.create('customers', { displayName: 'Only here' });
    expect((await b.get(`${API}/companies(${OTHER_COMPANY.id})/customers`)).body.value).toEqual([]);
  });

  it('lists the environments of the tenant', async () => {
    const b = await bench();
    const { body } = await b.get('/environments/v1.2');
    expect(body.value.map((each: { name: string; type: string }) => [each.name, each.type])).toEqual([
      ['Production', 'Production'],
      ['Sandbox', 'Sandbox']
    ]);
  });
});
