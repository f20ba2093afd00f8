import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { AuthInfo, Connection } from '@salesforce/core';
import { ComponentSet } from '@salesforce/source-deploy-retrieve';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSalesforce, type RunningSalesforce } from '../../../sandbox/src/salesforce/server.js';
import { administrator } from './support/org.js';

const source = join(import.meta.dirname, '../../../force-app');

let server: RunningSalesforce;
let connection: Connection;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'metadata-'));
  server = await startSalesforce({ port: 0 });
  const token = server.org.auth.issueAccessToken(administrator);
  const authInfo = await AuthInfo.create({
    username: token,
    accessTokenOptions: { accessToken: token, instanceUrl: server.url }
  });
  connection = await Connection.create({ authInfo, connectionOptions: { version: '66.0' } });
});

afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

async function deploy(
  path: string,
  rest: boolean
): Promise<{ status: string; failures: string[]; states: string[]; seen: string[] }> {
  const operation = await ComponentSet.fromSource(path).deploy({
    usernameOrConnection: connection,
    apiOptions: { rest }
  });
  const seen: string[] = [];
  operation.onUpdate(({ status }) => seen.push(status));
  const result = await operation.pollStatus(20, 30);
  const failures = [result.response.details.componentFailures ?? []]
    .flat()
    .map(({ fullName, problem }) => `${fullName}: ${problem ?? ''}`);
  return {
    status: result.response.status,
    failures,
    states: result.getFileResponses().map(({ state }) => state),
    seen
  };
}

describe('the real deploy library', () => {
  it('deploys the package of this repository over SOAP', async () => {
    const { failures, status, states, seen } = await deploy(join(source, 'main'), false);
    expect(failures).toEqual([]);
    expect(status).toBe('Succeeded');
    expect(new Set(states)).toEqual(new Set(['Created']));
    expect(seen).toEqual(expect.arrayContaining(['Pending', 'InProgress']));
    expect(server.org.schema.object('Microsoft_Solution__c')?.keyPrefix).toMatch(/^a0\w$/);
    expect(server.org.schema.field('Opportunity', 'Referral_Identifier__c')).toMatchObject({
      unique: true,
      externalId: true
    });
  });

  it('deploys it again over REST and finds nothing changed', async () => {
    const { failures, status, states } = await deploy(join(source, 'main'), true);
    expect(failures).toEqual([]);
    expect(status).toBe('Succeeded');
    expect(new Set(states)).toEqual(new Set(['Unchanged']));
  });

  it('deploys the entities for change events as a package of their own', async () => {
    const { failures, status } = await deploy(join(source, 'cdc'), true);
    expect(failures).toEqual([]);
    expect(status).toBe('Succeeded');
  });

  it('retrieves what was deployed', async () => {
    const project = { packageDirectories: [{ path: 'package', default: true }], sourceApiVersion: '66.0' };
    await mkdir(join(folder, 'package'));
    await writeFile(join(folder, 'sfdx-project.json'), JSON.stringify(project));
    const components = ComponentSet.fromSource(join(source, 'main'));
    const operation = await components.retrieve({ usernameOrConnection: connection, output: join(folder, 'package') });
    const result = await operation.pollStatus(20, 30);
    expect(result.response.success).toBe(true);
    expect([result.response.messages ?? []].flat()).toEqual([]);
    const deployed = await sourceFiles(join(source, 'main/default'));
    const [written = ''] = await readdir(join(folder, 'package'));
    const retrieved = await sourceFiles(join(folder, 'package', written, 'main/default'));
    expect([...retrieved.keys()].sort()).toEqual([...deployed.keys()].sort());
    const different = [...deployed]
      .filter(([name, content]) => !sameContent(name, retrieved.get(name), content))
      .map(([name]) => name);
    expect(different).toEqual([]);
  });

  it('reports a mistake at its file', async () => {
    const copy = join(folder, 'broken');
    await cp(join(source, 'main'), copy, { recursive: true });
    const path = join(copy, 'default/objects/Opportunity/fields/Referral_Link__c.field-meta.xml');
    await writeFile(path, (await readFile(path, 'utf8')).replace('<type>Url</type>', '<type>Link</type>'));
    const operation = await ComponentSet.fromSource(copy).deploy({ usernameOrConnection: connection });
    const result = await operation.pollStatus(20, 30);
    expect(result.response.status).toBe('Failed');
    const failures = [result.response.details.componentFailures ?? []].flat();
    expect(failures[0]).toMatchObject({
      fullName: 'Opportunity',
      problem: "'Link' is not a valid value for the enum 'FieldType'"
    });
  });

  it('lists and describes', async () => {
    const listed = await connection.metadata.list([{ type: 'LightningComponentBundle' }, { type: 'CustomObject' }]);
    const names = listed.map(({ fullName }) => fullName);
    expect(names).toEqual(expect.arrayContaining(['cosellSection', 'Microsoft_Solution__c', 'Opportunity']));
    const own = listed.find(({ fullName }) => fullName === 'cosellSection');
    expect(own).toMatchObject({
      type: 'LightningComponentBundle',
      createdByName: 'Ada Admin',
      manageableState: 'unmanaged'
    });
    const described = await connection.metadata.describe('66.0');
    const object = described.metadataObjects.find(({ xmlName }) => xmlName === 'CustomObject');
    expect(object).toMatchObject({ directoryName: 'objects', suffix: 'object', inFolder: false });
    expect(object?.childXmlNames).toContain('CustomField');
  });
});

async function sourceFiles(root: string): Promise<Map<string, string>> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const files = new Map<string, string>();
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name);
    const isSource = !/\.ts$|tsconfig\.json$|__tests__/.test(path);
    if (!entry.isFile() || !isSource) continue;
    const content = await readFile(path, 'utf8');
    // Into an empty folder the library also writes an object file without content beside the fields of a standard object.
    if (!/<CustomObject [^>]*><\/CustomObject>/.test(content)) files.set(relative(root, path), content);
  }
  return files;
}

/** The library writes parts of objects and labels anew: white space between elements and the spelling of quotes are its own. */
function sameContent(name: string, one: string | undefined, other: string): boolean {
  const isPart = /objects\/|\.labels-meta\.xml$/.test(name);
  return isPart ? plain(one ?? '') === plain(other) : one === other;
}

function plain(content: string): string {
  return content.replace(/>\s+</g, '><').replaceAll('&apos;', "'").replaceAll('&quot;', '"').trim();
}
