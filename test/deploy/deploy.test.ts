import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningSalesforce } from '../../sandbox/src/salesforce/server.js';
import type { CosellDeployResult, DeployStage, JobProgress } from '../../plugin/src/deploy/index.js';
import { admin, connect, deployTo, orgOf, startOrg } from '../support/salesforce-org.js';

const schema = JSON.parse(
  readFileSync(new URL('../../plugin/schemas/cosell-deploy.json', import.meta.url), 'utf8')
) as object;
const validate = new Ajv().compile(schema);

function expectSchema(result: CosellDeployResult): void {
  validate(JSON.parse(JSON.stringify(result)));
  expect(validate.errors ?? []).toEqual([]);
}

describe('deploying the package to an empty org', () => {
  let salesforce: RunningSalesforce;
  beforeAll(async () => {
    salesforce = await startOrg();
  });
  afterAll(() => salesforce.close());

  it('validates without changing anything', async () => {
    const result = await deployTo(await connect(salesforce), { checkOnly: true, permissionSets: ['Cosell_Seller'] });
    expect(result.failures).toEqual([]);
    expect(result).toMatchObject({ status: 'Succeeded', checkOnly: true, permissionSets: [] });
    expect(salesforce.org.schema.object('Cosell_Audit__c')).toBeUndefined();
    expectSchema(result);
  });

  it('deploys every component, tells the stages and assigns permission sets', async () => {
    const stages: DeployStage[] = [];
    const progress: JobProgress[] = [];
    const result = await deployTo(await connect(salesforce), {
      permissionSets: ['Cosell_Integration_Administrator'],
      onStage: (stage) => stages.push(stage),
      onProgress: (one) => progress.push(one)
    });
    expect(result.failures).toEqual([]);
    expect(result).toMatchObject({
      status: 'Succeeded',
      username: admin,
      permissionSets: [{ name: 'Cosell_Integration_Administrator', outcome: 'assigned' }]
    });
    expect(result.components.length).toBeGreaterThan(30);
    expect(result.components).toContainEqual({
      type: 'CustomField',
      fullName: 'Opportunity.Referral_Identifier__c',
      state: 'Created'
    });
    expect(stages).toEqual(['prepare', 'deploy', 'assign', 'done']);
    expect(progress.at(-1)?.done).toBe(progress.at(-1)?.total);
    expectSchema(result);
  });

  it('may be run again, from any folder', async () => {
    const folder = process.cwd();
    process.chdir('/');
    try {
      const result = await deployTo(await connect(salesforce), {
        permissionSets: ['cosell_integration_administrator']
      });
      expect(result.status).toBe('Succeeded');
      expect(result.components.filter(({ state }) => state === 'Created')).toEqual([]);
      expect(result.permissionSets).toEqual([{ name: 'cosell_integration_administrator', outcome: 'alreadyAssigned' }]);
    } finally {
      process.chdir(folder);
    }
  });

  it('refuses a permission set that is not there', async () => {
    await expect(deployTo(await connect(salesforce), { permissionSets: ['Nope'] })).rejects.toMatchObject({
      code: 'PERMISSION_SET_UNKNOWN'
    });
  });

  it('selects change events when asked', async () => {
    const result = await deployTo(await connect(salesforce), { changeEvents: true });
    expect(result.failures).toEqual([]);
    expect(result.changeEvents?.entities).toContain('OpportunityChangeEvent');
    expect(result.changeEvents).toMatchObject({ selected: result.changeEvents?.entities.length, limit: 5 });
    expectSchema(result);
  });

  it('reports a job that is still running when the time is up', async () => {
    const result = await deployTo(await connect(salesforce), { waitMs: 0 });
    expect(result).toMatchObject({ status: 'InProgress', id: expect.stringMatching(/^0Af/), components: [] });
    expectSchema(result);
  });
});

describe('an org that is not there', () => {
  it('is said in under two seconds', async () => {
    const connection = { instanceUrl: 'http://127.0.0.1:9' };
    const started = performance.now();
    await expect(deployTo(connection as never, { org: orgOf(connection as never) })).rejects.toMatchObject({
      code: 'ORG_UNREACHABLE',
      message: expect.stringContaining('127.0.0.1:9')
    });
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
