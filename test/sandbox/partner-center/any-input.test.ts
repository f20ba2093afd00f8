import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from './helpers.js';
import { bench, deal, REFERRALS } from './helpers.js';

const EXPECTED = [200, 204, 400, 404];
const RUNS = { numRuns: 300, seed: 20260105 };

/** Every place of the deal, as a list of property names. */
function places(value: Json, path: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([name, member]) => places(member, [...path, name]))];
}

function withValue(base: Json, path: readonly string[], value: unknown): Json {
  const [name, ...rest] = path;
  if (name === undefined) return value;
  const copy = Array.isArray(base) ? [...base] : { ...base };
  copy[name as keyof typeof copy] = withValue(copy[name as keyof typeof copy], rest, value);
  return copy;
}

describe('any input is answered, never a crash', () => {
  it('a deal with anything in any place', async () => {
    const b = await bench({ rateLimit: { calls: 1e9, windowSeconds: 1 } });
    const change = fc.tuple(fc.constantFrom(...places(deal())), fc.jsonValue());
    await fc.assert(
      fc.asyncProperty(change, async ([path, value]) => {
        const answer = await b.call('POST', REFERRALS, { body: withValue(deal(), path, value) });
        expect(EXPECTED).toContain(answer.status);
        if (answer.status === 400) expect(answer.body.error.code).toBe('invalidRequest');
      }),
      RUNS
    );
  });

  it('a PATCH with any value at any path', async () => {
    const b = await bench({ rateLimit: { calls: 1e9, windowSeconds: 1 } });
    const own = await b.create();
    const path = fc.constantFrom(
      '/team',
      '/team/-',
      '/details/dealValue',
      '/details/closingDateTime',
      '/status',
      '/substatus',
      '/registrations/-',
      '/registrations/0/contract/value',
      '/customerProfile/team',
      '/details/requirements/solutions',
      '/'
    );
    const operation = fc.record(
      { op: fc.constantFrom('add', 'replace', 'x'), path, value: fc.jsonValue() },
      { requiredKeys: [] }
    );
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.array(operation, { maxLength: 3 }), fc.jsonValue()), async (body) => {
        expect(EXPECTED).toContain((await b.patch(own.id, body)).status);
      }),
      RUNS
    );
  });

  it('a filter made of its own words in any order', async () => {
    const b = await bench({ rateLimit: { calls: 1e9, windowSeconds: 1 } });
    await b.createPair();
    const word = fc.constantFrom(
      'status',
      'engagementId',
      'updatedDateTime',
      'team/any(',
      't',
      ':',
      't/email',
      '(',
      ')',
      'eq',
      'ne',
      'ge',
      'and',
      'or',
      'not',
      "'New'",
      "''",
      'null',
      'true',
      '5',
      '-5.5',
      '2026-01-05',
      "'",
      '/',
      'x'
    );
    await fc.assert(
      fc.asyncProperty(fc.array(word, { maxLength: 9 }), async (words) => {
        const answer = await b.call('GET', REFERRALS, { query: { $filter: words.join(' ') } });
        expect(EXPECTED).toContain(answer.status);
      }),
      { ...RUNS, numRuns: 1000 }
    );
  });

  it('any token, code and continuation', async () => {
    const b = await bench();
    await fc.assert(
      fc.asyncProperty(fc.string(), async (text) => {
        expect([200, 400]).toContain((await b.call('GET', REFERRALS, { query: { $skiptoken: text } })).status);
        expect((await b.call('GET', REFERRALS, { headers: { authorization: `Bearer ${text}` } })).status).toBe(401);
      }),
      { ...RUNS, numRuns: 100 }
    );
  });
});
