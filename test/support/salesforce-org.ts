import type { Connection, Org } from '@salesforce/core';
import { deployPackage } from '../../plugin/src/deploy/index.js';
import type { CosellDeployResult, DeployInput } from '../../plugin/src/deploy/index.js';
import { systemClock } from '../../plugin/src/ports/clock.js';
import { startSalesforce } from '../../sandbox/src/salesforce/server.js';
import type { RunningSalesforce, SalesforceOptions } from '../../sandbox/src/salesforce/server.js';

export { ownHome } from './own-home.js';

export const admin = 'ada.admin@cosell.example';

/** A connection as the sf CLI makes it, signed in with an access token. */
export async function connect(salesforce: RunningSalesforce, username = admin): Promise<Connection> {
  const { AuthInfo, Connection: Core } = await import('@salesforce/core');
  const accessToken = salesforce.org.auth.issueAccessToken(username);
  const authInfo = await AuthInfo.create({
    username: accessToken,
    accessTokenOptions: { accessToken, instanceUrl: salesforce.url }
  });
  const connection = await Core.create({ authInfo });
  connection.setApiVersion('66.0');
  return connection;
}

/** The part of an `Org` that the deploy uses. */
export function orgOf(connection: Connection, username = admin): Org {
  const org = { getConnection: () => connection, getUsername: () => username, getOrgId: () => '00D000000000001EAA' };
  return org as unknown as Org;
}

export async function deployTo(
  connection: Connection,
  changes: Partial<DeployInput> = {}
): Promise<CosellDeployResult> {
  return deployPackage({
    org: orgOf(connection),
    checkOnly: false,
    changeEvents: false,
    translations: false,
    permissionSets: [],
    waitMs: 60_000,
    clock: systemClock,
    env: {},
    ...changes
  });
}

/** An empty org on a free port, without our metadata. */
export function startOrg(options: Partial<SalesforceOptions> = {}): Promise<RunningSalesforce> {
  return startSalesforce({ port: 0, ...options });
}
