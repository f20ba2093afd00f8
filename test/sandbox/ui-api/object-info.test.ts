import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DemoOrg } from './support/demo-org.js';

const master = '012000000000000AAA';
let demo: DemoOrg;
beforeAll(() => {
  demo = DemoOrg.open();
});
afterAll(() => demo.close());

describe('object info', () => {
  it('describes the object as this user sees it', async () => {
    const { body } = await demo.call('sam', 'GET', '/ui-api/object-info/Opportunity');
    expect(body).toMatchObject({
      apiName: 'Opportunity',
      defaultRecordTypeId: master,
      keyPrefix: '006',
      nameFields: ['Name'],
      createable: true,
      updateable: true
    });
    expect(body.fields.Name).toMatchObject({ dataType: 'String', required: true, updateable: true, nameField: true });
    expect(body.fields.AccountId).toMatchObject({
      dataType: 'Reference',
      relationshipName: 'Account',
      referenceToInfos: [{ apiName: 'Account', nameFields: ['Name'] }]
    });
    expect(body.fields.Shared__c).toMatchObject({ dataType: 'Boolean', updateable: true, required: false });
    expect(body.fields.Reference__c).toMatchObject({ updateable: false, createable: false });
    expect(body.fields).not.toHaveProperty('Secret__c');
    expect(body.childRelationships).toContainEqual(
      expect.objectContaining({
        childObjectApiName: 'OpportunityContactRole',
        relationshipName: 'OpportunityContactRoles'
      })
    );
  });

  it('says what a read-only user may not do', async () => {
    const { body } = await demo.call('rita', 'GET', '/ui-api/object-info/Opportunity');
    expect(body).toMatchObject({ createable: false, updateable: false, deletable: false });
    expect(body.fields.Name.updateable).toBe(false);
  });

  it('does not know an unknown object', async () => {
    expect((await demo.call('ada', 'GET', '/ui-api/object-info/Nope__c')).body).toMatchObject([
      { errorCode: 'INVALID_TYPE' }
    ]);
  });
});

describe('picklist values', () => {
  it('lists active values in order', async () => {
    const { body } = await demo.call(
      'sam',
      'GET',
      `/ui-api/object-info/Opportunity/picklist-values/${master}/StageName`
    );
    const attributes = {
      closed: false,
      defaultProbability: 10,
      forecastCategoryName: 'Pipeline',
      picklistAtributesValueType: 'OpportunityStage',
      won: false
    };
    expect(body.values[0]).toEqual({ attributes, label: 'Prospecting', validFor: [], value: 'Prospecting' });
    expect(body.values.at(-1).attributes).toMatchObject({ closed: true, won: false });
    expect(body.values.at(-1).value).toBe('Closed Lost');
  });

  it('gives all picklists of the record type', async () => {
    const { body } = await demo.call('sam', 'GET', `/ui-api/object-info/Opportunity/picklist-values/${master}`);
    expect(Object.keys(body.picklistFieldValues)).toEqual(expect.arrayContaining(['StageName', 'LeadSource']));
    expect(Object.keys(body.picklistFieldValues)).not.toContain('Name');
  });

  it.each([
    ['another record type', '012000000000001AAA/StageName'],
    ['a field that is no picklist', `${master}/Name`],
    ['an unknown field', `${master}/Nope__c`],
    ['another record type for all', '012000000000001AAA']
  ])('does not know %s', async (_case, path) => {
    const answer = await demo.call('sam', 'GET', `/ui-api/object-info/Opportunity/picklist-values/${path}`);
    expect(answer.status).toBe(404);
  });
});
