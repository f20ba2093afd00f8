import { describe, expect, it } from 'vitest';
import { evaluate, problems, type WrongSample } from './support/deploy.js';
import { sharedOrg } from './support/org.js';
import { customObject, file, nameShape, opportunityFields, permissionSet, textField } from './support/samples.js';

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
    problem: `My__Crate__c: The Object Name field ${nameShape}`
  },
  {
    what: 'bulk without sharing',
    files: customObject('Crate__c', {
      more: '<enableBulkApi>true</enableBulkApi><enableSharing>false</enableSharing>'
    }),
    problem: 'Crate__c: enableSharing, enableBulkApi, enableStreamingApi must be enabled or disabled together'
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
    problem: `My Label: The Name field ${nameShape}`
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
    problem: `My-Clerk: The API Name field ${nameShape}`
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

describe('names and values of objects, labels and pages', () => {
  it.each([...objects, ...others])('are refused: $what', async ({ files, problem }) => {
    const evaluation = await evaluate(shared(), files);
    expect(problems(evaluation)).toEqual([problem]);
    expect(evaluation.changes).toEqual([]);
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
