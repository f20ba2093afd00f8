import { describe, expect, it } from 'vitest';
import { evaluate, problems, type WrongSample } from './support/deploy.js';
import { sharedOrg } from './support/org.js';
import { detail, fls, grant, master } from './support/references.js';
import { opportunityFields, permissionSet, textField } from './support/samples.js';

const permissionSamples: WrongSample[] = [
  {
    what: 'a field that is not there',
    files: permissionSet(fls('Opportunity.Code__c')),
    problem: 'Clerk: In field: field - no CustomField named Opportunity.Code__c found'
  },
  {
    what: 'a field of no object',
    files: permissionSet(fls('Crate__c.Code__c')),
    problem: 'Clerk: In field: field - no CustomObject named Crate__c found'
  },
  {
    what: 'a required field',
    files: permissionSet(fls('Opportunity.StageName')),
    problem: 'Clerk: You cannot deploy to a required field: Opportunity.StageName'
  },
  {
    what: 'edit without read',
    files: permissionSet(fls('Opportunity.NextStep').replace('<readable>true', '<readable>false')),
    problem: 'Clerk: Field Opportunity.NextStep: edit permission depends on read permission'
  },
  {
    what: 'an object that is not there',
    files: permissionSet(grant('Crate__c', 'r')),
    problem: 'Clerk: In field: object - no CustomObject named Crate__c found'
  },
  {
    what: 'create without read',
    files: permissionSet(grant('Account', 'c')),
    problem: 'Clerk: Permission Create Account depends on permission(s): Read Account'
  },
  {
    what: 'delete without edit',
    files: permissionSet(grant('Account', 'rd')),
    problem: 'Clerk: Permission Delete Account depends on permission(s): Edit Account'
  },
  {
    what: 'modify all alone',
    files: permissionSet(grant('Account', 'rm')),
    problem:
      'Clerk: Permission Modify All Account depends on permission(s): Edit Account, Delete Account, View All Account'
  },
  {
    what: 'a detail without its master',
    files: { ...detail(master('Opportunity')), ...permissionSet(grant('Crate__c', 'r')) },
    problem: 'Clerk: Permission Read Crate__c depends on permission(s): Read Opportunity'
  },
  {
    what: 'an unknown tab',
    files: permissionSet('<tabSettings><tab>Crate__c</tab><visibility>Visible</visibility></tabSettings>'),
    problem: 'Clerk: In field: tab - no CustomTab named Crate__c found'
  },
  {
    what: 'an unknown user permission',
    files: permissionSet('<userPermissions><enabled>true</enabled><name>FlyPlanes</name></userPermissions>'),
    problem: 'Clerk: Unknown user permission: FlyPlanes'
  },
  {
    what: 'an Apex class',
    files: permissionSet('<classAccesses><apexClass>Greeter</apexClass><enabled>true</enabled></classAccesses>'),
    problem: 'Clerk: In field: apexClass - no ApexClass named Greeter found'
  }
];

const shared = sharedOrg();

describe('references of permission sets', () => {
  it.each(permissionSamples)('are refused when they lead nowhere: $what', async ({ files, problem }) => {
    const evaluation = await evaluate(shared(), files);
    expect(problems(evaluation)[0]).toBe(problem);
    expect(evaluation.changes).toEqual([]);
  });

  it('fail with what they point at', async () => {
    const files = {
      ...opportunityFields(textField.replace('<length>20</length>', '')),
      ...permissionSet(fls('Opportunity.Code__c'))
    };
    expect(problems(await evaluate(shared(), files))).toEqual([
      "Opportunity.Code__c: Must specify 'length' for a CustomField of type Text",
      'Clerk: In field: field - no CustomField named Opportunity.Code__c found'
    ]);
  });
});
