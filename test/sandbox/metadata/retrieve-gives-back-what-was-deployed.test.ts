import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { deploy } from './support/deploy.js';
import { administrator, freshOrgs } from './support/org.js';
import { bundle, customObject, file, opportunityFields, permissionSet, textField } from './support/samples.js';
import { operation, soapCall } from './support/soap.js';

const fresh = freshOrgs();
const label = (name: string): string =>
  `    <labels>\n        <fullName>${name}</fullName>\n        <language>en_US</language>\n        <protected>false</protected>\n        <shortDescription>${name}</shortDescription>\n        <value>It&apos;s ${name}</value>\n    </labels>`;
const listView =
  '<listViews><fullName>All</fullName><columns>NAME</columns><filterScope>Everything</filterScope><label>All</label></listViews>';

const files: Record<string, string> = {
  ...opportunityFields(textField, textField.replace('Code__c', 'Other__c')),
  ...customObject('Crate__c', { more: `\n    <fields>${textField}</fields>\n    ${listView}` }),
  ...permissionSet('\n\n    <!-- no rights yet -->'),
  ...bundle('sample', { css: '.a {\n  color: red;\n}\n' }),
  'labels/CustomLabels.labels': file('CustomLabels', `${label('First')}\n${label('Second')}`),
  'staticresources/Logo.resource-meta.xml': file(
    'StaticResource',
    '<cacheControl>Public</cacheControl><contentType>text/plain</contentType>'
  ),
  'staticresources/Logo.resource': 'any\u0000bytes\u00ff'
};

async function retrieve(
  org: ReturnType<typeof fresh>,
  types: Record<string, readonly string[]>,
  more = ''
): Promise<{ entries: Record<string, string>; result: Record<string, unknown> }> {
  const session = org.auth.issueAccessToken(administrator);
  const asked = Object.entries(types)
    .map(
      ([name, members]) =>
        `<types>${members.map((member) => `<members>${member}</members>`).join('')}<name>${name}</name></types>`
    )
    .join('');
  const body = `<request><apiVersion>66.0</apiVersion>${more}<unpackaged>${asked}<version>66.0</version></unpackaged></request>`;
  const { result } = await soapCall(org, session, operation('retrieve', body));
  const statuses: unknown[] = [];
  for (;;) {
    const answer = await soapCall(
      org,
      session,
      operation('checkRetrieveStatus', `<asyncProcessId>${String(result['id'])}</asyncProcessId>`)
    );
    statuses.push(answer.result['status']);
    if (answer.result['done'] !== 'true') continue;
    expect(statuses).toEqual(['Pending', 'InProgress', 'Succeeded']);
    const zip = unzipSync(Buffer.from(String(answer.result['zipFile']), 'base64'));
    const entries = Object.fromEntries(
      Object.entries(zip).map(([path, content]) => [path, Buffer.from(content).toString('utf8')])
    );
    return { entries, result: answer.result };
  }
}

const everything = {
  CustomField: ['Opportunity.Code__c', 'Opportunity.Other__c'],
  CustomLabels: ['*'],
  CustomObject: ['Crate__c'],
  LightningComponentBundle: ['*'],
  PermissionSet: ['Clerk'],
  StaticResource: ['*']
};

describe('retrieve', () => {
  it('gives every file back byte by byte under unpackaged/', async () => {
    const org = fresh();
    await deploy(org, files);
    const { entries } = await retrieve(org, everything);
    const { 'unpackaged/package.xml': manifest, ...rest } = entries;
    expect(rest).toEqual(
      Object.fromEntries(Object.entries(files).map(([path, content]) => [`unpackaged/${path}`, content]))
    );
    expect(manifest).toContain('<members>Crate__c.Code__c</members>');
  });

  it('gives back only what is asked for', async () => {
    const org = fresh();
    await deploy(org, files);
    const { entries } = await retrieve(
      org,
      { CustomField: ['Opportunity.Other__c'], CustomLabel: ['Second'] },
      '<singlePackage>true</singlePackage>'
    );
    expect(Object.keys(entries).sort()).toEqual([
      'labels/CustomLabels.labels',
      'objects/Opportunity.object',
      'package.xml'
    ]);
    expect(entries['objects/Opportunity.object']).toContain('Other__c');
    expect(entries['objects/Opportunity.object']).not.toContain('Code__c');
    expect(entries['labels/CustomLabels.labels']).not.toContain('First');
  });

  it('tells what it did not find', async () => {
    const { result } = await retrieve(fresh(), { CustomField: ['Opportunity.Gone__c'], Unicorn: ['*', 'One'] });
    expect(result['messages']).toEqual([
      {
        fileName: 'unpackaged/package.xml',
        problem: "Entity of type 'CustomField' named 'Opportunity.Gone__c' cannot be found"
      },
      { fileName: 'unpackaged/package.xml', problem: "Entity type: 'Unicorn' is unknown" }
    ]);
  });

  it('describes each file', async () => {
    const org = fresh();
    await deploy(org, permissionSet(''));
    const { result } = await retrieve(org, { PermissionSet: ['*'] });
    expect(result['fileProperties']).toMatchObject({
      type: 'PermissionSet',
      fullName: 'Clerk',
      fileName: 'unpackaged/permissionsets/Clerk.permissionset'
    });
  });
});
