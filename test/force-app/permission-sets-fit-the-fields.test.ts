import { describe, expect, it } from 'vitest';
import { customFields, permissionSet } from './metadata-files.js';
import type { PermissionSet } from './metadata-files.js';

const NAMES = ['Cosell_Seller', 'Cosell_Integration_User', 'Cosell_Integration_Administrator'];
const fields = customFields();
/** Required and master-detail fields are visible to everybody and may not be named (Metadata API Developer Guide, PermissionSet). */
const governed = [...fields].filter(([, { required, type }]) => required !== 'true' && type !== 'MasterDetail');

const editable = (set: PermissionSet): string[] =>
  set.fieldPermissions.filter(({ editable: may }) => may === 'true').map(({ field }) => field);

describe.each(NAMES)('%s', (name) => {
  const set = permissionSet(name);
  const named = set.fieldPermissions.map(({ field }) => field);

  it('names every governed field of the package once, and no other custom field', () => {
    expect(named.filter((field) => field.endsWith('__c')).sort()).toEqual(governed.map(([field]) => field).sort());
    expect(new Set(named).size).toBe(named.length);
  });

  it('lets a field be edited only where it may be read', () => {
    expect(set.fieldPermissions.filter(({ readable }) => readable !== 'true')).toEqual([]);
  });

  it('grants object permissions with those they depend on', () => {
    for (const { object, ...grant } of set.objectPermissions) {
      const has = (permission: string): boolean => grant[permission] === 'true';
      expect(has('allowRead'), `${object}: read`).toBe(true);
      if (has('allowDelete')) expect(has('allowEdit'), `${object}: delete needs edit`).toBe(true);
      if (has('modifyAllRecords')) {
        expect(has('viewAllRecords') && has('allowDelete'), `${object}: modify all needs delete and view all`).toBe(
          true
        );
      }
    }
  });

  it('describes itself in the 255 characters of a permission set', () => {
    expect(set.description.length).toBeLessThanOrEqual(255);
  });
});

it('lets sales reps edit exactly what they decide', () => {
  expect(editable(permissionSet('Cosell_Seller')).sort()).toEqual([
    'Account.ERP_Refresh_Requested__c',
    'Cosell_Issue__c.Resolution__c',
    'Lead.Referral_Decline_Reason__c',
    'Lead.Sync_with_Partner_Center__c',
    'Opportunity.ERP_Refresh_Requested__c',
    'Opportunity.How_can_Microsoft_help__c',
    'Opportunity.Referral_Decline_Reason__c',
    'Opportunity.Referral_Visible_to_Microsoft_Sellers__c',
    'Opportunity.Registration_Contract_Term__c',
    'Opportunity.Registration_Contract_Value__c',
    'Opportunity.Registration_End_Date__c',
    'Opportunity.Registration_Requested__c',
    'Opportunity.Registration_Sign_Date__c',
    'Opportunity.Registration_Solution_Identifier__c',
    'Opportunity.Registration_Start_Date__c',
    'Opportunity.Sync_with_Partner_Center__c'
  ]);
});

it('lets the sync service write every field of the package', () => {
  expect(editable(permissionSet('Cosell_Integration_User'))).toEqual(
    expect.arrayContaining(governed.map(([field]) => field))
  );
});

describe('ERP_Integration_User', () => {
  const set = permissionSet('ERP_Integration_User');

  it('writes what is kept in step with Business Central, and nothing of the co-sell deals', () => {
    const objects = set.objectPermissions.filter(({ allowEdit }) => allowEdit === 'true').map(({ object }) => object);
    expect(objects).toEqual([
      'Account',
      'Contact',
      'ERP_Account_Statistics__c',
      'ERP_Availability__c',
      'Order',
      'Product2'
    ]);
    const erp = [...fields.keys()].filter((field) => /\.ERP_(Sync|Last|Record)_/.test(field));
    expect(erp).toHaveLength(20);
    expect(editable(set)).toEqual(expect.arrayContaining(erp));
    expect(editable(set).filter((field) => /^(Opportunity|Lead|Cosell)/.test(field))).toEqual([]);
    expect(set.description.length).toBeLessThanOrEqual(255);
  });
});

describe('Product_Availability_Viewer', () => {
  const set = permissionSet('Product_Availability_Viewer');
  const ofErp = governed.map(([field]) => field).filter((field) => /^ERP_|\.ERP_Refresh/.test(field));

  it('may read every ERP figure, and nothing of co-selling', () => {
    expect(set.fieldPermissions.map(({ field }) => field).sort()).toEqual(ofErp.sort());
  });

  it('may change nothing', () => {
    expect(editable(set)).toEqual([]);
    const grants = set.objectPermissions.flatMap(({ object, ...grant }) =>
      Object.entries(grant).flatMap(([name, value]) =>
        value === 'true' && name !== 'allowRead' ? [`${object} ${name}`] : []
      )
    );
    expect(grants).toEqual([]);
  });
});
