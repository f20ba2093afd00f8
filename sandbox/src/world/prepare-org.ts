import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { RunningSalesforce } from '../salesforce/server.js';
import { addFirstStage } from '../salesforce/core/opportunity-stages.js';
import { setLanguages } from '../salesforce/core/translation-workbench.js';
import { solutionCatalogue } from '../partner-center/solution-catalogue.js';
import type { CliLoginRequest } from './cli-login.js';
import { cliEnvironment, runCli, runNode } from './cli-process.js';
import type { DataFolder } from './data-folder.js';
import { fingerprint } from './fingerprint.js';
import { jwtKey } from './jwt-key.js';
import { SalesforceClient } from './salesforce-client.js';
import { seedOrg } from './seed/seed-org.js';
import { adminUsername, assignPermissionSets, demoUsers, integrationUsername, seedUsers } from './seed/users.js';

/** The External Client App that the demo users sign in with. */
export const clientId = 'cosell-sandbox';

/** Aliases in the sandbox's own CLI home. */
export const aliases = { admin: 'cosell-sandbox', integration: 'cosell-integration' } as const;

/** The product's default for `cosell.onHoldStage` (plugin/schemas/settings.json). */
const onHoldStage = 'On Hold';
/** Percent, as of the first stages of a new org. */
const onHoldProbability = 10;

export interface OrgPreparation {
  root: string;
  folder: DataFolder;
  salesforce: RunningSalesforce;
}

const adminClient = ({ salesforce }: OrgPreparation): SalesforceClient =>
  new SalesforceClient(salesforce.url, salesforce.org.auth.issueAccessToken(adminUsername));

/** Users who may sign in, and the CLI's sign-ins in the sandbox's own home. Returns the key file for people's own CLI. */
export const signIn = async (preparation: OrgPreparation): Promise<string> => {
  const { folder, salesforce } = preparation;
  if (folder.get().seed === 'none') {
    folder.set({ seed: 'running' });
    // What an administrator does in Setup before deals of others come in: a new org has no stage on which they could wait.
    addFirstStage(salesforce.org, adminUsername, onHoldStage, onHoldProbability);
    await seedUsers(adminClient(preparation));
  }
  const key = jwtKey(folder.file('keys', 'jwt.key'));
  salesforce.org.auth.registerClient({
    clientId,
    publicKey: key.publicKey,
    usernames: [adminUsername, ...demoUsers.map((user) => user.username)]
  });
  // Sign-ins of an earlier start may name another port; they cannot be overwritten, only made anew.
  rmSync(folder.file('home'), { recursive: true, force: true });
  mkdirSync(folder.file('home'));
  const request: CliLoginRequest = {
    instanceUrl: salesforce.url,
    clientId,
    privateKeyFile: key.privateKeyFile,
    users: [
      { username: adminUsername, alias: aliases.admin },
      { username: integrationUsername, alias: aliases.integration }
    ]
  };
  await runNode(
    [join(import.meta.dirname, 'cli-login.js'), JSON.stringify(request)],
    cliEnvironment(folder.file('home'))
  );
  return key.privateKeyFile;
};

/** Deploys our metadata with our own command, unless the org has exactly this metadata already. */
export const deploy = async (preparation: OrgPreparation): Promise<string> => {
  const { root, folder, salesforce } = preparation;
  const current = fingerprint(join(root, 'force-app'));
  if (folder.get().deployed === current) return 'unchanged since the last start';
  // What an administrator does in Setup, Translation Language Settings.
  setLanguages(salesforce.org, ['nl_NL']);
  const result = await runCli<{ components: unknown[] }>(
    ['cosell', 'deploy', '--target-org', aliases.admin, '--change-events', '--translations'],
    { root, home: folder.file('home'), logFile: folder.file('logs', 'deploy.log') }
  );
  folder.set({ deployed: current });
  return `${result.components.length} components by sf cosell deploy`;
};

/** Permission sets after every deploy, data once. */
export const seed = async (preparation: OrgPreparation): Promise<string> => {
  const { folder } = preparation;
  const client = adminClient(preparation);
  await assignPermissionSets(client);
  if (folder.get().seed === 'done') return 'kept';
  const users = await client.query<{ Id: string; Username: string }>('SELECT Id, Username FROM User');
  const sellers = demoUsers.filter((user) => user.ownsDeals);
  const owners = sellers.map((seller) => users.find((user) => user.Username === seller.username)?.Id ?? '');
  const made = await seedOrg(client, { catalogue: solutionCatalogue, owners, now: new Date() });
  folder.set({ seed: 'done' });
  return `${made.accounts} accounts, ${made.contacts} contacts, ${made.opportunities} opportunities`;
};
