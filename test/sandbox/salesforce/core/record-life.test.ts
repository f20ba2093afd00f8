import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openOrg } from '../../../../sandbox/src/salesforce/core/open-org.js';
import { ADMIN, addDeal, addUser, codeOf, customField, deploy, newOrg, SELLER } from './org-fixture.js';

const folder = mkdtempSync(join(tmpdir(), 'org-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const lookup = (onDelete: 'SetNull' | 'Restrict' | 'Cascade') =>
  customField('Parent__c', {
    type: 'reference',
    length: 18,
    reference: {
      to: ['Opportunity'],
      relationshipName: 'Parent__r',
      childRelationshipName: 'Kids__r',
      onDelete,
      masterDetail: false
    }
  });

describe('stages of an opportunity', () => {
  const stages: readonly [string, number, boolean, boolean, string][] = [
    ['Prospecting', 10, false, false, 'Pipeline'],
    ['Proposal/Price Quote', 75, false, false, 'Pipeline'],
    ['Closed Won', 100, true, true, 'Closed'],
    ['Closed Lost', 0, true, false, 'Omitted']
  ];
  it.each(stages)('%s sets probability, closed, won and forecast', (stage, probability, closed, won, forecast) => {
    const { org, admin } = newOrg();
    const id = addDeal(org, admin, { Amount: 200 });
    org.data.update(admin, 'Opportunity', id, { StageName: stage });
    const fields = ['Probability', 'IsClosed', 'IsWon', 'ForecastCategoryName', 'ExpectedRevenue', 'FiscalQuarter'];
    expect(org.data.retrieve(admin, 'Opportunity', id, fields)).toMatchObject({
      Probability: probability,
      IsClosed: closed,
      IsWon: won,
      ForecastCategoryName: forecast,
      ExpectedRevenue: 2 * probability,
      FiscalQuarter: 4
    });
  });

  it('leave a probability given with the stage', () => {
    const { org, admin } = newOrg();
    const id = addDeal(org, admin, { StageName: 'Qualification', Probability: 42 });
    expect(org.data.retrieve(admin, 'Opportunity', id, ['Probability'])['Probability']).toBe(42);
  });
});

describe('products', () => {
  it('add up to the amount, need a price, and keep the price book', () => {
    const { org, admin } = newOrg();
    const book = String(org.data.query(admin, 'SELECT Id FROM Pricebook2 WHERE IsStandard = true').records[0]?.['Id']);
    const product = org.data.create(admin, 'Product2', { Name: 'Licence', ProductCode: 'L1', IsActive: true });
    const other = org.data.create(admin, 'Pricebook2', { Name: 'Partners', IsActive: true });
    const price = { Product2Id: product, UnitPrice: 100, IsActive: true };
    expect(codeOf(() => org.data.create(admin, 'PricebookEntry', { ...price, Pricebook2Id: other }))).toBe(
      'STANDARD_PRICE_NOT_DEFINED'
    );
    const entry = org.data.create(admin, 'PricebookEntry', { ...price, Pricebook2Id: book });
    const partnerEntry = org.data.create(admin, 'PricebookEntry', { ...price, Pricebook2Id: other });
    expect(codeOf(() => org.data.create(admin, 'PricebookEntry', { ...price, Pricebook2Id: book }))).toBe(
      'DUPLICATE_VALUE'
    );
    const deal = addDeal(org, admin, { Amount: 5 });
    const line = { OpportunityId: deal, PricebookEntryId: entry, Quantity: 3, UnitPrice: 90, Discount: 10 };
    const lineId = org.data.create(admin, 'OpportunityLineItem', line);
    expect(
      codeOf(() => org.data.create(admin, 'OpportunityLineItem', { ...line, PricebookEntryId: partnerEntry }))
    ).toBe('FIELD_INTEGRITY_EXCEPTION');
    org.data.update(admin, 'Opportunity', deal, { Amount: 1 });
    const after = org.data.retrieve(admin, 'Opportunity', deal, ['Amount', 'HasOpportunityLineItem', 'Pricebook2Id']);
    expect(after).toMatchObject({ Amount: 243, HasOpportunityLineItem: true, Pricebook2Id: book });
    expect(
      org.data.retrieve(admin, 'OpportunityLineItem', lineId, ['Name', 'ProductCode', 'Product2.Name'])
    ).toMatchObject({
      Name: 'Deal Licence',
      ProductCode: 'L1',
      Product2: { Name: 'Licence' }
    });
    org.data.delete(admin, 'OpportunityLineItem', lineId);
    expect(org.data.retrieve(admin, 'Opportunity', deal, ['HasOpportunityLineItem'])['HasOpportunityLineItem']).toBe(
      false
    );
  });
});

describe('deleting a parent', () => {
  const rules: readonly ['SetNull' | 'Restrict' | 'Cascade', string, string | null, number][] = [
    ['SetNull', 'none', null, 1],
    ['Restrict', 'DELETE_FAILED', 'parent', 2],
    ['Cascade', 'none', null, 0]
  ];
  it.each(rules)('with %s', (onDelete, code, reference, left) => {
    const { org, admin } = newOrg();
    deploy(org, { upsertFields: [{ object: 'Opportunity', field: lookup(onDelete) }] });
    const parent = addDeal(org, admin, { Name: 'parent' });
    addDeal(org, admin, { Name: 'child', Parent__c: parent });
    const remove = (): void => {
      org.data.delete(admin, 'Opportunity', parent);
    };
    expect(codeOf(remove)).toBe(code);
    const { records, totalSize } = org.data.query(admin, 'SELECT Name, Parent__r.Name FROM Opportunity ORDER BY Name');
    expect(totalSize).toBe(left);
    if (left > 0) expect((records[0]?.['Parent__r'] as { Name: string } | null)?.Name ?? null).toBe(reference);
  });

  it('takes opportunities and contacts of an account along', () => {
    const { org, admin } = newOrg();
    const account = org.data.create(admin, 'Account', { Name: 'Acme' });
    const contact = org.data.create(admin, 'Contact', { LastName: 'Lund', FirstName: 'Ida', AccountId: account });
    const deal = addDeal(org, admin, { AccountId: account, ContactId: contact });
    expect(
      org.data.query(admin, `SELECT Contact.Name FROM OpportunityContactRole WHERE OpportunityId = '${deal}'`).records
    ).toMatchObject([{ Contact: { Name: 'Ida Lund' } }]);
    org.data.delete(admin, 'Account', account);
    for (const object of ['Contact', 'Opportunity', 'OpportunityContactRole']) {
      expect([object, org.data.query(admin, `SELECT COUNT() FROM ${object}`).totalSize]).toEqual([object, 0]);
    }
  });
});

describe('time stamps', () => {
  it('have whole seconds, and say who saved', () => {
    const { org, admin } = newOrg();
    const seller = addUser(org, SELLER);
    const id = addDeal(org, admin);
    org.clock.move(1750);
    org.data.update(seller, 'Opportunity', id, { NextStep: 'call' });
    expect(
      org.data.retrieve(admin, 'Opportunity', id, ['CreatedDate', 'SystemModstamp', 'CreatedById', 'LastModifiedById'])
    ).toMatchObject({
      CreatedDate: '2026-03-02T10:00:00.000+0000',
      SystemModstamp: '2026-03-02T10:00:01.000+0000',
      CreatedById: admin.userId,
      LastModifiedById: seller.userId
    });
  });
});

describe('a restart', () => {
  it('finds schema, records, permissions, documents and tokens', () => {
    const file = join(folder, 'org.db');
    const first = openOrg({ file });
    const field = customField('Code__c', { externalId: true });
    deploy(first, { upsertFields: [{ object: 'Opportunity', field }] });
    addDeal(first, first.sessionFor(ADMIN), { Code__c: 'kept' });
    first.documents('test').set('key', Buffer.from([0, 255]));
    const token = first.auth.issueAccessToken(ADMIN);
    first.close();
    const second = openOrg({ file });
    const session = second.session(token);
    expect(second.data.query(session, `SELECT Code__c FROM Opportunity`).records).toMatchObject([{ Code__c: 'kept' }]);
    expect(second.documents('test').get('key')).toEqual(Buffer.from([0, 255]));
    expect(second.data.query(session, 'SELECT COUNT() FROM OpportunityStage').totalSize).toBe(10);
    addDeal(second, session, { Code__c: 'new' });
    expect(second.data.query(session, 'SELECT COUNT() FROM Opportunity').totalSize).toBe(2);
    second.close();
  });
});

describe('a deploy that fails half way', () => {
  it('leaves schema and tables as they were', () => {
    const { org, admin } = newOrg();
    const broken = { ...customField('Bad__c'), name: 'Name' };
    const change = (): void => {
      deploy(org, {
        upsertFields: [{ object: 'Opportunity', field: customField('Good__c') }],
        deleteFields: [{ object: 'Opportunity', field: 'Id' }],
        upsertComponents: [
          { type: 'X', fullName: 'X', files: { a: broken as unknown as Buffer }, lastModifiedDate: '' }
        ]
      });
    };
    expect(change).toThrow();
    expect(org.schema.field('Opportunity', 'Good__c')).toBeUndefined();
    expect(codeOf(() => org.data.query(admin, 'SELECT Good__c FROM Opportunity'))).toBe('INVALID_FIELD');
    expect(codeOf(() => addDeal(org, admin))).toBe('none');
  });

  it('and a field that is deleted takes its data along', () => {
    const { org, admin } = newOrg();
    const upsertFields = [{ object: 'Opportunity', field: customField('Gone__c', { externalId: true }) }];
    deploy(org, { upsertFields });
    const id = addDeal(org, admin, { Gone__c: 'x' });
    deploy(org, { deleteFields: [{ object: 'Opportunity', field: 'Gone__c' }] });
    deploy(org, { upsertFields });
    expect(org.data.retrieve(admin, 'Opportunity', id, ['Gone__c'])['Gone__c']).toBeNull();
  });
});
