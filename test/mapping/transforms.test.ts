import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  canWrite,
  inScope,
  parseMapping,
  pathsRead,
  preflight,
  sameValue,
  toCanonical,
  toPathValues
} from '../../plugin/src/mapping/index.js';
import { merge } from '../../plugin/src/sync/merge.js';
import type { Mapping } from '../../plugin/src/mapping/types.js';
import type { JsonValue } from '../../plugin/src/ports/json.js';

const text = (field: string, left = ''): string =>
  `name: m\nleft: { entity: A${left} }\nright: { entity: b }\nfields:\n  - { name: x, left: { path: X }, right: { path: x }, ${field} }\n`;
const mapping = (field: string, left?: string): Promise<Mapping> => parseMapping(text(field, left), 'm.yaml');
const read = (of: Mapping, side: 'left' | 'right', value: JsonValue, more = {}): JsonValue | undefined =>
  toCanonical(of, side, { [side === 'left' ? 'X' : 'x']: value, ...more })['x'];

async function problems(field: string, left?: string): Promise<string> {
  const failed = await mapping(field, left).then(
    () => undefined,
    (error: unknown) => error as { code: string; message: string }
  );
  expect(failed?.code).toBe('MAPPING_INVALID');
  return failed?.message ?? '';
}

describe('a transform', () => {
  it('towards the right is applied when the left side is read, and turned back when it is written', async () => {
    const thousands = await mapping("type: number, transform: { toRight: '$ * 1000', toLeft: '$ / 1000' }");
    expect(read(thousands, 'left', 12.5)).toBe(12_500);
    expect(read(thousands, 'right', 12_500)).toBe(12_500);
    expect(toPathValues(thousands, 'left', { x: 4000 })).toEqual({ X: 4 });
    expect(toPathValues(thousands, 'right', { x: 4000 })).toEqual({ x: 4000 });
  });

  it('towards the left alone is applied when the right side is read, and nothing is written to the right', async () => {
    const upper = await mapping("type: text, direction: toLeft, transform: { toLeft: '$uppercase($)' }");
    expect(read(upper, 'right', 'abc')).toBe('ABC');
    expect(read(upper, 'left', 'abc')).toBe('abc');
    expect(canWrite(upper.fields[0]!, 'right', 'ABC')).toBe(false);
    expect(toPathValues(upper, 'left', { x: 'ABC' })).toEqual({ X: 'ABC' });
  });

  it('may put several fields of the record together', async () => {
    const both = await mapping(
      'type: text, direction: toRight, transform: { toRight: \'$record.Account.Name & ": " & $\' }'
    );
    expect(read(both, 'left', 'Rollout', { Account: { Name: 'Acme' } })).toBe('Acme: Rollout');
    expect(read(both, 'left', 'Rollout', { Account: null })).toBe(': Rollout');
    expect(pathsRead(both, 'left')).toEqual(['X', 'Account.Name']);
  });

  it.each([null, ''])('leaves an empty value (%j) empty, whatever the expression would make of it', async (empty) => {
    const upper = await mapping("type: text, direction: toRight, transform: { toRight: '$uppercase($)' }");
    expect(read(upper, 'left', empty)).toBeNull();
    const marked = await mapping('type: text, direction: toRight, transform: { toRight: \'"Deal: " & $\' }');
    expect(read(marked, 'left', empty)).toBeNull();
    expect(toCanonical(upper, 'left', {})).toEqual({});
  });

  it('works with lists, one way', async () => {
    const list = await parseMapping(
      `name: m\nleft: { entity: A }\nright: { entity: b }\nfields:\n  - { name: x, type: list, key: id, direction: toRight, left: { path: X, item: { id: Id } }, right: { path: x, item: { id: id } }, transform: { toRight: '$[Keep]' } }\n`,
      'm'
    );
    expect(
      read(list, 'left', [
        { Id: 'a', Keep: true },
        { Id: 'b', Keep: false },
        { Id: 'c', Keep: true }
      ])
    ).toEqual([{ id: 'a' }, { id: 'c' }]);
    // One item left is still a list of one.
    expect(read(list, 'left', [{ Id: 'a', Keep: true }])).toEqual([{ id: 'a' }]);
    expect(read(list, 'left', [{ Id: 'b', Keep: false }])).toEqual([]);
  });

  it('does not write what would come back as something else, so that a pair comes to rest', async () => {
    const whole = await mapping("type: number, transform: { toRight: '$round($)', toLeft: '$ + 0.4' }");
    expect(canWrite(whole.fields[0]!, 'left', 3)).toBe(true);
    const lossy = await mapping("type: text, transform: { toRight: '$uppercase($)', toLeft: '$lowercase($)' }");
    expect(canWrite(lossy.fields[0]!, 'left', 'ABC')).toBe(true);
    expect(canWrite(lossy.fields[0]!, 'left', 'Abc')).toBe(false);
  });

  it('never makes two sides chase each other, whatever the expressions and values', async () => {
    const fields = await Promise.all(
      [
        "type: number, transform: { toRight: '$ * 1000', toLeft: '$ / 1000' }",
        "type: number, transform: { toRight: '$ + 1', toLeft: '$' }",
        "type: text, transform: { toRight: '$uppercase($)', toLeft: '$lowercase($)' }",
        "type: text, transform: { toRight: '$substring($, 0, 3)', toLeft: '$ & \"x\"' }"
      ].map((field) => mapping(field))
    );
    const value = fc.oneof(fc.integer({ min: -1e6, max: 1e6 }), fc.string({ maxLength: 5 }), fc.constant(null));
    fc.assert(
      fc.property(
        fc.constantFrom(...fields),
        value,
        value,
        fc.constantFrom('left', 'right'),
        (of, ours, theirs, newest) => {
          const side = { X: ours as JsonValue, x: theirs as JsonValue };
          let base = {};
          const writes: number[] = [];
          for (let round = 0; round < 3; round += 1) {
            const merged = merge(
              base,
              toCanonical(of, 'left', side),
              toCanonical(of, 'right', side),
              of.fields,
              newest as 'left'
            );
            const toLeft = toPathValues(of, 'left', merged.toLeft);
            const toRight = toPathValues(of, 'right', merged.toRight);
            writes.push(Object.keys(toLeft).length + Object.keys(toRight).length);
            Object.assign(side, toLeft, toRight);
            base = merged.base;
          }
          expect(writes[2]).toBe(0);
        }
      ),
      { numRuns: 300 }
    );
  });

  it.each([
    ['the clock', '$now()', /\$now is refused: it depends on the time/],
    ['the clock under another name', '($f := $millis; $f())', /\$millis is refused/],
    ['chance', '$random()', /\$random is refused: it depends on chance/],
    ['code from text', '$eval($)', /\$eval is refused/],
    ['functions that do not exist', '$upercase($)', /there is no \$upercase/],
    ['changes of the record', '$ ~> |x|{"y": 1}|', /must not change/],
    ['broken syntax', '$uppercase(', /Expected ".*character 11/]
  ])('with %s is refused when the mapping is loaded', async (_what, expression, message) => {
    expect(await problems(`type: text, direction: toRight, transform: { toRight: '${expression}' }`)).toMatch(message);
  });

  it.each([
    ['without a way back in both directions', "type: text, transform: { toRight: '$' }", /direction has to be toRight/],
    ['without a way there', "type: text, transform: { toLeft: '$' }", /direction has to be toLeft/],
    [
      'that reads the record in both directions',
      "type: text, transform: { toRight: '$record.Y', toLeft: '$' }",
      /\$record/
    ],
    ['with neither', 'type: text, transform: {}', /fewer than 1/]
  ])('%s is refused', async (_what, field, message) => {
    expect(await problems(field)).toMatch(message);
  });

  it.each([
    ['fails on a value', '$number($)', 'abc', /number: "abc" .*character 8/],
    ['never ends', '($f := function($n){ $f($n + 1) }; $f(1))', 'a', /20000 steps/],
    ['has a pattern that takes for ever', '$match($, /^(a+)+$/)', `${'a'.repeat(60)}b`, /250 ms/],
    ['gives a function', 'function($x){ $x }', 'a', /a function/]
  ])('that %s leaves the field alone and says so on the record', async (_what, expression, value, message) => {
    const of = await mapping(
      `type: text, label: Deal name, direction: toRight, transform: { toRight: '${expression}' }`
    );
    expect(read(of, 'left', value)).toBeUndefined();
    const [issue, ...rest] = preflight(of, { X: value });
    expect(rest).toEqual([]);
    expect(issue).toMatchObject({ code: 'TRANSFORM_FAILED', message: expect.stringMatching(message) as string });
    expect(issue?.message).toMatch(/^Deal name cannot be transformed: /);
  });
});

describe('a filter', () => {
  it('narrows the scope', async () => {
    const of = await mapping(
      'type: text',
      ', scope: { required: [S] }, where: \'Amount >= 25000 and Account.Type = "Customer"\''
    );
    const document = { S: true, Amount: 30_000, Account: { Type: 'Customer' } };
    expect(inScope(of, document)).toBe(true);
    expect(inScope(of, { ...document, Amount: 24_999 })).toBe(false);
    expect(inScope(of, { Amount: 30_000, Account: { Type: 'Customer' } })).toBe(false);
    expect(inScope(of, { ...document, Account: null })).toBe(false);
    expect(pathsRead(of, 'left')).toEqual(['X', 'Amount', 'Account.Type']);
  });

  it('looks into lists without taking their members for fields', async () => {
    const of = await mapping('type: text', ', where: \'$count(Contacts[Role = "Decision Maker"]) > 0\'');
    expect(inScope(of, { Contacts: [{ Role: 'Decision Maker' }] })).toBe(true);
    expect(inScope(of, { Contacts: [{ Role: 'User' }] })).toBe(false);
    expect(pathsRead(of, 'left')).toEqual(['X', 'Contacts']);
  });

  it('that cannot be evaluated keeps the record in scope and says so on it', async () => {
    const of = await mapping('type: text', ", where: '$number(Region__c) > 1'");
    expect(inScope(of, { Region__c: 'North' })).toBe(true);
    expect(preflight(of, { Region__c: 'North' })).toMatchObject([{ code: 'FILTER_FAILED' }]);
    expect(preflight(of, { Region__c: '2' })).toEqual([]);
  });
});

describe('a default', () => {
  const of = mapping('type: text').then(() =>
    parseMapping(
      'name: m\nleft: { entity: A }\nright: { entity: b }\nfields: [{ name: x, type: text, left: { path: X, alternatives: [Y], default: US }, right: { path: x } }]',
      'm'
    )
  );

  it.each([
    [{ X: 'DE', Y: 'FR' }, 'DE'],
    [{ X: null, Y: 'FR' }, 'FR'],
    [{ X: '', Y: null }, 'US'],
    [{ X: null }, 'US'],
    [{}, undefined]
  ])('of %j is %j: path, alternatives, default, and nothing where nothing was read', async (document, expected) => {
    expect(toCanonical(await of, 'left', document)['x']).toBe(expected);
  });

  it('is the same value on both sides', async () => {
    const [field] = (await of).fields;
    expect(
      sameValue(
        field!,
        toCanonical(await of, 'left', { X: null })['x'],
        toCanonical(await of, 'right', { x: 'US' })['x']
      )
    ).toBe(true);
  });
});
