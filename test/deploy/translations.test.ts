import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setLanguages } from '../../sandbox/src/salesforce/core/translation-workbench.js';
import type { RunningSalesforce } from '../../sandbox/src/salesforce/server.js';
import { admin, connect, deployTo, ownHome, startOrg } from '../support/salesforce-org.js';

ownHome();

describe('the Dutch translations', () => {
  let salesforce: RunningSalesforce;
  beforeAll(async () => {
    salesforce = await startOrg();
  });
  afterAll(() => salesforce.close());

  it('stay out of a deploy that does not ask for them, so that it needs no Translation Workbench', async () => {
    const { components, failures } = await deployTo(await connect(salesforce), { checkOnly: true });
    expect(failures).toEqual([]);
    expect(components.filter(({ type }) => type.includes('Translation'))).toEqual([]);
  });

  it('are refused, with everything else, by an org without Translation Workbench', async () => {
    const { status, failures } = await deployTo(await connect(salesforce), { translations: true });
    expect(status).toBe('Failed');
    expect(new Set(failures.map(({ type }) => type))).toEqual(new Set(['CustomObjectTranslation', 'Translations']));
    expect(new Set(failures.map(({ problem }) => problem))).toEqual(
      new Set(['Not available for deploy for this organization'])
    );
    expect(salesforce.org.schema.object('Cosell_Audit__c')).toBeUndefined();
  });

  it('go into an org that has Dutch, and a second time as well', async () => {
    setLanguages(salesforce.org, ['nl_NL']);
    const connection = await connect(salesforce);
    const first = await deployTo(connection, { translations: true });
    expect(first.failures).toEqual([]);
    expect(first.components).toContainEqual({ type: 'Translations', fullName: 'nl_NL', state: 'Created' });
    expect(first.components).toContainEqual({
      type: 'CustomObjectTranslation',
      fullName: 'Opportunity-nl_NL',
      state: 'Created'
    });
    const second = await deployTo(connection, { translations: true });
    expect(second.failures).toEqual([]);
  });

  it('show fields, picklists and objects in the words of a user whose language is Dutch', async () => {
    const { org } = salesforce;
    const as = org.sessionFor(admin);
    const read = async (path: string): Promise<unknown> => {
      const headers = { authorization: `Bearer ${org.auth.issueAccessToken(admin)}` };
      return (await fetch(`${salesforce.url}/services/data/v66.0/ui-api${path}`, { headers })).json();
    };
    const info = '/object-info/Opportunity';
    const values = `${info}/picklist-values/012000000000000AAA/How_can_Microsoft_help__c`;
    const toggle = (label: string): object => ({ fields: { Sync_with_Partner_Center__c: { label } } });
    org.data.update(as, 'User', as.userId, { LanguageLocaleKey: 'nl_NL' });
    expect(await read(info)).toMatchObject(toggle('Synchroniseren met Partner Center'));
    expect(JSON.stringify(await read(values))).toContain('"label":"Proof of concept of demo"');
    expect(await read('/object-info/Microsoft_Solution__c')).toMatchObject({ labelPlural: 'Microsoft-oplossingen' });
    org.data.update(as, 'User', as.userId, { LanguageLocaleKey: 'en_US' });
    expect(await read(info)).toMatchObject(toggle('Sync with Partner Center'));
    expect(JSON.stringify(await read(values))).toContain('"label":"Proof Of Concept or Demo"');
  });
});
