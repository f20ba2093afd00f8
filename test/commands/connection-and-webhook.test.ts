import { format } from 'node:util';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import ConnectionAdd from '../../plugin/src/commands/cosell/connection/add.js';
import ConnectionList from '../../plugin/src/commands/cosell/connection/list.js';
import ConnectionRemove from '../../plugin/src/commands/cosell/connection/remove.js';
import ConnectionTest from '../../plugin/src/commands/cosell/connection/test.js';
import WebhookRegister from '../../plugin/src/commands/cosell/webhook/register.js';
import WebhookRemove from '../../plugin/src/commands/cosell/webhook/remove.js';
import WebhookShow from '../../plugin/src/commands/cosell/webhook/show.js';
import WebhookTest from '../../plugin/src/commands/cosell/webhook/test.js';
import { systemClock } from '../../plugin/src/ports/clock.js';
import { cliConnections } from '../../plugin/src/service/connections/index.js';
import { CLIENT_ID, PARTNER } from '../../sandbox/src/partner-center/core/directory.js';
import type { RunningPartnerCenter } from '../../sandbox/src/partner-center/server.js';
import { startPartnerCenter } from '../../sandbox/src/partner-center/server.js';
import { signInAt } from '../support/partner-sign-in.js';
import { ownHome } from '../support/own-home.js';

const root = new URL('../../', import.meta.url).pathname;
const home = ownHome();
const folder = mkdtempSync(join(tmpdir(), 'cosell-commands-'));
const URL_OF_OURS = 'https://sync.example.com/webhooks/partner-center';

let center: RunningPartnerCenter;
/** Everything that any of the commands printed. */
let printed = '';
let watch: (text: string) => void = () => undefined;

const COMMANDS: Readonly<Record<string, { run: (args: string[], root: string) => Promise<unknown> }>> = {
  'connection add': ConnectionAdd,
  'connection list': ConnectionList,
  'connection test': ConnectionTest,
  'connection remove': ConnectionRemove,
  'webhook register': WebhookRegister,
  'webhook show': WebhookShow,
  'webhook test': WebhookTest,
  'webhook remove': WebhookRemove
};

/** Result, exit code or name of the error of a command, and what it printed. Results are checked against their schema. */
async function run(
  id: string,
  ...args: string[]
): Promise<{ code: number; out: string; result?: unknown; name?: string }> {
  const before = printed.length;
  process.exitCode = 0;
  try {
    const result = await COMMANDS[id]?.run(args, root);
    const code = Number(process.exitCode);
    const file = join(root, 'plugin', 'schemas', `cosell-${id.replace(' ', '-')}.json`);
    const ajv = new Ajv({ strict: false });
    expect(ajv.validate(JSON.parse(readFileSync(file, 'utf8')) as object, result), `${id}: ${ajv.errorsText()}`).toBe(
      true
    );
    return { code, result, out: printed.slice(before) };
  } catch (error) {
    if (error instanceof Error && error.name === 'AssertionError') throw error;
    return { code: 1, name: (error as Error).name, out: printed.slice(before) };
  } finally {
    process.exitCode = 0;
  }
}

const json = (id: string, ...args: string[]): ReturnType<typeof run> => run(id, ...args, '--json');

const filesUnder = (path: string): string[] =>
  readdirSync(path, { recursive: true, encoding: 'utf8' })
    .map((name) => join(path, name))
    .filter((name) => statSync(name).isFile());

beforeAll(async () => {
  const say = (...what: unknown[]): void => {
    const text = format(...what);
    printed += `${text}\n`;
    watch(text);
  };
  for (const name of ['log', 'warn', 'error', 'info'] as const) vi.spyOn(console, name).mockImplementation(say);
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, 'write').mockImplementation((piece) => (say(String(piece)), true));
  }
  // No program is found, so that no browser opens.
  vi.stubEnv('PATH', folder);
  vi.stubEnv('COSELL_SETTINGS_FILE', join(folder, 'cosell.yaml'));
  center = await startPartnerCenter({ file: ':memory:', port: 0 });
  const { url } = center;
  const partnerCenter = { baseUrl: url, webhooksUrl: url, authority: url };
  writeFileSync(join(folder, 'cosell.yaml'), JSON.stringify({ partnerCenter }));
});
afterAll(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  // Each command leaves a listener that would throw when the signal ends this process.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGBREAK', 'SIGHUP'] as const) process.removeAllListeners(signal);
  await center.close();
  rmSync(folder, { recursive: true });
  rmSync(join(home, '.sf', 'cosell-connections.json'), { force: true });
});

describe('sf cosell connection and webhook, from the sign-in to the end of events', () => {
  it('signs in with the browser, tries, lists, registers, silences and forgets, and never shows a secret', async () => {
    expect((await json('connection list')).result).toEqual([]);
    expect((await json('webhook show')).name).toBe('SIGN_IN_INCOMPLETE');

    watch = (text) => {
      const [url] = /http:\S+authorize\S+/.exec(text) ?? [];
      if (url === undefined) return;
      watch = () => undefined;
      void signInAt(url);
    };
    const account = ['--tenant-id', PARTNER.tenantId ?? '', '--client-id', CLIENT_ID];
    const added = await json('connection add', 'partner-center', '--web', ...account);
    expect(added).toMatchObject({ code: 0, result: { check: { ok: true } } });

    const listed = await json('connection list');
    expect(listed.result).toMatchObject([{ name: 'default', user: 'admin@contoso-partners.example' }]);
    expect((await run('connection list')).out).toContain('admin@contoso-partners.example');
    const tested = await run('connection test', 'partner-center');
    expect([tested.code, tested.out]).toEqual([0, expect.stringContaining('Everything works.')]);

    expect(await json('webhook register', '--url', 'https://flows.example/hook')).toMatchObject({
      code: 0,
      result: { outcome: 'created' }
    });
    // Nobody can be asked here, so that what is there stays.
    expect((await json('webhook register', '--url', URL_OF_OURS)).name).toBe('REGISTRATION_EXISTS');
    const replaced = await run('webhook register', '--url', URL_OF_OURS, '--overwrite');
    expect(replaced.result).toMatchObject({ outcome: 'replaced', previous: { url: 'https://flows.example/hook' } });
    expect(replaced.out).toContain('https://flows.example/hook gets no events any more.');
    expect((await run('webhook show')).out).toContain(URL_OF_OURS);
    center.webhooks.deliverer.pause(true);
    expect(await json('webhook test', '--wait', '0')).toMatchObject({ code: 69, result: { url: URL_OF_OURS } });
    expect(await json('webhook remove', '--no-prompt')).toMatchObject({ result: { outcome: 'silenced' } });

    const secret = (await cliConnections(systemClock).secret('default')) ?? '';
    expect(secret.length).toBeGreaterThan(20);
    center.grants.revokeAll();
    expect(await json('connection test')).toMatchObject({
      code: 1,
      result: { checks: [{ code: 'TOKEN_EXPIRED' }, {}, {}, {}, {}, {}] }
    });
    expect(await json('connection remove', '--name', 'default')).toMatchObject({ code: 0 });
    expect((await json('connection list')).result).toEqual([]);

    expect(printed).toContain('"outcome": "silenced"');
    const kept = filesUnder(home).map((file) => readFileSync(file, 'utf8'));
    for (const text of [printed, ...kept]) {
      expect(text).not.toContain(secret);
      expect(text).not.toMatch(/eyJ[\w-]{20,}\.[\w-]{20,}/);
    }
  });
});
