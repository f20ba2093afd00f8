import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../plugin/src/ports/clock.js';
import { systemRandom } from '../../plugin/src/ports/random.js';
import { durationMs } from '../../plugin/src/service/duration.js';
import { openChangeEvents } from '../../plugin/src/service/open-change-events.js';
import { dataFolder, loadSettings, secretOf } from '../../plugin/src/service/settings.js';

const folder = mkdtempSync(join(tmpdir(), 'cosell-settings-'));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;

function file(text: string): string {
  files += 1;
  const path = join(folder, `${files}.yaml`);
  writeFileSync(path, text);
  return path;
}

const code = (run: () => unknown): unknown => {
  try {
    run();
  } catch (error) {
    const { code: found, message, nextSteps } = error as { code: string; message: string; nextSteps: string[] };
    return { code: found, message, nextSteps };
  }
  return undefined;
};

describe('settings', () => {
  it('are complete without a file', () => {
    const settings = loadSettings(undefined, { HOME: '/home/op' });
    expect(settings).toMatchObject({
      partnerCenter: {
        baseUrl: 'https://api.partner.microsoft.com',
        authority: 'https://login.microsoftonline.com',
        tokenCacheFile: '/home/op/.local/share/sf-plugin-cosell/tokens.json'
      },
      ledger: '/home/op/.local/share/sf-plugin-cosell/cosell.ledger',
      pollIntervalMs: 15_000,
      lookupDelayMs: 15_000,
      concurrency: 8,
      health: { host: '127.0.0.1' }
    });
    expect(settings.health.port).toBeUndefined();
  });

  it('receive webhook events only with certificates to trust, whose file lies beside them', () => {
    expect(loadSettings(undefined, {}).webhook).toEqual({
      host: '127.0.0.1',
      path: '/webhooks/partner-center',
      hosts: ['3psostorageacct.blob.core.windows.net'],
      subject: 'pcnotifications-dispatch.microsoft.com',
      issuerOrganization: 'Microsoft Corporation'
    });
    const path = file('webhook: { port: 7431, rootCaFile: keys/root.pem }\n');
    expect(loadSettings(path, { COSELL_WEBHOOK_PORT: '7500' }).webhook).toMatchObject({
      port: 7500,
      rootCaFile: join(folder, 'keys/root.pem')
    });
    expect(code(() => loadSettings(undefined, { COSELL_WEBHOOK_PORT: '7431' }))).toMatchObject({
      code: 'SETTINGS_INVALID',
      message: expect.stringContaining('rootCaFile') as string
    });
  });

  it('come from the file, with paths beside it', () => {
    const path = file(
      'partnerCenter: { baseUrl: "http://127.0.0.1:1/", tenantId: t }\nledger: data/x.ledger\npollInterval: 500ms\nhealth: { port: 7430 }\n'
    );
    expect(loadSettings(path, {})).toMatchObject({
      file: path,
      partnerCenter: { baseUrl: 'http://127.0.0.1:1', tenantId: 't' },
      ledger: join(folder, 'data/x.ledger'),
      pollIntervalMs: 500,
      health: { port: 7430 }
    });
  });

  it('are found through COSELL_SETTINGS_FILE and overridden by the environment', () => {
    const path = file('partnerCenter: { clientId: a }\npollInterval: 1m\n');
    const settings = loadSettings(undefined, {
      COSELL_SETTINGS_FILE: path,
      COSELL_PARTNER_CENTER_CLIENT_ID: 'b',
      COSELL_POLL_INTERVAL: '2s',
      COSELL_HEALTH_PORT: '0',
      COSELL_LEDGER: ''
    });
    expect(settings).toMatchObject({ partnerCenter: { clientId: 'b' }, pollIntervalMs: 2000, health: { port: 0 } });
  });

  it.each([
    ['an unknown name', 'partnerCenter: { tennantId: x }', /tennantId/],
    ['an address without scheme', 'partnerCenter: { baseUrl: partner.example }', /baseUrl/],
    ['a link without place for the id', 'partnerCenter: { inboxUrlTemplate: "https://x" }', /inboxUrlTemplate/],
    ['a time without sense', 'partnerCenter: {}\npollInterval: often', /pollInterval/],
    ['a port out of range', 'partnerCenter: {}\nhealth: { port: 70000 }', /port/],
    ['broken YAML', 'partnerCenter: {', /cannot be read/],
    ['a list', '- a', /cannot be read/]
  ])('with %s are refused with place and next step', (_what, text, message) => {
    expect(code(() => loadSettings(file(text), {}))).toMatchObject({
      code: 'SETTINGS_INVALID',
      message: expect.stringMatching(message) as string,
      nextSteps: [expect.any(String) as string]
    });
  });

  it('that do not exist are refused', () => {
    expect(code(() => loadSettings(join(folder, 'none.yaml'), {}))).toMatchObject({ code: 'SETTINGS_NOT_FOUND' });
  });

  it('never hold a secret: it is read from the variable they name', () => {
    expect(secretOf('TOKEN', { TOKEN: ' s3cret ' })).toBe('s3cret');
    expect(secretOf('TOKEN', { TOKEN: '' })).toBeUndefined();
    expect(secretOf(undefined, { TOKEN: 'x' })).toBeUndefined();
  });

  it.each([
    ['15s', 15_000],
    ['500ms', 500],
    ['2m', 120_000],
    ['1h', 3_600_000],
    ['1.5s', 1500],
    [30, 30_000],
    ['soon', undefined],
    ['-1s', undefined]
  ])('duration %s is %s ms', (text, expected) => {
    expect(durationMs(text)).toBe(expected);
  });

  it.each([
    [{ XDG_DATA_HOME: '/data', HOME: '/h' }, '/data/sf-plugin-cosell'],
    [{ HOME: '/h' }, '/h/.local/share/sf-plugin-cosell']
  ])('data folder for %j', (env, expected) => {
    expect(dataFolder(env)).toBe(expected);
  });
});

describe('co-sell settings', () => {
  const defaults = {
    activeStage: 'Qualification',
    onHoldStage: 'On Hold',
    countryField: 'BillingCountryCode',
    dealValueField: 'Amount',
    dealCurrencyField: 'CurrencyIsoCode',
    markName: true,
    cosellOnly: false,
    auditRetentionDays: 0,
    defaultDealKind: 'private',
    mayShare: 'everyone',
    inbound: {
      accountMatch: ['companyNameAndPostalCode'],
      createAccount: true,
      unknownReference: 'issue',
      closeWhenExpired: true
    }
  };

  it('are complete without a file, and each can be set alone', () => {
    expect(loadSettings(undefined, {}).cosell).toEqual(defaults);
    const path = file('cosell: { activeStage: Prospecting, inbound: { createAccount: false } }\n');
    expect(loadSettings(path, {}).cosell).toEqual({
      ...defaults,
      activeStage: 'Prospecting',
      inbound: { ...defaults.inbound, createAccount: false }
    });
  });

  it("take the environment variables of Microsoft's connector by their names, and ours before them", () => {
    const variables = {
      msft_activestagename: 'Active',
      msft_onholdstagename: 'Waiting',
      msft_customeraccountcountrycode: 'Country_Code__c',
      msft_dealvaluefield: 'Deal_Value__c',
      msft_dealcurrencycodefield: 'Deal_Currency__c',
      msft_displaycheckmarkinname: 'No',
      msft_synccosellopportunitiesonly: 'yes',
      COSELL_ACTIVE_STAGE: 'Prospecting',
      COSELL_AUDIT_RETENTION_DAYS: '90'
    };
    expect(loadSettings(undefined, variables).cosell).toEqual({
      ...defaults,
      activeStage: 'Prospecting',
      onHoldStage: 'Waiting',
      countryField: 'Country_Code__c',
      dealValueField: 'Deal_Value__c',
      dealCurrencyField: 'Deal_Currency__c',
      markName: false,
      cosellOnly: true,
      auditRetentionDays: 90
    });
  });

  it.each([
    ['a switch that is neither', { msft_displaycheckmarkinname: 'perhaps' }, /markName/],
    ['a field that is no field name', { COSELL_DEAL_VALUE_FIELD: 'Amount; DROP' }, /dealValueField/],
    ['an unknown deal kind', { COSELL_DEFAULT_DEAL_KIND: 'public' }, /defaultDealKind/],
    ['a retention that is no number of days', { COSELL_AUDIT_RETENTION_DAYS: 'long' }, /auditRetentionDays/]
  ])('refuse %s', (_what, env, message) => {
    expect(code(() => loadSettings(undefined, env))).toMatchObject({
      code: 'SETTINGS_INVALID',
      message: expect.stringMatching(message) as string
    });
  });
});

describe('change events', () => {
  it('are wanted unless switched off, with paths beside the file', () => {
    expect(loadSettings(undefined, {}).salesforce).toEqual({ changeEvents: { enabled: true } });
    const path = file('salesforce: { changeEvents: { endpoint: "localhost:7412", caFile: tls/ca.pem } }\n');
    expect(loadSettings(path, {}).salesforce.changeEvents).toEqual({
      enabled: true,
      endpoint: 'localhost:7412',
      caFile: join(folder, 'tls/ca.pem')
    });
    expect(loadSettings(path, { COSELL_CHANGE_EVENTS_ENABLED: 'false' }).salesforce.changeEvents.enabled).toBe(false);
  });

  it.each(['https://api.pubsub.salesforce.com:7443', 'api.pubsub.salesforce.com', ''])(
    'need host and port, not "%s"',
    (endpoint) => {
      const path = file(`salesforce: { changeEvents: { endpoint: "${endpoint}" } }\n`);
      expect(code(() => loadSettings(path, {}))).toMatchObject({ code: 'SETTINGS_INVALID' });
    }
  );

  it.each([
    ['https://acme.my.salesforce.com', {}, 'api.pubsub.salesforce.com:7443'],
    ['https://acme.sandbox.my.salesforce.com', {}, 'api.pubsub.salesforce.com:7443'],
    ['http://127.0.0.1:7410', {}, undefined],
    ['https://salesforce.com.evil.example', {}, undefined],
    ['http://127.0.0.1:7410', { endpoint: 'localhost:7412' }, 'localhost:7412'],
    [
      'https://acme.my.salesforce.com',
      { endpoint: 'api.deu.pubsub.salesforce.com:7443' },
      'api.deu.pubsub.salesforce.com:7443'
    ],
    ['https://acme.my.salesforce.com', { enabled: false }, undefined]
  ])('of %s with %j come from %s', (instanceUrl, changes, endpoint) => {
    const never = (): Promise<string> => Promise.reject(new Error('not asked'));
    const events = openChangeEvents(
      { enabled: true, ...changes },
      { instanceUrl, accessToken: never, renew: never },
      { clock: systemClock, random: systemRandom }
    );
    expect(events?.endpoint).toBe(endpoint);
  });

  it('need the file with the authorities when one is named', () => {
    const never = (): Promise<string> => Promise.reject(new Error('not asked'));
    const session = { instanceUrl: 'http://127.0.0.1', accessToken: never, renew: never };
    const settings = { enabled: true, endpoint: 'localhost:1', caFile: '/nowhere/ca.pem' };
    expect(code(() => openChangeEvents(settings, session, { clock: systemClock, random: systemRandom }))).toMatchObject(
      {
        code: 'SETTINGS_INVALID'
      }
    );
  });
});
