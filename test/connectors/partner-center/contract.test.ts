import { existsSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { patchPaths } from '../../../plugin/src/connectors/partner-center/contract.generated.js';
import { contractPath, generate, outputPath } from '../../../scripts/generate-contract-types.mjs';
import type { PartnerCenterRig } from '../../support/partner-center.js';
import { dealValues, helpAsked, partnerCenterRig } from '../../support/partner-center.js';

const present = existsSync(contractPath);
const definitions = 'Microsoft.Partner.Service.PartnerReferrals.Contracts.V3.';

interface Schema {
  type?: string;
  items?: Schema;
  properties?: Record<string, Schema>;
  enum?: unknown[];
  additionalProperties?: boolean;
  [name: string]: unknown;
}

/**
 * The contract's schema with three repairs: no unknown members where members are listed, answers may hold nulls
 * everywhere (official examples do), and keywords that belong to OpenAPI are dropped.
 */
function strict(schema: Schema, nullable: boolean): object {
  const { type, items, properties, enum: values } = schema;
  const repaired: Record<string, unknown> = {};
  if (type) repaired['type'] = nullable ? [type, 'null'] : type;
  if (values) repaired['enum'] = nullable ? [...values, null] : values;
  if (type === 'array' && items?.type) repaired['items'] = strict(items, nullable);
  if (properties) {
    const entries = Object.entries(properties).map(([name, member]) => [name, strict(member, nullable)]);
    repaired['properties'] = Object.fromEntries(entries);
    repaired['additionalProperties'] = nullable;
  }
  return repaired;
}

describe.skipIf(!present)('the contract of the referrals API (left out: ../shared/contracts is not there)', () => {
  const contract = present
    ? (JSON.parse(readFileSync(contractPath, 'utf8')) as { definitions: Record<string, Schema> })
    : { definitions: {} };
  const definition = (name: string): Schema => contract.definitions[definitions + name] ?? {};
  const ajv = new Ajv({ allowUnionTypes: true, strictTypes: false });
  let rig: PartnerCenterRig;

  beforeAll(async () => {
    rig = await partnerCenterRig();
    const created = await rig.connector.create('006000000000001AAA', dealValues());
    const values = {
      'details.dealValue': 1,
      'details.notes': 'x',
      'details.closingDateTime': '2027-01-31',
      'details.requirements.solutions': [{ id: 'SOL-12345-ABC', type: 'Name' }],
      team: dealValues()['team'] as never,
      ...helpAsked
    };
    const updated = await rig.connector.update(created, values);
    if (updated.outcome === 'written') await rig.connector.update(updated.record!, { outcome: 'Closed/Lost' });
  });
  afterAll(() => rig.close());

  it('is what the committed types were generated from', () => {
    expect(readFileSync(outputPath, 'utf8')).toBe(generate(contract));
  });

  const bodies = (method: string) =>
    rig.sent.filter((request) => request.method === method).map(({ body }) => JSON.parse(body ?? 'null') as unknown);

  it('accepts every body we create with', () => {
    const validate = ajv.compile(strict(definition('Referral'), true));
    expect(bodies('POST')).toHaveLength(2);
    for (const body of bodies('POST')) {
      validate(body);
      expect(validate.errors ?? []).toEqual([]);
    }
  });

  it('knows every member we create with', () => {
    const known = new Set(Object.keys(definition('Referral').properties ?? {}));
    for (const body of bodies('POST')) {
      expect(Object.keys(body as object).filter((name) => !known.has(name))).toEqual([]);
    }
  });

  it('accepts every patch we send', () => {
    const validate = ajv.compile(strict(definition('UpdateReferralDetails'), false));
    expect(bodies('PATCH')).toHaveLength(2);
    for (const body of bodies('PATCH')) {
      validate(body);
      expect(validate.errors ?? []).toEqual([]);
    }
    expect(validate([{ op: 'replace', path: '/name', value: 'x' }])).toBe(false);
  });

  it('has the headers it requires on every call', () => {
    for (const { headers } of rig.sent) expect(headers).toMatchObject({ 'content-type': 'application/json' });
    expect(rig.sent.filter(({ method }) => method === 'PATCH').every(({ headers }) => headers?.['if-match'])).toBe(
      true
    );
  });
});

it('closes the list of paths a PATCH may change', () => {
  expect(patchPaths).toContain('/details/dealValue');
  expect(patchPaths).not.toContain('/name');
});
