import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { format } from 'node:util';
import { Ajv } from 'ajv';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import ConnectionAdd from '../../plugin/src/commands/cosell/connection/add.js';
import ConnectionList from '../../plugin/src/commands/cosell/connection/list.js';
import ConnectionRemove from '../../plugin/src/commands/cosell/connection/remove.js';
import ConnectionTest from '../../plugin/src/commands/cosell/connection/test.js';
import {
  INTEGRATION_CLIENT_ID,
  INTEGRATION_SECRET,
  TENANT
} from '../../sandbox/src/business-central/identity/applications.js';
import type { RunningBusinessCentral } from '../../sandbox/src/business-central/server.js';
import { startBusinessCentral } from '../../sandbox/src/business-central/server.js';
import { ownHome } from '../support/salesforce-org.js';

ownHome();
process.env['SF_USE_GENERIC_UNIX_KEYCHAIN'] = 'true';
const root = new URL('../../', import.meta.url).pathname;
const home = process.env['HOME'] ?? '';
const folder = mkdtempSync(join(tmpdir(), 'cosell-bc-commands-'));
const COMMANDS: Readonly<Record<string, { run: (args: string[], root: string) => Promise<unknown> }>> = {
  add: ConnectionAdd,
  list: ConnectionList,
  test: ConnectionTest,
  remove: ConnectionRemove
};
let center: RunningBusinessCentral;
let printed = '';

/** Result, or name of the error, of a command. Results are checked against their schema. */
async function run(id: string, ...args: string[]): Promise<Record<string, unknown>> {
  process.exitCode = 0;
  const before = printed.length;
  const result = await COMMANDS[id]?.run(args, root).catch((error: Error) => error);
  const [code, out] = [Number(process.exitCode), printed.slice(before)];
  process.exitCode = 0;
  if (result instanceof Error) return { name: result.name, actions: (result as { actions?: string[] }).actions, out };
  const schema = JSON.parse(
    readFileSync(join(root, 'plugin', 'schemas', `cosell-connection-${id}.json`), 'utf8')
  ) as object;
  const ajv = new Ajv({ strict: false });
  expect(ajv.validate(schema, result), `${id}: ${ajv.errorsText()}`).toBe(true);
  return { code, result, out };
}

beforeAll(async () => {
  const say = (...what: unknown[]): void => {
    printed += `${format(...what)}\n`;
  };
  for (const name of ['log', 'warn', 'error', 'info'] as const) vi.spyOn(console, name).mockImplementation(say);
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, 'write').mockImplementation((piece) => (say(String(piece)), true));
  }
  center = await startBusinessCentral({ file: ':memory:', port: 0, seed: 'demo' });
  vi.stubEnv('COSELL_SETTINGS_FILE', join(folder, 'cosell.yaml'));
  const businessCentral = { baseUrl: center.url, authority: center.url };
  writeFileSync(join(folder, 'cosell.yaml'), JSON.stringify({ businessCentral }));
});
afterAll(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  // Each command leaves a listener that would throw when the signal ends this process.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGBREAK', 'SIGHUP'] as const) process.removeAllListeners(signal);
  await center.close();
  for (const path of [home, folder]) rmSync(path, { recursive: true, force: true });
});

describe('sf cosell connection with Business Central', () => {
  it('adds a company, lists, checks and forgets it, and never shows the secret', async () => {
    const account = ['business-central', '--tenant-id', TENANT.id, '--client-id', INTEGRATION_CLIENT_ID];
    expect(await run('add', ...account, '--json')).toMatchObject({ name: 'SECRET_NEEDED' });

    vi.stubEnv('COSELL_BUSINESS_CENTRAL_SECRET', INTEGRATION_SECRET);
    const open = await run('add', ...account, '--json');
    expect(open).toMatchObject({ name: expect.stringMatching(/^(ENVIRONMENT|COMPANY)_NEEDED$/) as string });
    expect(open['actions']).toEqual([expect.stringMatching(/^Add --(environment|company) "/) as string]);

    const [company] = center.world.store.all('', 'companies');
    const place = ['--environment', 'Production', '--company', String(company?.values['name'])];
    const added = await run('add', ...account, ...place);
    expect(added).toMatchObject({ code: 0, result: { replaced: false, check: { ok: true } } });
    expect(added['out']).toContain('Environment and company');
    expect(added['out']).toContain('template selection rules');

    expect(await run('list')).toMatchObject({
      result: [{ name: 'business-central', system: 'business-central', environment: 'Production' }],
      out: expect.stringContaining('Production') as string
    });
    expect(await run('test', 'business-central')).toMatchObject({
      code: 0,
      result: { ok: true, connection: { name: 'business-central' } },
      out: expect.stringContaining('Everything that is needed works') as string
    });

    center.identity.applications.save({ clientId: INTEGRATION_CLIENT_ID, permissionSets: ['D365 READ'] });
    expect(await run('test', 'business-central', '--json')).toMatchObject({ code: 1, result: { ok: false } });

    expect(await run('remove', 'business-central', '--name', 'business-central')).toMatchObject({ code: 0 });
    expect(await run('test', 'business-central', '--json')).toMatchObject({ name: 'CONNECTION_NONE' });
    expect(printed).not.toContain(INTEGRATION_SECRET);
  });
});
