import { describe, expect, it } from 'vitest';
import { deploy, evaluate, problems, type WrongSample } from './support/deploy.js';
import { freshOrgs, sharedOrg } from './support/org.js';
import { nameShape, opportunityFields, textField } from './support/samples.js';

const field = (name: string, elements: string): Record<string, string> =>
  opportunityFields(`<fullName>${name}</fullName><label>Code</label>${elements}`);
const oneField = (elements: string, problem: string): Omit<WrongSample, 'what'> => ({
  files: field('Code__c', elements),
  problem: `Opportunity.Code__c: ${problem}`
});
const values = (...names: string[]): string =>
  `<valueSet><valueSetDefinition><sorted>false</sorted>${names
    .map((name) => `<value><fullName>${name}</fullName><default>false</default><label>${name}</label></value>`)
    .join('')}</valueSetDefinition></valueSet>`;
const text = '<type>Text</type><length>20</length>';

const fields: WrongSample[] = [
  {
    what: 'a name with two underscores',
    files: field('My__Code__c', text),
    problem: `Opportunity.My__Code__c: The Field Name field ${nameShape}`
  },
  {
    what: 'a name that begins with a digit',
    files: field('1Code__c', text),
    problem: `Opportunity.1Code__c: The Field Name field ${nameShape}`
  },
  {
    what: 'a name of 41 characters',
    files: field(`${'A'.repeat(41)}__c`, text),
    problem: `Opportunity.${'A'.repeat(41)}__c: Value too long for field: FullName maximum length is:40`
  },
  {
    what: 'a standard field that does not exist',
    files: field('Code', text),
    problem: "Opportunity.Code: Could not resolve standard field's name."
  },
  { what: 'no type', ...oneField('', "Must specify 'type' for a CustomField") },
  {
    what: 'no label',
    files: opportunityFields(`<fullName>Code__c</fullName>${text}`),
    problem: 'Opportunity.Code__c: Must specify a non-empty label for the CustomField'
  },
  {
    what: 'a long label',
    files: opportunityFields(`<fullName>Code__c</fullName><label>${'L'.repeat(41)}</label>${text}`),
    problem: 'Opportunity.Code__c: Value too long for field: MasterLabel maximum length is:40'
  },
  {
    what: 'long help',
    ...oneField(
      `<inlineHelpText>${'h'.repeat(511)}</inlineHelpText>${text}`,
      'Value too long for field: InlineHelpText maximum length is:510'
    )
  },
  {
    what: 'text without length',
    ...oneField('<type>Text</type>', "Must specify 'length' for a CustomField of type Text")
  },
  {
    what: 'text of 256',
    ...oneField(
      '<type>Text</type><length>256</length>',
      'length must be between 1 and 255 for a CustomField of type Text'
    )
  },
  {
    what: 'text area with length',
    ...oneField(
      '<type>TextArea</type><length>255</length>',
      "Can not specify 'length' for a CustomField of type TextArea"
    )
  },
  {
    what: 'long text without lines',
    ...oneField(
      '<type>LongTextArea</type><length>1000</length>',
      "Must specify 'visibleLines' for a CustomField of type LongTextArea"
    )
  },
  {
    what: 'long text too long',
    ...oneField(
      '<type>LongTextArea</type><length>131073</length><visibleLines>4</visibleLines>',
      'length must be between 256 and 131072 for a CustomField of type LongTextArea'
    )
  },
  {
    what: 'long text with one line',
    ...oneField(
      '<type>LongTextArea</type><length>1000</length><visibleLines>1</visibleLines>',
      'visibleLines must be between 2 and 50 for a CustomField of type LongTextArea'
    )
  },
  {
    what: 'long text required',
    ...oneField(
      '<required>true</required><type>LongTextArea</type><length>1000</length><visibleLines>4</visibleLines>',
      "Can not specify 'required' for a CustomField of type LongTextArea"
    )
  },
  {
    what: 'number without scale',
    ...oneField('<type>Number</type><precision>18</precision>', "Must specify 'scale' for a CustomField of type Number")
  },
  {
    what: 'number of 19 digits',
    ...oneField(
      '<type>Number</type><precision>19</precision><scale>0</scale>',
      'precision must be between 1 and 18 for a CustomField of type Number'
    )
  },
  {
    what: 'more decimals than digits',
    ...oneField(
      '<type>Currency</type><precision>4</precision><scale>5</scale>',
      'Scale must be less than or equal to precision'
    )
  },
  {
    what: 'a check box without default',
    ...oneField('<type>Checkbox</type>', "Must specify 'defaultValue' for a CustomField of type Checkbox")
  },
  {
    what: 'a check box with another default',
    ...oneField(
      '<type>Checkbox</type><defaultValue>on</defaultValue>',
      'Invalid default value for a CustomField of type Checkbox: on'
    )
  },
  {
    what: 'a required check box',
    ...oneField(
      '<type>Checkbox</type><defaultValue>true</defaultValue><required>true</required>',
      "Can not specify 'required' for a CustomField of type Checkbox"
    )
  },
  {
    what: 'an external id that is a date',
    ...oneField(
      '<type>Date</type><externalId>true</externalId>',
      "Can not specify 'externalId' for a CustomField of type Date"
    )
  },
  {
    what: 'a unique web address',
    ...oneField('<type>Url</type><unique>true</unique>', "Can not specify 'unique' for a CustomField of type Url")
  },
  {
    what: 'a picklist without values',
    ...oneField('<type>Picklist</type>', "Must specify 'valueSet' for a CustomField of type Picklist")
  },
  {
    what: 'a value set without values',
    ...oneField(
      '<type>Picklist</type><valueSet><restricted>true</restricted></valueSet>',
      "Must specify either 'valueSetDefinition' or 'valueSetName' for a valueSet"
    )
  },
  {
    what: 'a value given twice',
    ...oneField(
      `<type>Picklist</type>${values('A', 'a')}`.replace('<label>a</label>', '<label>b</label>'),
      'Duplicate value in picklist: a'
    )
  },
  {
    what: 'a global value set that does not exist',
    ...oneField(
      '<type>Picklist</type><valueSet><valueSetName>Sizes</valueSetName></valueSet>',
      'In field: valueSet - no GlobalValueSet named Sizes found'
    )
  },
  {
    what: 'two defaults',
    ...oneField(
      `<type>Picklist</type>${values('A', 'B').replaceAll('<default>false', '<default>true')}`,
      'Only one picklist value can be the default'
    )
  },
  {
    what: 'a default beside a picklist',
    ...oneField(
      `<defaultValue>A</defaultValue><type>Picklist</type>${values('A')}`,
      "Can not specify 'defaultValue' for a CustomField of type Picklist"
    )
  },
  {
    what: 'an auto-number without counter',
    ...oneField('<type>AutoNumber</type><displayFormat>A-</displayFormat>', 'Invalid display format: A-')
  },
  {
    what: 'a formula',
    ...oneField(
      '<type>Text</type><length>20</length><formula>Name</formula>',
      'Formula CustomField of type Text: Not available for deploy for this organization'
    )
  },
  {
    what: 'a roll-up summary',
    ...oneField('<type>Summary</type>', 'CustomField of type Summary: Not available for deploy for this organization')
  },
  {
    what: 'a text with a target',
    ...oneField(
      `${text}<referenceTo>Account</referenceTo>`,
      "Can not specify 'referenceTo' for a CustomField of type Text"
    )
  }
];

const shared = sharedOrg();
const fresh = freshOrgs();

describe('names and values of fields', () => {
  it.each(fields)('are refused: $what', async ({ files, problem }) => {
    const evaluation = await evaluate(shared(), files);
    expect(problems(evaluation)).toEqual([problem]);
    expect(evaluation.changes).toEqual([]);
  });

  it('are refused when an existing field changes its type', async () => {
    const org = fresh();
    await deploy(org, opportunityFields(textField));
    const evaluation = await evaluate(org, field('Code__c', '<type>Date</type>'));
    expect(problems(evaluation)).toEqual([
      'Opportunity.Code__c: Cannot change type of CustomField from string to Date'
    ]);
  });
});
