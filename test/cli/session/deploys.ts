import { expect, it } from 'vitest';
import { seller, type Session } from './session.js';

interface Deployed {
  status: string;
  success: boolean;
  checkOnly: boolean;
  numberComponentErrors: number;
  files: DeployedFile[];
}

interface DeployedFile {
  fullName: string;
  type: string;
  state: 'Created' | 'Changed' | 'Unchanged' | 'Failed';
  error?: string;
  lineNumber?: number;
  columnNumber?: number;
}

const overRest = { SF_ORG_METADATA_REST_DEPLOY: 'true' };
const source = ['--source-dir', 'force-app'];
const validate = ['project', 'deploy', 'validate', '--test-level', 'RunLocalTests'];

const statesOf = (files: readonly DeployedFile[]): string[] => [...new Set(files.map(({ state }) => state))];

const field = (name: string, rest: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<CustomField xmlns="http://soap.sforce.com/2006/04/metadata">\n` +
  `    <fullName>${name}</fullName>\n    <label>${name}</label>\n${rest}</CustomField>\n`;

export const deploys = (session: () => Session): void => {
  it('validates over SOAP and over REST without touching the org', async () => {
    const { sf } = session();
    const validations = await Promise.all([
      sf.ok<Deployed>([...validate, ...source]),
      sf.ok<Deployed>([...validate, ...source], overRest)
    ]);
    for (const validation of validations) {
      expect(validation).toMatchObject({ status: 'Succeeded', checkOnly: true, numberComponentErrors: 0 });
      expect(validation.files.length).toBeGreaterThan(100);
    }
    expect(await sf.ok<string[]>(['sobject', 'list', '--sobject', 'custom'])).toEqual([]);
  });

  it('deploys this project over SOAP, and over REST finds nothing to change', async () => {
    const { sf } = session();
    const first = await sf.ok<Deployed>(['project', 'deploy', 'start', ...source]);
    expect(first).toMatchObject({ status: 'Succeeded', success: true, checkOnly: false });
    expect(first.files).toContainEqual(
      expect.objectContaining({ fullName: 'Opportunity.Referral_Identifier__c', type: 'CustomField', state: 'Created' })
    );
    const again = await sf.ok<Deployed>(['project', 'deploy', 'start', ...source], overRest);
    expect(again.files).toHaveLength(first.files.length);
    expect(statesOf(again.files)).toEqual(['Unchanged']);
  });

  it('prints component, line and column of what is wrong, and deploys none of it', async () => {
    const { sf, write } = session();
    const folder = 'wrong/main/default/objects/Opportunity/fields';
    write(`${folder}/Good__c.field-meta.xml`, field('Good__c', '    <type>Text</type>\n    <length>20</length>\n'));
    write(`${folder}/Endless__c.field-meta.xml`, field('Endless__c', '    <type>Text</type>\n'));
    write('wrong/main/default/permissionsets/Loose.permissionset-meta.xml', loosePermissionSet);
    const deploy = ['project', 'deploy', 'start', '--source-dir', 'wrong'];
    write('sfdx-project.json', projectWith('force-app/main', 'force-app/cdc', 'wrong'));
    const [soap, rest] = await Promise.all([sf.print(deploy), sf.json<Deployed>(deploy, overRest)]);
    expect(soap.code).toBe(1);
    const printed = soap.stdout + soap.stderr;
    expect(printed).toMatch(/CustomField\s+Opportunity\.Endless__c\s+.*length.*\d+:\d+/i);
    expect(printed).toMatch(/PermissionSet\s+Loose\s+Error parsing file: .*labell.*4:\d+/);
    expect(rest.status).toBe(1);
    const failed = rest.result.files.filter(({ state }) => state === 'Failed');
    expect(failed.map(({ fullName }) => fullName).sort()).toEqual(['Loose', 'Opportunity.Endless__c']);
    for (const failure of failed) expect(failure).toMatchObject({ lineNumber: expect.any(Number) });
    const query = await sf.json(['data', 'query', '--query', 'SELECT Good__c FROM Opportunity']);
    expect(query.name).toBe('INVALID_FIELD');
  });

  it('assigns a permission set, once', async () => {
    const { sf } = session();
    const assign = ['org', 'assign', 'permset', '--name', 'Cosell_Seller', '--on-behalf-of', seller];
    const first = await sf.ok<{ successes: { name: string; value: string }[] }>(assign);
    expect(first.successes).toEqual([{ name: seller, value: 'Cosell_Seller' }]);
    const again = await sf.json(assign);
    expect(JSON.stringify(again)).toContain('Duplicate PermissionSetAssignment');
  });
};

export const quickDeploys = (session: () => Session): void => {
  it('deploys a validation quickly, once', async () => {
    const { sf } = session();
    const { id } = await sf.ok<{ id: string }>([...validate, '--source-dir', 'force-app/main/default/permissionsets']);
    const quick = ['project', 'deploy', 'quick', '--job-id', id];
    expect(await sf.ok<Deployed>(quick)).toMatchObject({ status: 'Succeeded', checkOnly: false });
    const again = await sf.json(quick);
    expect(again).toMatchObject({ status: 1 });
    expect(again.message).toContain("can't be used for quick deployment");
  });
};

const loosePermissionSet = `<?xml version="1.0" encoding="UTF-8"?>
<PermissionSet xmlns="http://soap.sforce.com/2006/04/metadata">
    <label>Loose</label>
    <labell>Loose</labell>
</PermissionSet>
`;

const projectWith = (...paths: string[]): string =>
  JSON.stringify({
    packageDirectories: paths.map((path, index) => ({ path, default: index === 0 })),
    sfdcLoginUrl: 'https://login.salesforce.com',
    sourceApiVersion: '66.0'
  });
