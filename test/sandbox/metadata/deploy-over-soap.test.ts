import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openOrg } from '../../../sandbox/src/salesforce/core/open-org.js';
import type { OrgHandle } from '../../../sandbox/src/salesforce/core/org-handle.js';
import { moduleRoutes } from '../../../sandbox/src/salesforce/module-routes.js';
import { addSeller, administrator, freshOrgs } from './support/org.js';
import { archive, opportunityFields, permissionSet, textField } from './support/samples.js';
import { deployCall, operation, soapCall, statusCall, untilDone } from './support/soap.js';

const fresh = freshOrgs();
const right = archive(opportunityFields(textField));
const wrong = archive(opportunityFields('<fullName>Code__c</fullName><label>Code</label><type>Text</type>'));

function open(): { org: ReturnType<typeof fresh>; admin: string } {
  const org = fresh();
  return { org, admin: org.auth.issueAccessToken(administrator) };
}

describe('deploy over SOAP', () => {
  it('walks from Pending over InProgress to Succeeded and reports each component', async () => {
    const { org, admin } = open();
    const started = await soapCall(org, admin, deployCall(right));
    const id = String(started.result['id']);
    expect(id).toMatch(/^0Af\w{15}$/);
    const { seen, last } = await untilDone(org, admin, id);
    expect(seen).toEqual(['Pending', 'InProgress', 'Succeeded']);
    expect(last.result).toMatchObject({
      success: 'true',
      checkOnly: 'false',
      numberComponentsDeployed: '1',
      numberComponentsTotal: '1',
      numberComponentErrors: '0',
      createdByName: 'Ada Admin'
    });
    const { componentSuccesses } = last.result['details'] as { componentSuccesses: unknown[] };
    expect(componentSuccesses).toEqual([
      expect.objectContaining({ componentType: '', fullName: 'package.xml', success: 'true' }),
      expect.objectContaining({
        componentType: 'CustomField',
        fullName: 'Opportunity.Code__c',
        fileName: 'objects/Opportunity.object',
        created: 'true',
        changed: 'true',
        deleted: 'false',
        success: 'true'
      })
    ]);
    expect(org.schema.field('Opportunity', 'Code__c')).toMatchObject({ type: 'string', length: 20 });
  });

  it('fails with the place of the problem and changes nothing', async () => {
    const { org, admin } = open();
    const { result } = await soapCall(org, admin, deployCall(wrong));
    const { last } = await untilDone(org, admin, String(result['id']));
    expect(last.result).toMatchObject({ status: 'Failed', success: 'false', numberComponentErrors: '1' });
    const { componentFailures } = last.result['details'] as { componentFailures: unknown };
    expect(componentFailures).toMatchObject({
      componentType: 'CustomField',
      fullName: 'Opportunity.Code__c',
      problem: "Must specify 'length' for a CustomField of type Text",
      problemType: 'Error',
      lineNumber: '3',
      columnNumber: '13',
      success: 'false'
    });
    expect(org.schema.field('Opportunity', 'Code__c')).toBeUndefined();
    expect(org.components.list('CustomField')).toEqual([]);
  });

  it('applies nothing with checkOnly', async () => {
    const { org, admin } = open();
    const options =
      '<checkOnly>true</checkOnly><singlePackage>true</singlePackage><testLevel>RunLocalTests</testLevel>';
    const { result } = await soapCall(org, admin, deployCall(right, options));
    const { last } = await untilDone(org, admin, String(result['id']));
    expect(last.result).toMatchObject({ status: 'Succeeded', checkOnly: 'true', runTestsEnabled: 'true' });
    expect(org.schema.field('Opportunity', 'Code__c')).toBeUndefined();
  });

  it('keeps what is right when rollbackOnError is off', async () => {
    const { org, admin } = open();
    const zip = archive({
      ...opportunityFields(textField),
      ...permissionSet('<userPermissions><enabled>true</enabled><name>FlyPlanes</name></userPermissions>')
    });
    const { result } = await soapCall(org, admin, deployCall(zip, '<singlePackage>true</singlePackage>'));
    const { last } = await untilDone(org, admin, String(result['id']));
    expect(last.result['status']).toBe('SucceededPartial');
    expect(org.schema.field('Opportunity', 'Code__c')).toBeDefined();
    expect(org.components.get('PermissionSet', 'Clerk')).toBeUndefined();
  });

  it('tells unchanged components from changed ones', async () => {
    const { org, admin } = open();
    const flags: unknown[] = [];
    for (const length of ['20', '20', '30']) {
      const zip = archive(opportunityFields(textField.replace('20', length)));
      const { result } = await soapCall(org, admin, deployCall(zip));
      const { last } = await untilDone(org, admin, String(result['id']));
      const { componentSuccesses } = last.result['details'] as { componentSuccesses: Record<string, string>[] };
      flags.push([componentSuccesses[1]?.['created'], componentSuccesses[1]?.['changed']]);
    }
    expect(flags).toEqual([
      ['true', 'true'],
      ['false', 'false'],
      ['false', 'true']
    ]);
  });

  it('cancels a deploy that waits', async () => {
    const { org, admin } = open();
    const { result } = await soapCall(org, admin, deployCall(right));
    const id = String(result['id']);
    expect((await soapCall(org, admin, operation('cancelDeploy', `<String>${id}</String>`))).result).toMatchObject({
      done: 'true',
      id
    });
    const { seen } = await untilDone(org, admin, id);
    expect(seen).toEqual(['Canceled']);
    expect(org.schema.field('Opportunity', 'Code__c')).toBeUndefined();
    const again = await soapCall(org, admin, operation('cancelDeploy', `<String>${id}</String>`));
    expect(again.fault?.code).toBe('sf:INVALID_ID_FIELD');
  });

  it('starts by itself when nobody asks', async () => {
    const { org, admin } = open();
    await soapCall(org, admin, deployCall(right));
    await expect.poll(() => org.schema.field('Opportunity', 'Code__c'), { timeout: 5000 }).toBeDefined();
  });

  it('finishes after a restart', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'metadata-'));
    const open = (): OrgHandle => openOrg({ file: join(folder, 'org.db'), routes: moduleRoutes });
    const before = open();
    const { result } = await soapCall(before, before.auth.issueAccessToken(administrator), deployCall(right));
    before.close();
    const after = open();
    const { last } = await untilDone(after, after.auth.issueAccessToken(administrator), String(result['id']));
    expect(last.result['status']).toBe('Succeeded');
    expect(after.schema.field('Opportunity', 'Code__c')).toBeDefined();
    after.close();
    await rm(folder, { recursive: true });
  });

  it('runs one deploy after the other', async () => {
    const { org, admin } = open();
    const names = ['One__c', 'Two__c', 'Three__c'];
    const started = await Promise.all(
      names.map((name) =>
        soapCall(org, admin, deployCall(archive(opportunityFields(textField.replace('Code__c', name)))))
      )
    );
    const ends = await Promise.all(started.map(({ result }) => untilDone(org, admin, String(result['id']))));
    expect(ends.map(({ last }) => last.result['status'])).toEqual(['Succeeded', 'Succeeded', 'Succeeded']);
    expect(names.map((name) => org.schema.field('Opportunity', name)?.name)).toEqual(names);
  });

  it('fails as a whole when the archive is none', async () => {
    const { org, admin } = open();
    const { result } = await soapCall(org, admin, deployCall(Buffer.from('not a zip')));
    const { last } = await untilDone(org, admin, String(result['id']));
    expect(last.result['status']).toBe('Failed');
    expect(last.result['errorMessage']).toMatch(/not a valid zip archive/);
  });
});

describe('faults over SOAP', () => {
  const cases = [
    {
      what: 'a session that does not exist',
      session: 'nobody',
      body: statusCall('0Af000000000001AAA'),
      code: 'sf:INVALID_SESSION_ID'
    },
    {
      what: 'a user who is no administrator',
      session: 'seller',
      body: deployCall(right),
      code: 'sf:INSUFFICIENT_ACCESS'
    },
    {
      what: 'an unknown deploy',
      session: 'admin',
      body: statusCall('0Af000000000001AAA'),
      code: 'sf:INVALID_CROSS_REFERENCE_KEY'
    },
    {
      what: 'an unknown operation',
      session: 'admin',
      body: operation('deployFaster', ''),
      code: 'sf:UNKNOWN_EXCEPTION'
    },
    {
      what: 'an unknown test level',
      session: 'admin',
      body: deployCall(right, '<testLevel>Some</testLevel>'),
      code: 'sf:INVALID_TYPE'
    },
    { what: 'a body that is no XML', session: 'admin', body: '<deploy>', code: 'soapenv:Client' }
  ];

  it.each(cases)('answer $what with HTTP 500', async ({ session, body, code }) => {
    const { org, admin } = open();
    const tokens: Record<string, string> = { admin, seller: org.auth.issueAccessToken(addSeller(org)) };
    const answer = await soapCall(org, tokens[session] ?? session, body);
    expect(answer.status).toBe(500);
    expect(answer.fault?.code).toBe(code);
  });
});
