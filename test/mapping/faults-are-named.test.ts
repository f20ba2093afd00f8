import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { loadMapping, parseMapping, STANDARD_MAPPING } from '../../plugin/src/mapping/index.js';

const field = '{ name: x, type: text, left: { path: X }, right: { path: x } }';
const mapping = (fields: string, more = ''): string =>
  `name: m\nleft: { entity: A }\nright: { entity: b }\nfields: [${fields}]\n${more}`;

const faults: [what: string, text: string, path: string, message: RegExp][] = [
  ['broken YAML', 'name: [', 'line 1', /./],
  ['no mapping at all', '', '/', /object/],
  ['a missing part', 'name: m', '/', /left/],
  ['an unknown attribute', mapping(field, 'speed: high'), '/', /speed/],
  [
    'an unknown rule',
    mapping(field.replace('type: text', 'type: text, rule: luck')),
    '/fields/0/rule',
    /salesforceWins/
  ],
  ['a path with a blank', mapping(field.replace('path: X', 'path: "X y"')), '/fields/0/left/path', /pattern/],
  ['a name used twice', mapping(`${field}, ${field}`), '/fields/1', /twice/],
  ['a list without its key', mapping(field.replace('text', 'list')), '/fields/0', /key/],
  [
    'a key that is no member',
    mapping(
      '{ name: x, type: list, key: id, left: { path: X, item: { id: Id } }, right: { path: x, item: { name: n } } }'
    ),
    '/fields/0/right/item',
    /"id"/
  ],
  [
    'a reference to nothing',
    mapping(field.replace('type: text', 'type: text, impliedBy: { field: y, value: 1 }')),
    '/fields/0/impliedBy',
    /"y"/
  ],
  [
    'a check that is no schema',
    mapping(field, 'preflight: [{ code: A, schema: { type: 7 }, message: m, nextStep: n }]'),
    '/preflight/0',
    /JSON Schema/
  ]
];

describe('a mapping file', () => {
  it.each(faults)('with %s is refused with file, place and sentence', async (_what, text, path, message) => {
    const error = await parseMapping(text, 'my.yaml').then(
      () => undefined,
      (reason: unknown) =>
        reason as {
          code: string;
          file: string;
          message: string;
          problems: { path: string; message: string }[];
          nextSteps: string[];
        }
    );
    expect(error).toMatchObject({ code: 'MAPPING_INVALID', file: 'my.yaml' });
    expect(error?.problems.map((problem) => problem.path)).toContain(path);
    expect(error?.message).toMatch(message);
    expect(error?.nextSteps).toHaveLength(1);
  });

  it('that does not exist is refused', async () => {
    await expect(loadMapping('/nowhere/mapping.yaml')).rejects.toMatchObject({ code: 'MAPPING_INVALID' });
  });

  it('gets its defaults filled in', async () => {
    const [first] = (await parseMapping(mapping(field), 'm')).fields;
    expect(first).toMatchObject({ direction: 'both', rule: 'newest', onCreateOnly: false });
  });

  it('as shipped says only what the referrals API can take after creation', async () => {
    const shipped = await loadMapping();
    const patchable = [
      'details.dealValue',
      'details.currency',
      'details.closingDateTime',
      'details.notes',
      'outcome',
      'team',
      'customerProfile.team'
    ];
    const known = [
      ...patchable,
      'details.requirements.solutions',
      'consent.consentToShareReferralWithMicrosoftSellers',
      'microsoft.inviteContext.assistanceRequestCode'
    ];
    const updated = shipped.fields
      .filter(({ onCreateOnly, direction, afterClose }) => !onCreateOnly && direction !== 'toLeft' && !afterClose)
      .map(({ right }) => right.path);
    expect(updated.filter((path) => !known.includes(path))).toEqual([]);
    // A closed referral takes nothing but a deal registration, which has paths of its own.
    const late = shipped.fields.filter(({ afterClose }) => afterClose === true).map(({ right }) => right.path);
    expect(late.filter((path) => !path.startsWith('registration.'))).toEqual([]);
    expect(await readFile(STANDARD_MAPPING, 'utf8')).toContain('name: opportunity-referral');
  });
});
