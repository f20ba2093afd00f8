import { describe, expect, it } from 'vitest';
import { deploy, evaluate, problems, type WrongSample } from './support/deploy.js';
import { freshOrgs, sharedOrg } from './support/org.js';
import { customObject, file, opportunityFields, permissionSet, textField } from './support/samples.js';

const field = (name: string, elements: string): Record<string, string> =>
  opportunityFields(`<fullName>${name}</fullName><label>Code</label>${elements}`);
const oneField = (elements: string, problem: string): Omit<WrongSample, 'what'> => ({
  files: field('Code__c', elements),
  problem: `Opportunity.Code__c: ${problem}`
});
const shape =
  'can only contain underscores and alphanumeric characters. It must be unique, begin with a letter, not include spaces, ' +
  'not end with an underscore, and not contain two consecutive underscores.';
const values = (...names: string[]): string =>
  `<valueSet><valueSetDefinition><sorted>false</sorted>${names
    .map((name) => `<value><fullName>${name}</fullName><default>false</default><label>${name}</label></value>`)
    .join('')}</valueSetDefinition></valueSet>`;
const text = '<type>Text</type><length>20</length>';

const fields: WrongSample[] = [
  {
    what: 'a name with two underscores',
    files: field('My__Code__c', text),
    problem: `Opportunity.My__Code__c: The Field Name field ${shape}`
  },
  {
    what: 'a name that begins with a digit',
    files: field('1Code__c', text),
    problem: `Opportunity.1Code__c: The Field Name field ${shape}`
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

const objects: WrongSample[] = [
  {
    what: 'no suffix',
    files: { ...customObject('Crate__c'), 'objects/Crate__c.object': '' },
    problem: 'Crate__c: Error parsing file: Premature end of file.'
  },
  {
    what: 'no label',
    files: customObject('Crate__c', { label: '' }),
    problem: 'Crate__c: Must specify a non-empty label for the CustomObject'
  },
  {
    what: 'no plural label',
    files: customObject('Crate__c', { pluralLabel: '' }),
    problem: 'Crate__c: Must specify a non-empty plural label for the CustomObject'
  },
  {
    what: 'no name field',
    files: customObject('Crate__c', { nameField: '' }),
    problem: 'Crate__c: Must specify a nameField of type Text or AutoNumber'
  },
  {
    what: 'a name that is a number',
    files: customObject('Crate__c', { nameField: '<nameField><label>N</label><type>Number</type></nameField>' }),
    problem: 'Crate__c: Must specify a nameField of type Text or AutoNumber'
  },
  {
    what: 'an auto-number name without format',
    files: customObject('Crate__c', { nameField: '<nameField><label>N</label><type>AutoNumber</type></nameField>' }),
    problem: "Crate__c: Must specify 'displayFormat' for a CustomField of type AutoNumber"
  },
  {
    what: 'no deployment status',
    files: customObject('Crate__c', { deploymentStatus: '' }),
    problem: 'Crate__c: Must specify a deploymentStatus for the CustomObject'
  },
  {
    what: 'no sharing model',
    files: customObject('Crate__c', { sharingModel: '' }),
    problem: 'Crate__c: Must specify a sharingModel for the CustomObject'
  },
  {
    what: 'a name with two underscores',
    files: customObject('My__Crate__c'),
    problem: `My__Crate__c: The Object Name field ${shape}`
  },
  {
    what: 'the master’s sharing without master',
    files: customObject('Crate__c', { sharingModel: '<sharingModel>ControlledByParent</sharingModel>' }),
    problem:
      'Crate__c: Cannot set sharingModel to ControlledByParent on a CustomObject without a MasterDetail relationship field'
  }
];

const label = (name: string, elements: string): WrongSample['files'] => ({
  'labels/CustomLabels.labels': file('CustomLabels', `<labels><fullName>${name}</fullName>${elements}</labels>`)
});
const greeting =
  '<language>en_US</language><protected>false</protected><shortDescription>Hi</shortDescription><value>Hi</value>';

const others: WrongSample[] = [
  {
    what: 'a label name with a space',
    files: label('My Label', greeting),
    problem: `My Label: The Name field ${shape}`
  },
  {
    what: 'a label in no language',
    files: label('Hi', greeting.replace('en_US', 'tlh')),
    problem: "Hi: 'tlh' is not a valid value for the enum 'Language'"
  },
  {
    what: 'a label of 1,001 characters',
    files: label('Hi', greeting.replace('<value>Hi', `<value>${'x'.repeat(1001)}`)),
    problem: 'Hi: Value too long for field: Value maximum length is:1000'
  },
  {
    what: 'a permission set without label',
    files: { 'permissionsets/Clerk.permissionset': file('PermissionSet', '<label></label>') },
    problem: 'Clerk: Required field is missing: label'
  },
  {
    what: 'a permission set name with a dash',
    files: { 'permissionsets/My-Clerk.permissionset': file('PermissionSet', '<label>C</label>') },
    problem: `My-Clerk: The API Name field ${shape}`
  },
  {
    what: 'a resource without content',
    files: {
      'staticresources/Logo.resource-meta.xml': file(
        'StaticResource',
        '<cacheControl>Public</cacheControl><contentType>image/png</contentType>'
      )
    },
    problem: 'Logo: Missing content file for static resource: Logo'
  },
  {
    what: 'a layout named after nothing',
    files: { 'layouts/Opportunity.layout': file('Layout', '') },
    problem: 'Opportunity: Invalid layout name: Opportunity; it must be Object-Layout Name'
  },
  {
    what: 'a field on a layout twice',
    files: {
      'layouts/Opportunity-Sales.layout': file(
        'Layout',
        `<layoutSections><layoutColumns>${'<layoutItems><field>Name</field></layoutItems>'.repeat(2)}</layoutColumns><style>OneColumn</style></layoutSections>`
      )
    },
    problem: 'Opportunity-Sales: Field:Name appears more than once in the layout'
  },
  {
    what: 'an unknown page template',
    files: {
      'flexipages/Sales.flexipage': file(
        'FlexiPage',
        '<masterLabel>S</masterLabel><sobjectType>Opportunity</sobjectType><template><name>flexipage:none</name></template><type>RecordPage</type>'
      )
    },
    problem: "Sales: We couldn't retrieve the template information for flexipage:none."
  }
];

const shared = sharedOrg();
const fresh = freshOrgs();

describe('names and values', () => {
  it.each([...fields, ...objects, ...others])('are refused: $what', async ({ files, problem }) => {
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

  it('are accepted when they are right', async () => {
    const right = {
      ...opportunityFields(textField),
      ...customObject('Crate__c'),
      ...label('Hi', greeting),
      ...permissionSet('')
    };
    expect(problems(await evaluate(shared(), right))).toEqual([]);
  });
});
