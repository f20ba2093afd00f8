import { describe, expect, it } from 'vitest';
import { deploy, evaluate, problems } from './support/deploy.js';
import { administrator, freshOrgs } from './support/org.js';
import {
  bundle,
  customObject,
  file,
  manifest,
  opportunityFields,
  permissionSet,
  textField
} from './support/samples.js';

const fresh = freshOrgs();
const deletions = (name: string, ...members: [string, string][]): Record<string, string> => ({
  'package.xml': manifest([]),
  [name]: file(
    'Package',
    members.map(([type, fullName]) => `<types><members>${fullName}</members><name>${type}</name></types>`).join('')
  )
});

describe('destructive changes', () => {
  it.each(['destructiveChanges.xml', 'destructiveChangesPre.xml', 'destructiveChangesPost.xml'])(
    'in %s delete a field with its data',
    async (name) => {
      const org = fresh();
      await deploy(org, opportunityFields(textField));
      const evaluation = await deploy(org, deletions(name, ['CustomField', 'Opportunity.Code__c']));
      expect(evaluation.successes[1]).toMatchObject({
        componentType: 'CustomField',
        fullName: 'Opportunity.Code__c',
        fileName: name,
        deleted: true
      });
      expect(org.schema.field('Opportunity', 'Code__c')).toBeUndefined();
      expect(org.components.get('CustomField', 'Opportunity.Code__c')).toBeUndefined();
    }
  );

  it('delete an object with all that belongs to it', async () => {
    const org = fresh();
    const tab = {
      'tabs/Crate__c.tab': file('CustomTab', '<customObject>true</customObject><motif>Custom1: Heart</motif>')
    };
    await deploy(org, { ...customObject('Crate__c', { more: `<fields>${textField}</fields>` }), ...tab });
    await deploy(org, deletions('destructiveChanges.xml', ['CustomObject', 'Crate__c']));
    expect(org.schema.object('Crate__c')).toBeUndefined();
    expect(org.components.list('CustomField')).toEqual([]);
    expect(org.components.list('CustomTab')).toEqual([]);
  });

  it('warn of a component that is not there, and succeed', async () => {
    const evaluation = await evaluate(
      fresh(),
      deletions('destructiveChanges.xml', ['CustomField', 'Opportunity.Gone__c'])
    );
    expect(evaluation.failures).toEqual([]);
    expect(evaluation.successes[1]).toMatchObject({
      componentType: 'CustomField',
      fullName: 'destructiveChanges.xml',
      problem: 'No CustomField named: Opportunity.Gone__c found',
      problemType: 'Warning'
    });
  });

  it('do nothing with checkOnly', async () => {
    const org = fresh();
    await deploy(org, opportunityFields(textField));
    await deploy(org, deletions('destructiveChanges.xml', ['CustomField', 'Opportunity.Code__c']), { checkOnly: true });
    expect(org.schema.field('Opportunity', 'Code__c')).toBeDefined();
  });

  it('empty a field that is deployed anew', async () => {
    const org = fresh();
    await deploy(org, opportunityFields(textField));
    const admin = org.sessionFor(administrator);
    const id = org.data.create(admin, 'Opportunity', {
      Name: 'Deal',
      StageName: 'Prospecting',
      CloseDate: '2030-01-31',
      Code__c: 'kept?'
    });
    const again = {
      ...opportunityFields(textField),
      ...deletions('destructiveChangesPre.xml', ['CustomField', 'Opportunity.Code__c'])
    };
    await deploy(org, { ...again, 'package.xml': manifest([['CustomField', 'Opportunity.Code__c']]) });
    expect(org.data.retrieve(admin, 'Opportunity', id, ['Code__c'])['Code__c']).toBeNull();
  });

  const refused = [
    {
      what: 'a standard field',
      members: [['CustomField', 'Opportunity.Name']],
      problem: 'destructiveChanges.xml: Cannot delete standard CustomField: Opportunity.Name'
    },
    {
      what: 'a standard object',
      members: [['CustomObject', 'Account']],
      problem: 'destructiveChanges.xml: Cannot delete standard CustomObject: Account'
    },
    {
      what: 'everything of a type',
      members: [['PermissionSet', '*']],
      problem: 'destructiveChanges.xml: Wildcard (*) is not supported in destructiveChanges.xml'
    },
    {
      what: 'a field that a component reads',
      members: [['CustomField', 'Opportunity.Code__c']],
      problem:
        'Opportunity.Code__c: This custom field is referenced elsewhere in Salesforce. Remove the usage and try again. : LightningComponentBundle - reader'
    },
    {
      what: 'an object that another looks up',
      members: [['CustomObject', 'Crate__c']],
      problem:
        'Crate__c: This custom object is referenced elsewhere in Salesforce. Remove the usage and try again. : Custom Field - Opportunity.Crate__c'
    }
  ] as const;

  it.each(refused)('are refused for $what', async ({ members, problem }) => {
    const org = fresh();
    const reads =
      "import { LightningElement } from 'lwc';\nimport code from '@salesforce/schema/Opportunity.Code__c';\nexport default class Reader extends LightningElement { code = code; }\n";
    const crate =
      '<fullName>Crate__c</fullName><label>Crate</label><type>Lookup</type><referenceTo>Crate__c</referenceTo>';
    await deploy(org, {
      ...opportunityFields(textField, crate),
      ...customObject('Crate__c'),
      ...bundle('reader', { js: reads })
    });
    const evaluation = await evaluate(
      org,
      deletions('destructiveChanges.xml', ...members.map(([type, name]): [string, string] => [type, name]))
    );
    expect(problems(evaluation)).toEqual([problem]);
    expect(evaluation.changes).toEqual([]);
  });

  it('delete a permission set', async () => {
    const org = fresh();
    await deploy(org, permissionSet(''));
    await deploy(org, deletions('destructiveChangesPost.xml', ['PermissionSet', 'Clerk']));
    const found = org.data.query(org.sessionFor(administrator), "SELECT Id FROM PermissionSet WHERE Name = 'Clerk'");
    expect(found.totalSize).toBe(0);
  });
});
