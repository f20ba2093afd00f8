import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

let home: string | undefined;

/**
 * Keeps `@salesforce/core` away from the sign-ins of whoever runs the tests; before its first import. It remembers the
 * folder, so all the files of a process share one.
 */
export function ownHome(): string {
  if (home !== undefined) return home;
  const own = (home = mkdtempSync(join(tmpdir(), 'cosell-test-')));
  process.env['HOME'] = own;
  process.env['SF_DISABLE_TELEMETRY'] = 'true';
  process.env['SF_DISABLE_LOG_FILE'] = 'true';
  process.env['SF_USE_GENERIC_UNIX_KEYCHAIN'] = 'true';
  process.once('exit', () => rmSync(own, { recursive: true, force: true }));
  return own;
}
