import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { issueTexts, readIssues } from 'c/cosellIssues';

const CODES = [
  'CONTACT_MISSING',
  'CONTACT_INCOMPLETE',
  'COUNTRY_NOT_TWO_LETTERS',
  'ADDRESS_INCOMPLETE',
  'SOLUTION_MISSING',
  'TEAM_INCOMPLETE',
  'AMOUNT_MISSING',
  'CLOSE_DATE_MISSING',
  'CURRENCY_MISSING',
  'ACCOUNT_MISSING',
  'REJECTED',
  'CONFLICT',
  'REFERRAL_CLOSED',
  'COUNTERPART_GONE',
  'COUPLED_ELSEWHERE',
  'CLOSED',
  'ALREADY_SET',
  'WORKER_LOST',
  'SYSTEM_BUSY',
  'INTERNAL',
  'REGISTRATION_INCOMPLETE',
  'REGISTRATION_END_MISSING',
  'REGISTRATION_VALUE_TOO_LOW',
  'REGISTRATION_SIGNED_TOO_LONG_AGO',
  'REGISTRATION_SOLUTION_UNCLEAR',
  'REGISTRATION_NOT_SHARED'
];
const shape = (issues) => issues.map(({ text, step }) => [text, step]);

describe('readIssues', () => {
  it.each(CODES)('%s has its own text and next step', (code) => {
    expect(shape(readIssues(code, ''))).toEqual([[`c.Cosell_Issue_${code}`, `c.Cosell_Step_${code}`]]);
  });

  it.each([
    ['nothing', '', '', []],
    [
      'several codes in order',
      'AMOUNT_MISSING; CONTACT_MISSING',
      'a\nb',
      [
        ['c.Cosell_Issue_AMOUNT_MISSING', 'c.Cosell_Step_AMOUNT_MISSING'],
        ['c.Cosell_Issue_CONTACT_MISSING', 'c.Cosell_Step_CONTACT_MISSING']
      ]
    ],
    ['a code from a newer service', 'BRAND_NEW', 'New rule. Do this.', [['New rule. Do this.', '']]],
    ['a newer code without text', 'BRAND_NEW', '', [['BRAND_NEW', '']]],
    [
      'text without codes',
      '',
      'First.\r\n\nSecond.',
      [
        ['First.', ''],
        ['Second.', '']
      ]
    ],
    [
      'what only the service knows',
      'REJECTED',
      'Deal value must be positive. Fix it.',
      [['c.Cosell_Issue_REJECTED', 'Deal value must be positive. Fix it.']]
    ],
    [
      'labels beside what only the service knows',
      'AMOUNT_MISSING;REJECTED',
      'No amount.\nName differs.',
      [
        ['c.Cosell_Issue_AMOUNT_MISSING', 'c.Cosell_Step_AMOUNT_MISSING'],
        ['c.Cosell_Issue_REJECTED', 'Name differs.']
      ]
    ],
    [
      'several issues that share a code',
      'REJECTED',
      'Name differs.\nAmount differs.',
      [
        ['Name differs.', ''],
        ['Amount differs.', '']
      ]
    ],
    [
      'lines that do not match codes with labels',
      'CONTACT_MISSING;AMOUNT_MISSING',
      'only one',
      [
        ['c.Cosell_Issue_CONTACT_MISSING', 'c.Cosell_Step_CONTACT_MISSING'],
        ['c.Cosell_Issue_AMOUNT_MISSING', 'c.Cosell_Step_AMOUNT_MISSING']
      ]
    ]
  ])('reads %s', (_, codes, message, expected) => {
    expect(shape(readIssues(codes, message))).toEqual(expected);
  });

  it('gives repeated lines different keys', () => {
    const keys = readIssues('REJECTED', 'Differs.\nDiffers.').map(({ key }) => key);
    expect(new Set(keys).size).toBe(2);
  });
});

const mapping = readFileSync(join(__dirname, '../../../../../../plugin/mappings/opportunity-referral.yaml'), 'utf8');

describe('issueTexts', () => {
  it.each([...mapping.matchAll(/^ {2}- code: (.+)$/gm)].map(([, code]) => code))(
    'has words for %s, which the delivered mapping checks',
    (code) => {
      expect(issueTexts(code)).toBeDefined();
    }
  );

  it('gives the labels of a known code, and nothing for a newer one', () => {
    expect(issueTexts('AMOUNT_MISSING')).toEqual({
      text: 'c.Cosell_Issue_AMOUNT_MISSING',
      step: 'c.Cosell_Step_AMOUNT_MISSING'
    });
    expect(issueTexts('BRAND_NEW')).toBeUndefined();
  });
});
