import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import type { FieldSchema } from '../../../sandbox/src/salesforce/core/schema.js';
import { deploy } from './support/deploy.js';
import { addSeller, administrator, freshOrgs } from './support/org.js';
import { customObject, opportunityFields, permissionSet, textField } from './support/samples.js';

const fresh = freshOrgs();
const values =
  '<valueSet><restricted>true</restricted><valueSetDefinition><sorted>false</sorted>' +
  '<value><fullName>Small</fullName><default>true</default><label>Small one</label></value>' +
  '<value><fullName>Large</fullName><default>false</default><isActive>false</isActive><label>Large one</label></value>' +
  '</valueSetDefinition></valueSet>';

const fields: { elements: string; expected: Partial<FieldSchema> }[] = [
  {
    elements:
      '<type>Text</type><length>30</length><unique>true</unique><externalId>true</externalId><caseSensitive>false</caseSensitive>',
    expected: {
      type: 'string',
      length: 30,
      unique: true,
      externalId: true,
      nillable: true,
      updateable: true,
      permissionable: true
    }
  },
  {
    elements: '<type>Text</type><length>30</length><required>true</required>',
    expected: { nillable: false, permissionable: false }
  },
  {
    elements: '<type>Text</type><length>30</length><defaultValue>"new"</defaultValue>',
    expected: { defaultValue: 'new' }
  },
  {
    elements: '<type>Checkbox</type><defaultValue>true</defaultValue>',
    expected: { type: 'boolean', nillable: false, defaultValue: true }
  },
  {
    elements: '<type>LongTextArea</type><length>4000</length><visibleLines>4</visibleLines>',
    expected: { type: 'textarea', length: 4000, longText: true, visibleLines: 4 }
  },
  { elements: '<type>TextArea</type>', expected: { type: 'textarea', length: 255 } },
  { elements: '<type>Url</type>', expected: { type: 'url', length: 255 } },
  { elements: '<type>Email</type>', expected: { type: 'email', length: 80 } },
  { elements: '<type>Phone</type>', expected: { type: 'phone', length: 40 } },
  {
    elements: '<type>Number</type><precision>12</precision><scale>0</scale>',
    expected: { type: 'double', precision: 12, scale: 0 }
  },
  {
    elements: '<type>Currency</type><precision>18</precision><scale>2</scale>',
    expected: { type: 'currency', precision: 18, scale: 2 }
  },
  { elements: '<type>DateTime</type>', expected: { type: 'datetime' } },
  {
    elements: '<type>AutoNumber</type><displayFormat>C-{0000}</displayFormat>',
    expected: { type: 'string', autoNumber: true, displayFormat: 'C-{0000}', createable: false, updateable: false }
  },
  {
    elements: `<type>Picklist</type>${values}`,
    expected: {
      type: 'picklist',
      picklist: {
        restricted: true,
        values: [
          { value: 'Small', label: 'Small one', active: true, defaultValue: true },
          { value: 'Large', label: 'Large one', active: false, defaultValue: false }
        ]
      }
    }
  },
  {
    elements:
      '<type>Lookup</type><referenceTo>Account</referenceTo><relationshipName>Codes</relationshipName><deleteConstraint>Restrict</deleteConstraint>',
    expected: {
      type: 'reference',
      reference: {
        to: ['Account'],
        relationshipName: 'Code__r',
        childRelationshipName: 'Codes__r',
        onDelete: 'Restrict',
        masterDetail: false
      }
    }
  }
];

describe('a deployed field', () => {
  it.each(fields)('is described from $elements', async ({ elements, expected }) => {
    const org = fresh();
    await deploy(org, opportunityFields(`<fullName>Code__c</fullName><label>Code</label>${elements}`));
    expect(org.schema.field('Opportunity', 'Code__c')).toMatchObject({
      name: 'Code__c',
      label: 'Code',
      custom: true,
      ...expected
    });
  });
});

describe('a deployed object', () => {
  const master =
    '<fields><fullName>Deal__c</fullName><label>Deal</label><type>MasterDetail</type><referenceTo>Opportunity</referenceTo><relationshipName>Crates</relationshipName></fields>';

  it('has a key prefix, system fields and an owner', async () => {
    const org = fresh();
    await deploy(org, customObject('Crate__c'));
    await deploy(org, customObject('Box__c'));
    const prefixes = ['Crate__c', 'Box__c'].map((name) => org.schema.object(name)?.keyPrefix);
    expect(prefixes).toEqual(['a00', 'a01']);
    const names = [...(org.schema.object('Crate__c')?.fields.keys() ?? [])];
    expect(names).toEqual(
      expect.arrayContaining([
        'Id',
        'Name',
        'OwnerId',
        'IsDeleted',
        'CreatedDate',
        'CreatedById',
        'LastModifiedDate',
        'SystemModstamp'
      ])
    );
  });

  it('has no owner when it is a detail, and is found from its master', async () => {
    const org = fresh();
    await deploy(
      org,
      customObject('Crate__c', { more: master, sharingModel: '<sharingModel>ControlledByParent</sharingModel>' })
    );
    expect(org.schema.field('Crate__c', 'OwnerId')).toBeUndefined();
    expect(org.schema.field('Crate__c', 'Deal__c')).toMatchObject({
      nillable: false,
      updateable: false,
      permissionable: false
    });
    const child = org.schema.children('Opportunity').find(({ childObject }) => childObject === 'Crate__c');
    expect(child?.field.reference).toMatchObject({
      childRelationshipName: 'Crates__r',
      onDelete: 'Cascade',
      masterDetail: true
    });
  });

  it('keeps its fields and key prefix when it is deployed again', async () => {
    const org = fresh();
    await deploy(org, customObject('Crate__c', { more: `<fields>${textField}</fields>` }));
    await deploy(org, customObject('Crate__c', { label: '<label>Wooden Crate</label>' }));
    expect(org.schema.object('Crate__c')).toMatchObject({ keyPrefix: 'a00', label: 'Wooden Crate' });
    expect(org.schema.field('Crate__c', 'Code__c')).toBeDefined();
  });

  it('takes records with the names that its auto-number gives', async () => {
    const org = fresh();
    const nameField =
      '<nameField><displayFormat>CR-{0000}</displayFormat><label>Number</label><type>AutoNumber</type></nameField>';
    await deploy(org, customObject('Crate__c', { nameField }));
    const admin = org.sessionFor(administrator);
    const id = org.data.create(admin, 'Crate__c', {});
    expect(id).toMatch(/^a00/);
    expect(org.data.retrieve(admin, 'Crate__c', id, ['Name'])['Name']).toBe('CR-0001');
  });
});

describe('a deployed permission set', () => {
  it('grants what it says to those who have it', async () => {
    const org = fresh();
    const grants =
      '<fieldPermissions><editable>false</editable><field>Opportunity.Code__c</field><readable>true</readable></fieldPermissions>' +
      '<objectPermissions><allowCreate>true</allowCreate><allowDelete>false</allowDelete><allowEdit>true</allowEdit><allowRead>true</allowRead><modifyAllRecords>false</modifyAllRecords><object>Crate__c</object><viewAllRecords>false</viewAllRecords></objectPermissions>';
    await deploy(org, { ...opportunityFields(textField), ...customObject('Crate__c'), ...permissionSet(grants) });
    const seller = org.sessionFor(addSeller(org));
    expect(org.access.field(seller, 'Opportunity', 'Code__c')).toEqual({ readable: false, editable: false });
    const admin = org.sessionFor(administrator);
    const [set] = org.data.query(admin, "SELECT Id FROM PermissionSet WHERE Name = 'Clerk'").records;
    org.data.create(admin, 'PermissionSetAssignment', { AssigneeId: seller.userId, PermissionSetId: set?.['Id'] });
    expect(org.access.field(seller, 'Opportunity', 'Code__c')).toEqual({ readable: true, editable: false });
    expect(org.access.object(seller, 'Crate__c')).toMatchObject({
      read: true,
      create: true,
      edit: true,
      delete: false
    });
  });
});

describe('the schema that files are checked against', () => {
  it('is the one generated from the installed WSDL types', () => {
    expect(() =>
      execFileSync(process.execPath, ['scripts/generate-metadata-schema.mjs', '--check'], { stdio: 'pipe' })
    ).not.toThrow();
  });
});
