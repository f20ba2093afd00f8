import { existsSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { acceptAsMicrosoft } from '../../../sandbox/src/partner-center/microsoft/answer.js';
import type { Bench, Json } from './helpers.js';
import { bench, REFERRALS } from './helpers.js';

/** The official description lies outside the repository; without it these checks cannot run. */
const FILE = new URL('../../../../shared/contracts/partner-center-referrals.swagger.json', import.meta.url);
const present = existsSync(FILE);
const swagger: Json = present ? JSON.parse(readFileSync(FILE, 'utf8')) : { definitions: {} };
const NAMES = 'Microsoft.Partner.Service.PartnerReferrals.Contracts.V3';

if (!present) {
  console.warn(
    'Left out: answers of read, create, replace, change and list, and the lists of PATCH paths, are not compared with the official description (partner-center-referrals.swagger.json is absent).'
  );
}

/** Swagger 2.0 to JSON Schema: null is allowed everywhere; `format` is not judged. */
function schemaOf(node: Json): Json {
  if (Array.isArray(node)) return node.map(schemaOf);
  if (typeof node !== 'object' || node === null) return node;
  const schema: Json = {};
  if (node.properties && node.type !== 'string') {
    schema.properties = Object.fromEntries(
      Object.entries(node.properties).map(([name, value]) => [name, schemaOf(value)])
    );
  }
  if (node.items && node.type === 'array') schema.items = schemaOf(node.items);
  if (node.type) schema.type = [node.type, 'null'];
  if (node.enum) schema.enum = [...node.enum, null];
  return schema;
}

const referral = schemaOf(swagger.definitions[`${NAMES}.Referral`] ?? {});
const validate = new Ajv({ strict: false, allErrors: true }).compile(referral);

function expectValid(body: Json): void {
  expect(validate(body) ? [] : validate.errors).toEqual([]);
}

async function answers(b: Bench): Promise<[string, Json][]> {
  const [own, microsoft] = await b.createPair();
  acceptAsMicrosoft(b.center.world, own.id);
  const patched = await b.patch(own.id, [{ path: '/details/dealValue', value: '12' }], {
    prefer: 'return=representation'
  });
  const list = await b.list({});
  return [
    ['created', own],
    ['created for Microsoft', microsoft],
    ['read', await b.read(microsoft.id)],
    ['changed', patched.body],
    ...list.value.map((row: Json, index: number): [string, Json] => [`listed ${index}`, row])
  ];
}

describe.skipIf(!present)('the official description', () => {
  it('every answer matches the definition of the referral', async () => {
    for (const [, body] of await answers(await bench())) expectValid(body);
  });

  it('twin: a wrong type anywhere would be seen', async () => {
    const own = await (await bench()).create();
    expect(validate({ ...own, details: { ...own.details, dealValue: 'much' } })).toBe(false);
    expect(validate({ ...own, team: {} })).toBe(false);
  });

  it('every property of the definition is in the answer', async () => {
    const own = await (await bench()).create();
    const names = Object.keys(swagger.definitions[`${NAMES}.Referral`].properties);
    expect(names.filter((name) => !(name in own))).toEqual([]);
  });

  it.each(['UpdateReferralDetails', 'DealRegistration', 'UpdateDealRegistration'])(
    'rule 14: the PATCH paths of %s are exactly the ones the stand-in knows',
    async (name) => {
      const b = await bench();
      const own = await b.create();
      const paths: string[] = swagger.definitions[`${NAMES}.${name}`].items.properties.path.enum;
      for (const path of paths) {
        const answer = await b.patch(own.id, [{ op: 'add', path, value: 'x' }]);
        expect([path, answer.body?.error?.target]).not.toEqual([path, '[0].path']);
        const other = await b.patch(own.id, [{ op: 'add', path: `${path}x`, value: '' }]);
        expect(other.body.error.target).toBe('[0].path');
      }
    }
  );

  it('the list of help codes is the contract’s', async () => {
    const codes: string[] =
      swagger.definitions[`${NAMES}.Referral`].properties.inviteContext.properties.assistanceRequestCode.enum;
    const b = await bench();
    for (const assistanceRequestCode of codes) await b.create({ inviteContext: { assistanceRequestCode } });
    expect((await b.call('GET', REFERRALS, { query: { $count: 'true' } })).body['@odata.count']).toBe(codes.length);
  });

  it('every path and method of the description is served', async () => {
    const b = await bench();
    const own = await b.create();
    for (const [path, operations] of Object.entries<Json>(swagger.paths)) {
      for (const method of Object.keys(operations)) {
        const answer = await b.call(method.toUpperCase() as 'GET', `/v1.0/engagements${path.replace('{id}', own.id)}`, {
          body: method === 'get' ? undefined : {}
        });
        expect([path, method, [404, 405].includes(answer.status)]).toEqual([path, method, false]);
      }
    }
  });
});
