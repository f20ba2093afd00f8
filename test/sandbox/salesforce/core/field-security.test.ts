import { beforeEach, describe, expect, it } from 'vitest';
import type { Session } from '../../../../sandbox/src/salesforce/core/contract.js';
import type { OrgHandle } from '../../../../sandbox/src/salesforce/core/org-handle.js';
import {
  addDeal,
  addUser,
  call,
  codeOf,
  crud,
  customField,
  deploy,
  errorOf,
  grant,
  newOrg,
  SELLER
} from './org-fixture.js';

let org: OrgHandle;
let admin: Session;
let seller: Session;
let deal = '';

const detailObject = {
  name: 'Detail__c',
  label: 'Detail',
  labelPlural: 'Details',
  keyPrefix: '',
  custom: true,
  fields: new Map([
    [
      'Name',
      customField('Name', {
        custom: false,
        permissionable: false,
        autoNumber: true,
        displayFormat: 'D-{0000}',
        createable: false,
        updateable: false
      })
    ],
    [
      'Opportunity__c',
      customField('Opportunity__c', {
        type: 'reference',
        nillable: false,
        updateable: false,
        permissionable: false,
        reference: {
          to: ['Opportunity'],
          relationshipName: 'Opportunity__r',
          childRelationshipName: 'Details__r',
          onDelete: 'Cascade',
          masterDetail: true
        }
      })
    ]
  ]),
  nameField: 'Name',
  createable: true,
  updateable: true,
  deletable: true,
  queryable: true,
  setupObject: false
} as const;

beforeEach(() => {
  ({ org, admin } = newOrg());
  seller = addUser(org, SELLER);
  deploy(org, {
    upsertFields: [
      { object: 'Opportunity', field: customField('Shown__c') },
      { object: 'Opportunity', field: customField('Hidden__c', { externalId: true }) }
    ],
    upsertObjects: [detailObject]
  });
  deal = addDeal(org, seller, { Name: 'Deal' });
  org.data.update(admin, 'Opportunity', deal, { Hidden__c: 'secret' });
});

describe('a field deployed without permission', () => {
  it('is there for an administrator', () => {
    expect(org.data.retrieve(admin, 'Opportunity', deal, ['Hidden__c'])['Hidden__c']).toBe('secret');
  });

  it('does not exist for a seller, on any road', async () => {
    const token = org.auth.issueAccessToken(SELLER);
    const get = (path: string) => call(org, 'GET', path, undefined, { token });
    const refused: [string, () => unknown][] = [
      ['select', () => org.data.query(seller, 'SELECT Hidden__c FROM Opportunity')],
      ['where', () => org.data.query(seller, `SELECT Id FROM Opportunity WHERE Hidden__c = 'secret'`)],
      ['order', () => org.data.query(seller, 'SELECT Id FROM Opportunity ORDER BY Hidden__c')],
      ['group', () => org.data.query(seller, 'SELECT COUNT(Hidden__c) FROM Opportunity')],
      ['create', () => addDeal(org, seller, { Hidden__c: 'x' })],
      [
        'update',
        () => {
          org.data.update(seller, 'Opportunity', deal, { Hidden__c: 'x' });
        }
      ]
    ];
    for (const [road, work] of refused) expect([road, codeOf(work)]).toEqual([road, 'INVALID_FIELD']);
    expect(
      Object.keys(org.data.query(seller, 'SELECT FIELDS(ALL) FROM Opportunity LIMIT 1').records[0] ?? {})
    ).not.toContain('Hidden__c');
    expect((await get(`/sobjects/Opportunity/${deal}`)).body).not.toHaveProperty('Hidden__c');
    expect((await get(`/sobjects/Opportunity/Hidden__c/secret`)).status).toBe(404);
    const describe = (await get('/sobjects/Opportunity/describe')).body as { fields: { name: string }[] };
    expect(describe.fields.map((field) => field.name)).not.toContain('Hidden__c');
    expect(describe.fields.map((field) => field.name)).toContain('StageName');
    const saved = await call(
      org,
      'PATCH',
      '/composite/sobjects',
      { records: [{ attributes: { type: 'Opportunity' }, id: deal, Hidden__c: 'x' }] },
      { token }
    );
    expect(saved.body).toMatchObject([{ success: false, errors: [{ statusCode: 'INVALID_FIELD' }] }]);
  });
});

describe('a field granted for reading', () => {
  it('can be read and not written', () => {
    grant(org, seller, { 'Opportunity.Hidden__c': { readable: true, editable: false } });
    expect(org.data.retrieve(seller, 'Opportunity', deal, ['Hidden__c'])['Hidden__c']).toBe('secret');
    const error = errorOf(() => {
      org.data.update(seller, 'Opportunity', deal, { Hidden__c: 'mine' });
    });
    expect([error.errorCode, error.fields]).toEqual(['INVALID_FIELD_FOR_INSERT_UPDATE', ['Hidden__c']]);
    expect(error.message).toContain('Please check the security settings of this field');
  });
});

describe('a field granted for editing', () => {
  it('can be written until the permission set is taken away', () => {
    grant(org, seller, { 'Opportunity.Shown__c': { readable: true, editable: true } });
    const write = (): void => {
      org.data.update(seller, 'Opportunity', deal, { Shown__c: 'mine' });
    };
    expect(codeOf(write)).toBe('none');
    const [assignment] = org.data.query(
      admin,
      `SELECT Id FROM PermissionSetAssignment WHERE AssigneeId = '${seller.userId}'`
    ).records;
    org.data.delete(admin, 'PermissionSetAssignment', String(assignment?.['Id']));
    expect(codeOf(write)).toBe('INVALID_FIELD');
  });
});

describe('objects', () => {
  it('of our own are not there without object permission', () => {
    expect(codeOf(() => org.data.query(seller, 'SELECT Id FROM Detail__c'))).toBe('INVALID_TYPE');
    expect(codeOf(() => org.data.create(seller, 'Detail__c', { Opportunity__c: deal }))).toBe('NOT_FOUND');
  });

  it('may be readable only', () => {
    grant(org, seller, {}, { Detail__c: { ...crud, create: false, edit: false, delete: false } });
    const id = org.data.create(admin, 'Detail__c', { Opportunity__c: deal });
    expect(org.data.query(seller, 'SELECT Name, Opportunity__r.Name FROM Detail__c').records).toMatchObject([
      { Name: 'D-0001', Opportunity__r: { Name: 'Deal' } }
    ]);
    expect(codeOf(() => org.data.create(seller, 'Detail__c', { Opportunity__c: deal }))).toBe(
      'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY'
    );
    const remove = (): void => {
      org.data.delete(seller, 'Detail__c', id);
    };
    expect(codeOf(remove)).toBe('INSUFFICIENT_ACCESS_OR_READONLY');
  });

  it('of detail records need edit on their master', () => {
    const reader = addUser(org, 'reader@cosell.example', 'Read Only');
    grant(org, reader, {}, { Detail__c: crud });
    expect(codeOf(() => org.data.create(reader, 'Detail__c', { Opportunity__c: deal }))).toBe(
      'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY'
    );
  });

  it('of setup are for administrators to change', () => {
    expect(org.data.query(seller, 'SELECT Name FROM User').totalSize).toBe(2);
    const rename = (): void => {
      org.data.update(seller, 'User', seller.userId, { Title: 'Boss' });
    };
    expect(codeOf(rename)).toBe('INSUFFICIENT_ACCESS_OR_READONLY');
  });
});
