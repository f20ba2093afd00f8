import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DemoOrg } from './support/demo-org.js';

const master = '012000000000000AAA';
let demo: DemoOrg;
let id = '';
beforeAll(() => {
  demo = DemoOrg.open();
  const limited = { values: ['Web', 'Other', 'Gone'], defaultValue: 'Other' };
  const recordType = { object: 'Opportunity', developerName: 'Co_Sell', label: 'Co-Sell', active: true };
  demo.org.applyMetadata({
    upsertObjects: [],
    deleteObjects: [],
    upsertFields: [],
    deleteFields: [],
    upsertRecordTypes: [{ ...recordType, picklists: { LeadSource: limited } }],
    upsertPermissionSets: [],
    deletePermissionSets: [],
    upsertComponents: [],
    deleteComponents: []
  });
  id = demo.org.recordTypes.idOf('Opportunity', 'Co_Sell') ?? '';
});
afterAll(() => demo.close());

const picklists = '/ui-api/object-info/Opportunity/picklist-values';

describe('record types in the UI API', () => {
  it.each([
    ['ada', true],
    ['sam', false]
  ] as const)('stand in object info, available or not: %s', async (user, available) => {
    const { body } = await demo.call(user, 'GET', '/ui-api/object-info/Opportunity');
    expect(body.defaultRecordTypeId).toBe(master);
    expect(body.recordTypeInfos).toEqual({
      [id]: { available, defaultRecordTypeMapping: false, master: false, name: 'Co-Sell', recordTypeId: id },
      [master]: { available: true, defaultRecordTypeMapping: true, master: true, name: 'Master', recordTypeId: master }
    });
  });

  it('limit the values of the picklists they name, in the order of the field', async () => {
    const { body } = await demo.call('sam', 'GET', `${picklists}/${id.slice(0, 15)}/LeadSource`);
    expect(body.values.map(({ value }: { value: string }) => value)).toEqual(['Web', 'Other']);
    expect(body.defaultValue).toMatchObject({ value: 'Other' });
    const all = await demo.call('sam', 'GET', `${picklists}/${master}/LeadSource`);
    expect(all.body.values).toHaveLength(5);
  });

  it('leave other picklists as they are', async () => {
    const limited = await demo.call('sam', 'GET', `${picklists}/${id}`);
    const all = await demo.call('sam', 'GET', `${picklists}/${master}`);
    const fields = limited.body.picklistFieldValues;
    expect(Object.keys(fields)).toEqual(Object.keys(all.body.picklistFieldValues));
    expect(fields.StageName.values).toEqual(all.body.picklistFieldValues.StageName.values);
    expect(fields.LeadSource.values).toHaveLength(2);
  });

  it('are not found on another object', async () => {
    for (const path of [id, `${id}/Industry`]) {
      const answer = await demo.call('ada', 'GET', `/ui-api/object-info/Account/picklist-values/${path}`);
      expect(answer.status).toBe(404);
    }
  });

  it('stand in a record that has one', async () => {
    const of = (record: string | undefined): string => `/ui-api/records/${record ?? ''}?fields=Opportunity.Name`;
    const plain = await demo.call('sam', 'GET', of(demo.ids['alpha']));
    expect(plain.body).toMatchObject({ recordTypeId: null, recordTypeInfo: null });
    await demo.call('ada', 'PATCH', `/ui-api/records/${demo.ids['beta'] ?? ''}`, { fields: { RecordTypeId: id } });
    const typed = await demo.call('ada', 'GET', of(demo.ids['beta']));
    expect(typed.body).toMatchObject({ recordTypeId: id, recordTypeInfo: { name: 'Co-Sell', available: true } });
    expect(Object.keys(typed.body.fields)).toEqual(['Name']);
  });
});
