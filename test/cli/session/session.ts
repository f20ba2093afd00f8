import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { RealSf } from '../../../scripts/lib/real-sf.mjs';
import { setLanguages } from '../../../sandbox/src/salesforce/core/translation-workbench.js';
import { startSalesforce } from '../../../sandbox/src/salesforce/server.js';
import type { RunningSalesforce } from '../../../sandbox/src/salesforce/server.js';
import { jwtKey } from '../../../sandbox/src/world/jwt-key.js';
import { SalesforceClient } from '../../../sandbox/src/world/salesforce-client.js';
import { seedUsers } from '../../../sandbox/src/world/seed/users.js';
import { Sf } from './sf.js';

export const admin = 'ada.admin@cosell.example';
export const seller = 'sam.seller@cosell.example';
export const clientId = 'sf-session';
/** Rows of one page of a bulk query result: few, so that a small export has several pages. */
export const resultRows = 3;

const root = new URL('../../../', import.meta.url).pathname;

/** An org without our metadata, a CLI that was never signed in, and a copy of this repository's project. */
export interface Session {
  sf: Sf;
  salesforce: RunningSalesforce;
  privateKeyFile: string;
  /** Writes a file into the project folder; returns its path. */
  write(path: string, text: string): string;
  /** Calls the test-only port, for example `control('POST', '/faults', { expireTokens: true })`. */
  control<T>(method: string, path: string, body?: unknown): Promise<T>;
  close(): Promise<void>;
}

export const startSession = async (cli: RealSf): Promise<Session> => {
  const folder = mkdtempSync(join(tmpdir(), 'cosell-session-'));
  const project = join(folder, 'project');
  const home = join(folder, 'home');
  for (const path of [project, home]) mkdirSync(path);
  for (const name of ['force-app', 'sfdx-project.json', '.forceignore']) {
    cpSync(join(root, name), join(project, name), { recursive: true });
  }
  const salesforce = await startSalesforce({ port: 0, controlPort: 0, limits: { bulkResultRows: resultRows } });
  // The project has Dutch texts, which only an org with that language takes.
  setLanguages(salesforce.org, ['nl_NL']);
  await seedUsers(new SalesforceClient(salesforce.url, salesforce.org.auth.issueAccessToken(admin)));
  const { privateKeyFile, publicKey } = jwtKey(join(folder, 'jwt.key'));
  salesforce.org.auth.registerClient({ clientId, publicKey, usernames: [admin] });
  return {
    sf: new Sf(cli, home, project),
    salesforce,
    privateKeyFile,
    write(path, text) {
      const file = join(project, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
      return file;
    },
    async control<T>(method: string, path: string, body?: unknown) {
      const response = await fetch(`${salesforce.controlUrl}${path}`, {
        method,
        ...(body === undefined ? {} : { body: JSON.stringify(body) })
      });
      if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}.`);
      return (await response.json()) as T;
    },
    async close() {
      await salesforce.close();
      rmSync(folder, { recursive: true, force: true });
    }
  };
};
