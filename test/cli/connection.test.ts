import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { realSf } from '../../scripts/lib/real-sf.mjs';
import { endpoints } from '../support/sandbox.js';

const root = new URL('../../', import.meta.url).pathname;
let home: string;

function sf(...args: string[]): Promise<{ code: number; stdout: string }> {
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    HOME: home,
    SF_USE_GENERIC_UNIX_KEYCHAIN: 'true',
    SF_DISABLE_TELEMETRY: 'true',
    SF_AUTOUPDATE_DISABLE: 'true',
    SF_SKIP_NEW_VERSION_CHECK: 'true',
    COSELL_SETTINGS_FILE: endpoints().cli.settingsFile,
    ...endpoints().cli.env
  };
  return new Promise((resolve) => {
    execFile(process.execPath, [realSf, ...args], { env, cwd: home }, (error, stdout) =>
      resolve({ code: error ? Number(error.code ?? 1) : 0, stdout })
    );
  });
}

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'cosell-sf-'));
  const linked = await sf('plugins', 'link', root, '--no-install');
  expect(linked.code, linked.stdout).toBe(0);
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

describe('sf cosell connection with the real sf', () => {
  it("finds nothing wrong with the sandbox's sign-in, and names a tenant that is wrong", async () => {
    const good = await sf('cosell', 'connection', 'test', 'partner-center', '--json');
    expect(JSON.parse(good.stdout)).toMatchObject({
      status: 0,
      result: { ok: true, connection: null, tenantId: endpoints().partnerCenter.tenantId }
    });
    process.env['COSELL_PARTNER_CENTER_TENANT_ID'] = 'nowhere.example';
    const bad = await sf('cosell', 'connection', 'test', '--json');
    delete process.env['COSELL_PARTNER_CENTER_TENANT_ID'];
    expect(JSON.parse(bad.stdout)).toMatchObject({
      status: 1,
      result: { ok: false, checks: [{ check: 'referralsSignIn', code: 'UNKNOWN_TENANT' }, {}, {}, {}, {}, {}] }
    });
    expect(bad.code).toBe(1);
  });
});
