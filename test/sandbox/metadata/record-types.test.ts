import { describe, expect, it } from 'vitest';
import type { OrgHandle } from '../../../sandbox/src/salesforce/core/org-handle.js';
import type { QueryRow } from '../../../sandbox/src/salesforce/core/contract.js';
import { deploy, evaluate, problems, type WrongSample } from './support/deploy.js';
import { administrator, freshOrgs, sharedOrg } from './support/org.js';
import { picklistValues, recordType } from './support/references.js';
import { customObject, file, manifest, permissionSet } from './support/samples.js';

const ofAccount = (...types: string[]): Record<string, string> => ({
  'objects/Account.object': file('CustomObject', types.join(''))
});
const crate = (more: string): Record<string, string> => customObject('Crate__c', { more });
const unknownTwice = 'duplicate value found: <unknown> duplicates value on record with id: <unknown>';

const wrong: WrongSample[] = [
  {
    what: 'no label',
    files: ofAccount(recordType('Big', { label: '' })),
    problem: 'Account: Required field is missing: label'
  },
  {
    what: 'an empty label',
    files: ofAccount(recordType('Big', { label: '<label></label>' })),
    problem: 'Account.Big: Required field is missing: label'
  },
  {
    what: 'a label of 81 characters',
    files: ofAccount(recordType('Big', { label: `<label>${'x'.repeat(81)}</label>` })),
    problem: 'Account.Big: Value too long for field: Label maximum length is:80'
  },
  {
    what: 'an unknown picklist',
    files: ofAccount(recordType('Big', { picklists: picklistValues('Colour__c', 'Red') })),
    problem: 'Account.Big: Could not resolve picklist: Account.Colour__c'
  },
  {
    what: 'a field that is no picklist',
    files: ofAccount(recordType('Big', { picklists: picklistValues('Name', 'Red') })),
    problem: 'Account.Big: Could not resolve picklist: Account.Name'
  },
  {
    what: 'an unknown value',
    files: ofAccount(recordType('Big', { picklists: picklistValues('Rating', 'Hot', 'Tepid') })),
    problem: 'Account.Big: Picklist value: Tepid in picklist: Rating not found'
  },
  {
    what: 'a value with a bare percent sign',
    files: ofAccount(recordType('Big', { picklists: picklistValues('Rating', '100%') })),
    problem: 'Account.Big: Picklist value: 100% in picklist: Rating not found'
  },
  {
    what: 'a value twice',
    files: ofAccount(recordType('Big', { picklists: picklistValues('Rating', 'Hot', 'Hot') })),
    problem: `Account.Big: ${unknownTwice}`
  },
  {
    what: 'a picklist twice',
    files: ofAccount(
      recordType('Big', { picklists: picklistValues('Rating', 'Hot') + picklistValues('Rating', 'Cold') })
    ),
    problem: `Account.Big: ${unknownTwice}`
  },
  {
    what: 'the same name twice',
    files: ofAccount(recordType('Big'), recordType('big', { label: '<label>Other</label>' })),
    problem: 'Account.big: Duplicate developer name: big'
  },
  {
    what: 'an unknown compact layout',
    files: ofAccount(recordType('Big', { more: '<compactLayoutAssignment>Short</compactLayoutAssignment>' })),
    problem: 'Account.Big: In field: compactLayoutAssignment - no CompactLayout named Short found'
  },
  {
    what: 'an object without record types',
    files: { 'objects/OpportunityLineItem.object': file('CustomObject', recordType('Big')) },
    problem:
      'OpportunityLineItem.Big: Entity Enumeration Or ID: bad value for restricted picklist field: OpportunityLineItem'
  },
  {
    what: 'assigned by a permission set and not there',
    files: permissionSet(
      '<recordTypeVisibilities><recordType>Account.Gone</recordType><visible>true</visible></recordTypeVisibilities>'
    ),
    problem: 'Clerk: In field: recordType - no RecordType named Account.Gone found'
  }
];

const shared = sharedOrg();
const fresh = freshOrgs();
const rows = (org: OrgHandle): QueryRow[] =>
  org.data
    .query(
      org.sessionFor(administrator),
      'SELECT Name, DeveloperName, SobjectType, IsActive, Description FROM RecordType ORDER BY DeveloperName'
    )
    .records.map(({ attributes: _attributes, ...row }) => row);

describe('a record type', () => {
  it.each(wrong)('is refused: $what', async ({ files, problem }) => {
    const evaluation = await evaluate(shared(), files);
    expect(problems(evaluation)).toEqual([problem]);
    expect(evaluation.changes).toEqual([]);
  });

  it('becomes a row, and a deploy changes the row', async () => {
    const org = fresh();
    await deploy(org, ofAccount(recordType('Big', { more: '<description>Large</description>' })));
    const account = { DeveloperName: 'Big', SobjectType: 'Account' };
    expect(rows(org)).toEqual([{ ...account, Name: 'Big', IsActive: true, Description: 'Large' }]);
    const id = org.recordTypes.idOf('Account', 'Big');
    await deploy(org, ofAccount(recordType('Big', { active: false, label: '<label>Huge</label>' })));
    expect(rows(org)).toEqual([{ ...account, Name: 'Huge', IsActive: false, Description: null }]);
    expect(org.recordTypes.idOf('account', 'BIG')).toBe(id);
    expect(id).toMatch(/^012\w{15}$/);
  });

  it('gives a custom object its RecordTypeId, which stays when the object is deployed again', async () => {
    const org = fresh();
    await deploy(org, crate(''));
    expect(org.schema.field('Crate__c', 'RecordTypeId')).toBeUndefined();
    await deploy(org, crate(recordType('Big')));
    await deploy(org, crate(''));
    expect(org.schema.field('Crate__c', 'RecordTypeId')?.reference).toMatchObject({
      to: ['RecordType'],
      relationshipName: 'RecordType'
    });
  });

  it('goes with its object', async () => {
    const org = fresh();
    await deploy(org, { ...crate(recordType('Big')), ...ofAccount(recordType('Small')) });
    await deploy(org, {
      'package.xml': manifest([]),
      'destructiveChanges.xml': manifest([['CustomObject', 'Crate__c']])
    });
    expect(rows(org).map(({ SobjectType }) => SobjectType)).toEqual(['Account']);
    expect(org.components.list('RecordType').map(({ fullName }) => fullName)).toEqual(['Account.Small']);
  });

  it('cannot be deleted by a deploy', async () => {
    const org = fresh();
    await deploy(org, ofAccount(recordType('Big')));
    const evaluation = await evaluate(org, {
      'package.xml': manifest([]),
      'destructiveChanges.xml': manifest([['RecordType', 'Account.Big']])
    });
    expect(evaluation.failures.map(({ problem }) => problem)).toEqual(['Cannot delete record type through API']);
    expect(evaluation.changes).toEqual([]);
  });

  it('does without its business process, and the deploy says so', async () => {
    const org = fresh();
    const evaluation = await deploy(
      org,
      ofAccount(recordType('Big', { more: '<businessProcess>Field Sales</businessProcess>' }))
    );
    expect(evaluation.successes.filter(({ problemType }) => problemType === 'Warning')).toMatchObject([
      { fullName: 'Account.Big', problem: expect.stringContaining('Field Sales') as string }
    ]);
    expect(rows(org)).toHaveLength(1);
  });
});
