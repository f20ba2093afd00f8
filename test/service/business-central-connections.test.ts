import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AddBusinessCentralInput } from '../../plugin/src/service/connections/index.js';
import {
  addBusinessCentral,
  listConnections,
  MemoryConnections,
  removeConnection,
  testBusinessCentral
} from '../../plugin/src/service/connections/index.js';
import {
  INTEGRATION_CLIENT_ID,
  INTEGRATION_SECRET,
  TENANT
} from '../../sandbox/src/business-central/identity/applications.js';
import { WEB_SERVICE_KEY, WEB_SERVICE_USER } from '../../sandbox/src/business-central/legacy/web-service-key.js';
import type { RunningBusinessCentral } from '../../sandbox/src/business-central/server.js';
import { startBusinessCentral } from '../../sandbox/src/business-central/server.js';

const folder = mkdtempSync(join(tmpdir(), 'cosell-bc-'));
let center: RunningBusinessCentral;
let connections: MemoryConnections;
let settingsFile: string;

beforeAll(async () => {
  center = await startBusinessCentral({ file: ':memory:', port: 0, seed: 'demo' });
  settingsFile = join(folder, 'cosell.yaml');
  writeFileSync(settingsFile, JSON.stringify({ businessCentral: { baseUrl: center.url, authority: center.url } }));
});
beforeEach(() => {
  connections = new MemoryConnections();
});
const application = { clientId: INTEGRATION_CLIENT_ID };
afterEach(() => {
  center.changeSettings({ onPremises: false, dataUpgradeNeeded: [] });
  center.identity.applications.save({ ...application, state: 'Enabled', permissionSets: ['D365 FULL ACCESS'] });
});
afterAll(async () => {
  await center.close();
  rmSync(folder, { recursive: true });
});

const signIn = (change: object = {}): AddBusinessCentralInput['signIn'] => ({
  kind: 'online',
  tenantId: TENANT.id,
  clientId: INTEGRATION_CLIENT_ID,
  proof: 'secret',
  secret: INTEGRATION_SECRET,
  ...change
});
const input = () => ({
  env: {} as Record<string, string>,
  settingsFile,
  connections
});
const first = (_what: string, choices: readonly string[]): Promise<string | undefined> => Promise.resolve(choices[0]);
const add = (change: Partial<AddBusinessCentralInput> = {}) =>
  addBusinessCentral({ ...input(), signIn: signIn(), pick: first, ...change });

/** Everything that is stored in the sets that the checks write to. */
const rowsThere = (): unknown[] => {
  const { store } = center.world;
  const companies = store.all('', 'companies').map(({ id }) => id);
  return companies.flatMap((id) =>
    ['customers', 'contacts', 'items', 'salesQuotes', 'salesOrders'].map((set) => store.all(id, set))
  );
};

describe('adding a company of Business Central', () => {
  it('lets a person choose environment and company, stores it, and checks without changing anything', async () => {
    const asked: string[] = [];
    const before = rowsThere();
    const pick = (what: string, choices: readonly string[]): Promise<string | undefined> => {
      asked.push(what);
      return Promise.resolve(choices[0]);
    };
    const { connection, replaced, check } = await add({ pick });
    expect(connection).toMatchObject({
      name: 'business-central',
      system: 'business-central',
      kind: 'online',
      tenantId: TENANT.id,
      user: INTEGRATION_CLIENT_ID,
      baseUrl: center.url
    });
    expect(replaced).toBe(false);
    expect(check.checks.filter(({ outcome }) => outcome === 'failed' || outcome === 'skipped')).toEqual([]);
    expect(check.ok).toBe(true);
    expect(await connections.secret('business-central')).toBe(INTEGRATION_SECRET);
    expect(JSON.stringify([connection, check, await listConnections(input())])).not.toContain(INTEGRATION_SECRET);
    const kept = await testBusinessCentral(input());
    expect(kept.checks.map(({ check: name, outcome }) => `${name} ${outcome}`)).toEqual(
      check.checks.map(({ check: name, outcome }) => `${name} ${outcome}`)
    );
    expect(rowsThere()).toEqual(before);
  });

  it('names the choices where nobody can be asked', async () => {
    const nobody = (): Promise<undefined> => Promise.resolve(undefined);
    const failed = await add({ pick: nobody }).catch((error: unknown) => error as { code: string; message: string });
    const { code, message } = failed as { code: string; message: string };
    expect(['ENVIRONMENT_NEEDED', 'COMPANY_NEEDED']).toContain(code);
    expect(message).toContain('"');
    await expect(add({ company: 'Nowhere Ltd.' })).rejects.toMatchObject({ code: 'COMPANY_UNKNOWN' });
    await expect(add({ environment: 'Nowhere', company: 'x' })).rejects.toMatchObject({ kind: 'rejected' });
    expect(await connections.list()).toEqual([]);
  });

  it('takes a company by its id, keeps several beside each other, and forgets one', async () => {
    const { connection } = await add();
    await add({ name: 'second', company: connection.companyId });
    expect((await connections.list()).map(({ name }) => name)).toEqual(['business-central', 'second']);
    expect((await testBusinessCentral({ ...input(), name: 'second' })).connection?.companyId).toBe(
      connection.companyId
    );
    await expect(removeConnection({ ...input(), name: 'second' })).rejects.toMatchObject({
      code: 'CONNECTION_UNKNOWN'
    });
    await removeConnection({ ...input(), name: 'second', system: 'business-central' });
    await expect(testBusinessCentral({ ...input(), name: 'second' })).rejects.toMatchObject({
      code: 'CONNECTION_UNKNOWN'
    });
  });

  it.each<[string, object, string]>([
    ['a wrong secret', { secret: 'wrong' }, 'WRONG_CLIENT_SECRET'],
    ['another tenant', { tenantId: 'nowhere.example' }, 'UNKNOWN_TENANT'],
    ['another application', { clientId: '99999999-9999-9999-9999-999999999999' }, 'UNKNOWN_CLIENT'],
    ['a certificate that is none', { proof: 'certificate', secret: 'x' }, 'CERTIFICATE_UNUSABLE']
  ])('stores nothing with %s', async (_what, change, code) => {
    await expect(add({ signIn: signIn(change) })).rejects.toMatchObject({ code });
    expect(await connections.list()).toEqual([]);
  });

  it('signs in to a server of its own with user and web-service access key', async () => {
    center.changeSettings({ onPremises: true });
    const onPremises = { kind: 'onPremises', baseUrl: `${center.url}/BC`, user: WEB_SERVICE_USER } as const;
    const { connection, check } = await add({ signIn: { ...onPremises, secret: WEB_SERVICE_KEY } });
    expect(connection).toMatchObject({ kind: 'onPremises', user: WEB_SERVICE_USER, baseUrl: `${center.url}/BC` });
    expect(check.checks[0]).toMatchObject({ check: 'signIn', outcome: 'ok' });
    await expect(add({ signIn: { ...onPremises, secret: 'wrong' } })).rejects.toMatchObject({
      code: 'UNAUTHENTICATED'
    });
  });

  it('leaves a name to the system that has it', async () => {
    await connections.put(
      {
        name: 'taken',
        system: 'partner-center',
        tenantId: 't',
        clientId: 'c',
        authority: 'a',
        user: 'u',
        signedInAt: ''
      },
      'x'
    );
    await expect(add({ name: 'taken' })).rejects.toMatchObject({ code: 'CONNECTION_NAME_TAKEN' });
  });
});

describe('the list of preconditions', () => {
  const failures = async (): Promise<string[]> =>
    (await testBusinessCentral(input())).checks
      .filter(({ outcome }) => outcome === 'failed')
      .map(({ check, code }) => `${check} ${code}`);

  it('names an application that is disabled, and looks no further', async () => {
    await add();
    center.identity.applications.save({ ...application, state: 'Disabled' });
    const { checks, ok } = await testBusinessCentral(input());
    expect(ok).toBe(false);
    expect(checks.find(({ outcome }) => outcome === 'failed')).toMatchObject({
      check: 'company',
      code: 'UNAUTHENTICATED'
    });
    expect(checks.slice(2).every(({ outcome }) => outcome === 'skipped')).toBe(true);
  });

  it('names every entity set that the application may only read', async () => {
    await add();
    center.identity.applications.save({ ...application, permissionSets: ['D365 READ'] });
    expect(await failures()).toEqual(
      ['customers', 'contacts', 'items', 'salesQuotes', 'salesOrders'].map((set) => `${set} PERMISSION_MISSING`)
    );
  });

  it('names a set whose data upgrade was not run', async () => {
    await add();
    center.changeSettings({ dataUpgradeNeeded: ['items'] });
    expect(await failures()).toContain('items DATA_UPGRADE_NEEDED');
  });

  it('says of each check what was found, or what to do', async () => {
    const { check } = await add();
    for (const { outcome, message, code, nextSteps } of check.checks) {
      expect(message).toMatch(/\.$/);
      expect(code === null).toBe(outcome === 'ok');
      if (outcome === 'failed') expect(nextSteps.length).toBeGreaterThan(0);
    }
    expect(check.checks.find(({ check: name }) => name === 'templates')).toMatchObject({ outcome: 'attention' });
  });

  it('fails where the org counts in a currency that the company does not know', async () => {
    await add();
    const file = join(folder, 'currency.yaml');
    const businessCentral = { baseUrl: center.url, authority: center.url };
    writeFileSync(file, JSON.stringify({ businessCentral, salesforce: { defaultCurrency: 'XXX' } }));
    const { checks } = await testBusinessCentral({ ...input(), settingsFile: file });
    expect(checks.find(({ outcome }) => outcome === 'failed')).toMatchObject({
      check: 'currencyRates',
      code: 'CURRENCY_UNKNOWN'
    });
  });
});
