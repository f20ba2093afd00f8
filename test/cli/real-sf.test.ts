import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { realSf } from '../../scripts/lib/real-sf.mjs';
import { endpoints, eventually, query, salesforce } from '../support/sandbox.js';

const root = new URL('../../', import.meta.url).pathname;
const admin = 'ada.admin@cosell.example';
const integration = 'integration@cosell.example';
let home: string;

interface Answer<T> {
  status: number;
  result: T;
  name?: string;
  message?: string;
  actions?: string[];
}

const environment = (): NodeJS.ProcessEnv => ({
  ...process.env,
  HOME: home,
  SF_USE_GENERIC_UNIX_KEYCHAIN: 'true',
  SF_DISABLE_TELEMETRY: 'true',
  SF_AUTOUPDATE_DISABLE: 'true',
  SF_SKIP_NEW_VERSION_CHECK: 'true',
  COSELL_SETTINGS_FILE: endpoints().cli.settingsFile,
  ...endpoints().cli.env
});

const execute = (entry: string, args: string[]): Promise<{ code: number; stdout: string; stderr: string }> =>
  new Promise((resolve) => {
    execFile(
      process.execPath,
      [entry, ...args],
      { env: environment(), cwd: home, maxBuffer: 64 << 20 },
      (error, stdout, stderr) => resolve({ code: error ? Number(error.code ?? 1) : 0, stdout, stderr })
    );
  });

const json = async <T>(entry: string, args: string[]): Promise<Answer<T>> => {
  const { stdout, stderr } = await execute(entry, [...args, '--json']);
  try {
    return JSON.parse(stdout) as Answer<T>;
  } catch {
    throw new Error(`sf ${args.join(' ')} printed no JSON:\n${stdout}\n${stderr}`);
  }
};

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'cosell-sf-'));
  const linked = await execute(realSf, ['plugins', 'link', root, '--no-install']);
  if (linked.code !== 0) throw new Error(`sf plugins link failed:\n${linked.stdout}\n${linked.stderr}`);
  const { clientId, privateKeyFile, url } = endpoints().salesforce;
  for (const [username, alias] of [
    [admin, 'admin'],
    [integration, 'integration']
  ] as const) {
    const login = await json<{ username: string }>(realSf, [
      ...['org', 'login', 'jwt', '--username', username, '--alias', alias, '--client-id', clientId],
      ...['--jwt-key-file', privateKeyFile, '--instance-url', url]
    ]);
    if (login.status !== 0) throw new Error(`sf org login jwt failed: ${login.message ?? ''}`);
  }
});

afterAll(() => rmSync(home, { recursive: true, force: true }));

/** The same story with the official CLI and with the plugin's own entry point. */
const entries = [
  { name: 'the real sf with the plugin linked', entry: realSf },
  { name: "the plugin's own bin/run.js", entry: join(root, 'bin', 'run.js') }
];

const opportunityReady = async (position: number): Promise<string> => {
  const rows = await query<{ Id: string }>(
    admin,
    'SELECT Id FROM Opportunity WHERE IsClosed = false AND Sync_with_Partner_Center__c = false AND ' +
      "Id IN (SELECT Opportunity__c FROM Opportunity_Microsoft_Solution__c) AND Account.BillingCountry IN ('NL', 'GB', 'US', 'DE') ORDER BY Name"
  );
  const record = rows[position];
  if (!record) throw new Error('The seed has no opportunity that is ready to share.');
  return record.Id;
};

const setFields = (id: string, values: Record<string, unknown>): Promise<unknown> =>
  salesforce(admin, 'PATCH', `/sobjects/Opportunity/${id}`, values);

interface RunSummary {
  outcome: string;
  counts: Record<string, number>;
  calls: Record<string, number>;
}

interface SyncedRow {
  Referral_Identifier__c: string | null;
  Cosell_Sync_State__c: string;
  Referral_Link__c: string | null;
  Amount: number;
}

const readBack = async (id: string): Promise<SyncedRow> => {
  const [row] = await query<SyncedRow>(
    admin,
    `SELECT Referral_Identifier__c, Referral_Link__c, Cosell_Sync_State__c, Amount FROM Opportunity WHERE Id = '${id}'`
  );
  if (!row) throw new Error(`No opportunity ${id}.`);
  return row;
};

describe.each(entries)('sf cosell with $name', ({ entry }) => {
  const position = entry === realSf ? 0 : 1;

  it('lists its commands in the help', async () => {
    const { stdout, code } = await execute(entry, ['cosell', '--help']);
    expect(code).toBe(0);
    expect(stdout).toContain('cosell deploy');
    expect(stdout).toContain('cosell sync');
  });

  it('deploys the metadata and reports every component', async () => {
    const answer = await json<{ status: string; components: unknown[] }>(entry, [
      'cosell',
      'deploy',
      '--target-org',
      'admin'
    ]);
    expect(answer.status, answer.message).toBe(0);
    expect(answer.result.status).toBe('Succeeded');
    expect(answer.result.components.length).toBeGreaterThan(30);
  });

  it('shares a toggled opportunity with sync once, and a second run writes nothing', async () => {
    const id = await opportunityReady(position);
    // What Microsoft sent before is taken in first; two of its deals name records that the org does not have.
    const intake = await json<RunSummary>(entry, ['cosell', 'sync', 'once', '--target-org', 'integration']);
    expect([intake.status, intake.result.outcome]).toEqual(entry === realSf ? [68, 'partial'] : [0, 'success']);
    await setFields(id, {
      Sync_with_Partner_Center__c: true,
      How_can_Microsoft_help__c: 'Proof Of Concept or Demo'
    });
    const first = await json<RunSummary>(entry, ['cosell', 'sync', 'once', '--target-org', 'integration']);
    expect(first.status, first.message).toBe(0);
    expect(first.result).toMatchObject({ outcome: 'success', counts: { created: 1, failed: 0, rejected: 0 } });
    const row = await readBack(id);
    expect(row.Cosell_Sync_State__c).toBe('Synced');
    expect(row.Referral_Identifier__c).toMatch(/^[0-9a-f-]{36}$/);
    expect(row.Referral_Link__c).toContain(row.Referral_Identifier__c);

    const second = await json<RunSummary>(entry, [...['cosell', 'sync', 'once', '--target-org', 'integration']]);
    expect(second.result).toMatchObject({ counts: { created: 0, updatedLeft: 0, updatedRight: 0, told: 0 } });
    for (const [system, calls] of Object.entries(second.result.calls)) {
      expect(calls, `calls to ${system} in an idle run`).toBeLessThanOrEqual(3);
    }
  });

  it('says how many records are in step with sync status', async () => {
    const answer = await json<{ couplings: Record<string, number> }>(entry, [
      'cosell',
      'sync',
      'status',
      '--target-org',
      'integration'
    ]);
    expect(answer.status, answer.message).toBe(0);
    expect(answer.result.couplings['active']).toBeGreaterThanOrEqual(1);
  });

  it('keeps records in step with sync run, until it is asked to stop', async () => {
    const id = await opportunityReady(0);
    const service = spawn(
      process.execPath,
      [entry, ...['cosell', 'sync', 'run', '--target-org', 'integration', '--poll-interval', '300ms', '--json']],
      { env: environment(), cwd: home, stdio: ['ignore', 'pipe', 'ignore'] }
    );
    let stdout = '';
    service.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      stdout += chunk;
    });
    const ended = new Promise<number | null>((resolve) => service.once('close', resolve));
    try {
      await setFields(id, { Sync_with_Partner_Center__c: true });
      const synced = async (): Promise<true | undefined> =>
        (await readBack(id)).Cosell_Sync_State__c === 'Synced' ? true : undefined;
      // The CLI has to start first, which takes its time on a busy machine.
      await eventually('the referral of the running service', synced, 60_000);
    } finally {
      service.kill('SIGTERM');
    }
    expect(await ended).toBe(0);
    const answer = JSON.parse(stdout) as Answer<{ created: number; failed: number; lastError: unknown }>;
    expect(answer.result).toMatchObject({ created: 1, failed: 0, lastError: null });
  });

  it('refuses a settings file that is not there, with a code and a next step', async () => {
    const answer = await json(entry, [
      ...['cosell', 'sync', 'once', '--target-org', 'integration', '--settings-file', join(home, 'absent.yaml')]
    ]);
    expect(answer.status).toBe(1);
    expect(answer.name).toBe('SETTINGS_NOT_FOUND');
    expect(answer.actions?.length).toBeGreaterThan(0);
  });

  it('says soon that nothing answers at the org address', async () => {
    const authDir = join(home, '.sfdx');
    const auth = JSON.parse(readFileSync(join(authDir, `${admin}.json`), 'utf8')) as Record<string, unknown>;
    const username = 'nobody@cosell.example';
    writeFileSync(
      join(authDir, `${username}.json`),
      JSON.stringify({ ...auth, username, instanceUrl: 'http://127.0.0.1:9' })
    );
    const started = performance.now();
    const answer = await json(entry, ['cosell', 'deploy', '--target-org', username]);
    expect(answer.status).toBe(1);
    expect(answer.name).toBe('ORG_UNREACHABLE');
    expect(performance.now() - started).toBeLessThan(20_000);
  });
});
