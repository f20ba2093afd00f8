import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Session } from '../../../../sandbox/src/salesforce/core/contract.js';
import { openOrg } from '../../../../sandbox/src/salesforce/core/open-org.js';
import type { OrgHandle } from '../../../../sandbox/src/salesforce/core/org-handle.js';
import type { RecordTypeDefinition } from '../../../../sandbox/src/salesforce/core/record-types.js';
import { SELLER, addDeal, addUser, call, crud, deploy, errorOf, newOrg } from './org-fixture.js';

const MASTER = '012000000000000AAA';
const type = (developerName: string, more: Partial<RecordTypeDefinition> = {}): RecordTypeDefinition => ({
  object: 'Opportunity',
  developerName,
  label: developerName.replaceAll('_', ' '),
  active: true,
  picklists: {},
  ...more
});

interface Scene {
  org: OrgHandle;
  admin: Session;
  seller: Session;
  ids: { cosell: string; closed: string; other: string; account: string };
}

/** Three record types of Opportunity: one that the seller has, an inactive one he has, one he has not; and one of Account. */
function scene(): Scene {
  const { org, admin } = newOrg();
  const seller = addUser(org, SELLER);
  deploy(org, {
    upsertRecordTypes: [
      type('Co_Sell'),
      type('Closed_Down', { active: false }),
      type('Other'),
      type('Partner', { object: 'Account' })
    ],
    upsertPermissionSets: [
      {
        name: 'Types',
        label: 'Types',
        description: '',
        grant: {
          objects: { Opportunity: crud },
          fields: {},
          userPermissions: [],
          tabs: {},
          recordTypes: ['Opportunity.Co_Sell', 'Opportunity.Closed_Down']
        }
      }
    ]
  });
  const [set] = org.data.query(admin, "SELECT Id FROM PermissionSet WHERE Name = 'Types'").records;
  org.data.create(admin, 'PermissionSetAssignment', { AssigneeId: seller.userId, PermissionSetId: set?.['Id'] });
  const idOf = (object: string, name: string): string => org.recordTypes.idOf(object, name) ?? '';
  const ids = {
    cosell: idOf('Opportunity', 'Co_Sell'),
    closed: idOf('Opportunity', 'Closed_Down'),
    other: idOf('Opportunity', 'Other'),
    account: idOf('Account', 'Partner')
  };
  return { org, admin, seller, ids };
}

const typeOf = ({ org, admin }: Scene, id: string): unknown =>
  org.data.retrieve(admin, 'Opportunity', id, ['RecordTypeId'])['RecordTypeId'];

describe('the record type of a record', () => {
  it('is none by default, and none when the master record type is given', () => {
    const own = scene();
    expect(typeOf(own, addDeal(own.org, own.seller))).toBeNull();
    expect(typeOf(own, addDeal(own.org, own.seller, { RecordTypeId: MASTER.slice(0, 15) }))).toBeNull();
  });

  it('can be one that a permission set assigns', () => {
    const own = scene();
    const id = addDeal(own.org, own.seller, { RecordTypeId: own.ids.cosell });
    expect(typeOf(own, id)).toBe(own.ids.cosell);
    own.org.data.update(own.seller, 'Opportunity', id, { RecordTypeId: MASTER });
    expect(typeOf(own, id)).toBeNull();
  });

  it.each(['other', 'closed', 'account'] as const)('cannot be one the user has not: %s', (name) => {
    const { org, seller, ids } = scene();
    const refused = (work: () => unknown): void => {
      expect(errorOf(work)).toMatchObject({
        status: 400,
        errorCode: 'INVALID_CROSS_REFERENCE_KEY',
        message: `Record Type ID: this ID value isn't valid for the user: ${ids[name]}`,
        fields: ['RecordTypeId']
      });
    };
    refused(() => addDeal(org, seller, { RecordTypeId: ids[name] }));
    const id = addDeal(org, seller);
    refused(() => {
      org.data.update(seller, 'Opportunity', id, { RecordTypeId: ids[name] });
    });
  });

  it('can be any of the object for an administrator, who has no one of another object', () => {
    const { org, admin, ids } = scene();
    for (const id of [ids.cosell, ids.closed, ids.other]) addDeal(org, admin, { RecordTypeId: id });
    expect(errorOf(() => addDeal(org, admin, { RecordTypeId: ids.account })).errorCode).toBe(
      'INVALID_CROSS_REFERENCE_KEY'
    );
    expect(errorOf(() => addDeal(org, admin, { RecordTypeId: admin.userId })).errorCode).toBe(
      'FIELD_INTEGRITY_EXCEPTION'
    );
  });

  it('stays when a user who has not got it saves the record', () => {
    const own = scene();
    const id = addDeal(own.org, own.admin, { RecordTypeId: own.ids.other });
    own.org.data.update(own.seller, 'Opportunity', id, { RecordTypeId: own.ids.other, Name: 'Renamed' });
    expect(typeOf(own, id)).toBe(own.ids.other);
  });

  it('is found by SOQL by its id and its developer name', () => {
    const { org, admin, seller, ids } = scene();
    addDeal(org, admin, { Name: 'With', RecordTypeId: ids.cosell });
    addDeal(org, admin, { Name: 'Without' });
    const names = (where: string): unknown[] =>
      org.data
        .query(seller, `SELECT Name, RecordType.Name FROM Opportunity WHERE ${where}`)
        .records.map((row) => [row['Name'], (row['RecordType'] as { Name: string } | null)?.Name]);
    expect(names("RecordType.DeveloperName = 'Co_Sell'")).toEqual([['With', 'Co Sell']]);
    expect(names(`RecordTypeId = '${ids.cosell.slice(0, 15)}'`)).toEqual([['With', 'Co Sell']]);
    expect(names('RecordTypeId = null')).toEqual([['Without', undefined]]);
  });

  it('takes values that the record type does not list', () => {
    const { org, admin } = scene();
    const limited = type('Co_Sell', { picklists: { LeadSource: { values: ['Web'] } } });
    deploy(org, { upsertRecordTypes: [limited] });
    const id = org.recordTypes.idOf('Opportunity', 'Co_Sell');
    expect(addDeal(org, admin, { RecordTypeId: id, LeadSource: 'Other' })).toMatch(/^006/);
  });
});

describe('describe', () => {
  it('lists every record type, and says which ones the user has', async () => {
    const { org, ids } = scene();
    const token = org.auth.issueAccessToken(SELLER);
    const { body } = await call(org, 'GET', '/sobjects/Opportunity/describe', undefined, { token });
    const urls = { layout: `/services/data/v66.0/sobjects/Opportunity/describe/layouts/${ids.cosell}` };
    expect(body.recordTypeInfos[0]).toEqual({
      active: true,
      available: true,
      defaultRecordTypeMapping: false,
      developerName: 'Co_Sell',
      master: false,
      name: 'Co Sell',
      recordTypeId: ids.cosell,
      urls
    });
    const short = (body.recordTypeInfos as { developerName: string; active: boolean; available: boolean }[]).map(
      ({ developerName, active, available }) => [developerName, active, available]
    );
    expect(short.slice(1)).toEqual([
      ['Closed_Down', false, false],
      ['Other', true, false],
      ['Master', true, true]
    ]);
    expect(body.recordTypeInfos.at(-1)).toMatchObject({ master: true, defaultRecordTypeMapping: true });
  });

  it('has RecordTypeId on standard objects that take record types, and not on others', () => {
    const { org } = newOrg();
    const has = (object: string): boolean => org.schema.field(object, 'RecordTypeId') !== undefined;
    expect(['Account', 'Contact', 'Opportunity', 'Lead', 'Order', 'Product2'].filter(has)).toHaveLength(6);
    expect(['OpportunityLineItem', 'OrderItem', 'PricebookEntry', 'User'].filter(has)).toEqual([]);
  });
});

describe('record types of an org in a file', () => {
  it('are there after a restart, with the values they leave of picklists', () => {
    const folder = mkdtempSync(join(tmpdir(), 'record-types-'));
    const file = join(folder, 'org.db');
    try {
      const first = openOrg({ file });
      const limited = { values: ['Web'], defaultValue: 'Web' };
      deploy(first, { upsertRecordTypes: [type('Co_Sell', { picklists: { leadsource: limited } })] });
      const id = first.recordTypes.idOf('Opportunity', 'Co_Sell') ?? '';
      first.close();
      const { org } = newOrg({ file });
      const field = org.schema.field('Opportunity', 'LeadSource');
      expect(org.recordTypes.idOf('Opportunity', 'Co_Sell')).toBe(id);
      expect(field && org.recordTypes.values('Opportunity', id, field)).toMatchObject([
        { value: 'Web', defaultValue: true }
      ]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
