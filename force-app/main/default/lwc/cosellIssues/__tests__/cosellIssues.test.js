import { readIssues } from 'c/cosellIssues';

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
  'REFERRAL_CLOSED'
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
      [['Deal value must be positive. Fix it.', '']]
    ],
    [
      'labels beside what only the service knows',
      'AMOUNT_MISSING;CONFLICT',
      'No amount.\nName differs.',
      [
        ['c.Cosell_Issue_AMOUNT_MISSING', 'c.Cosell_Step_AMOUNT_MISSING'],
        ['Name differs.', '']
      ]
    ],
    [
      'several issues that share a code',
      'CONFLICT',
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
    const keys = readIssues('CONFLICT', 'Differs.\nDiffers.').map(({ key }) => key);
    expect(new Set(keys).size).toBe(2);
  });
});
