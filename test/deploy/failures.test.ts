import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkEntityLimit } from '../../plugin/src/deploy/change-events.js';
import { assignPermissionSets } from '../../plugin/src/deploy/permission-sets.js';
import type { Records } from '../../plugin/src/deploy/permission-sets.js';
import { checkReachable } from '../../plugin/src/deploy/reachable.js';
import { exitCodes } from '../../plugin/src/deploy/result.js';
import type { RunningSalesforce } from '../../sandbox/src/salesforce/server.js';
import { connect, deployTo, startOrg } from '../support/salesforce-org.js';

const field = (type: string): string => `<?xml version="1.0" encoding="UTF-8"?>
<CustomField xmlns="http://soap.sforce.com/2006/04/metadata">
    <fullName>Broken__c</fullName>
    <label>Broken</label>
    <type>${type}</type>
</CustomField>
`;

describe('a package with a broken component', () => {
  let salesforce: RunningSalesforce;
  const root = mkdtempSync(join(tmpdir(), 'cosell-broken-'));
  const folder = join('force-app', 'main', 'default', 'objects', 'Opportunity', 'fields');

  beforeAll(async () => {
    mkdirSync(join(root, folder), { recursive: true });
    salesforce = await startOrg();
  });
  afterAll(async () => {
    await salesforce.close();
    rmSync(root, { recursive: true });
  });

  it.each([
    {
      name: 'that the org blames on our file',
      type: 'Currency',
      failure: {
        type: 'CustomField',
        fullName: 'Opportunity.Broken__c',
        problem: expect.stringMatching(/precision.*Currency$/),
        filePath: join(folder, 'Broken__c.field-meta.xml')
      }
    },
    {
      name: 'that the org blames on the object it put together',
      type: 'Nonsense',
      failure: { problem: expect.stringContaining('Nonsense'), filePath: expect.stringContaining('Opportunity.object') }
    }
  ])('fails with component, problem and place, once, and assigns nothing: $name', async ({ type, failure }) => {
    writeFileSync(join(root, folder, 'Broken__c.field-meta.xml'), field(type));
    const result = await deployTo(await connect(salesforce), { root, permissionSets: ['Cosell_Seller'] });
    expect(result).toMatchObject({ status: 'Failed', components: [], permissionSets: [] });
    expect(result.failures[0]).toMatchObject({ ...failure, line: expect.any(Number), column: expect.any(Number) });
    const texts = result.failures.map(({ problem }) => problem);
    expect(new Set(texts).size).toBe(texts.length);
    expect(exitCodes[result.status]).toBe(1);
  });

  it('is refused when a metadata folder is missing', async () => {
    await expect(deployTo(await connect(salesforce), { root, changeEvents: true })).rejects.toMatchObject({
      code: 'METADATA_MISSING'
    });
  });
});

describe('the limit of change event entities', () => {
  const ours = ['OpportunityChangeEvent', 'Opportunity_Microsoft_Solution__ChangeEvent'];
  const others = (count: number): string[] => Array.from({ length: count }, (_, n) => `Other${n}__ChangeEvent`);
  const query = (entities: readonly string[]) => () =>
    Promise.resolve({ records: entities.map((SelectedEntity) => ({ SelectedEntity })) });

  it.each([
    { name: 'an empty org', present: [], selected: 2 },
    { name: 'three others', present: others(3), selected: 5 },
    { name: 'ours already there', present: [...others(3), ...ours], selected: 5 },
    { name: 'ours there in an org with an add-on', present: [...others(8), ...ours], selected: 10 },
    { name: 'one entity on two channels', present: [...others(3), ...others(3)], selected: 5 }
  ])('leaves room in $name', async ({ present, selected }) => {
    expect(await checkEntityLimit(query(present), ours)).toEqual({ entities: ours, selected, limit: 5 });
  });

  it.each([
    { name: 'four others', present: others(4), needs: '2 more' },
    { name: 'one of ours and four others', present: [...others(4), 'OpportunityChangeEvent'], needs: '1 more' }
  ])('is said before the deploy: $name', async ({ present, needs }) => {
    await expect(checkEntityLimit(query(present), ours)).rejects.toMatchObject({
      code: 'CHANGE_EVENT_LIMIT',
      message: expect.stringContaining(needs),
      nextSteps: expect.arrayContaining([expect.stringContaining('sf cosell deploy')])
    });
  });
});

describe('permission sets', () => {
  function org(held: string[]): { records: Records; created: Record<string, string>[] } {
    const created: Record<string, string>[] = [];
    const records: Records = {
      query: (soql) =>
        Promise.resolve(
          soql.includes('FROM User')
            ? [{ Id: '005A' }]
            : soql.includes('FROM PermissionSetAssignment')
              ? held.map((PermissionSetId) => ({ Id: '0Pa', PermissionSetId }))
              : [
                  { Id: 'id-A', Name: 'A' },
                  { Id: 'id-B', Name: 'B' }
                ]
        ),
      create: (_object, values) => {
        created.push(values);
        return Promise.resolve();
      }
    };
    return { records, created };
  }

  it('are assigned where the user lacks them', async () => {
    const { records, created } = org(['id-A']);
    expect(await assignPermissionSets(records, 'ada', ['A', 'B'])).toEqual([
      { name: 'A', outcome: 'alreadyAssigned' },
      { name: 'B', outcome: 'assigned' }
    ]);
    expect(created).toEqual([{ AssigneeId: '005A', PermissionSetId: 'id-B' }]);
  });

  it('are all looked up before the first is assigned', async () => {
    const { records, created } = org([]);
    await expect(assignPermissionSets(records, 'ada', ['A', 'C'])).rejects.toMatchObject({
      code: 'PERMISSION_SET_UNKNOWN'
    });
    expect(created).toEqual([]);
  });
});

describe('knocking at the org', () => {
  const refuse = (): Promise<void> => Promise.reject(new Error('refused'));
  it.each([
    { url: 'https://my.salesforce.com', host: 'my.salesforce.com', port: 443 },
    { url: 'http://127.0.0.1:7410/', host: '127.0.0.1', port: 7410 },
    { url: 'http://host.example', host: 'host.example', port: 80 }
  ])('uses host and port of $url', async ({ url, host, port }) => {
    const knocked: unknown[] = [];
    await checkReachable(url, {}, (...door) => {
      knocked.push(door);
      return Promise.resolve();
    });
    expect(knocked).toEqual([[host, port]]);
  });

  it('is left out behind a proxy', async () => {
    await checkReachable('https://my.salesforce.com', { HTTPS_PROXY: 'http://proxy.example' }, refuse);
    await expect(checkReachable('https://my.salesforce.com', {}, refuse)).rejects.toMatchObject({
      code: 'ORG_UNREACHABLE'
    });
  });
});
