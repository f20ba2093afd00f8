import { join } from 'node:path';
import { startBusinessCentral, type RunningBusinessCentral } from '../business-central/server.js';
import { startPartnerCenter, type RunningPartnerCenter } from '../partner-center/server.js';
import { changeSource } from '../salesforce/core/change-access.js';
import { startRecordPage, type RecordPage, type RecordPageOptions } from '../record-page/index.js';
import { startSalesforce, type RunningSalesforce } from '../salesforce/server.js';
import type { DataFolder } from './data-folder.js';
import type { DemoTokens } from './demo-tokens.js';
import type { Ports, WorldOptions } from './options.js';
import { adminUsername, demoUsers, integrationUsername } from './seed/users.js';
import type { RunningService } from './sync-service.js';
import type { SyncSettings } from './sync-settings.js';
import type { WebhookPlace } from './webhook-receiver.js';

/** Everything that runs, and what is needed to describe it. */
export interface Parts {
  folder: DataFolder;
  salesforce: RunningSalesforce;
  partnerCenter: RunningPartnerCenter;
  businessCentral: RunningBusinessCentral;
  page: RecordPage;
  settings: SyncSettings;
  webhooks: WebhookPlace;
  privateKeyFile: string;
  tokens: DemoTokens;
  service?: RunningService;
}

/** The demo users as people see them, sellers first. */
export const people = [
  ...demoUsers.map(({ username, firstName, lastName }) => ({ username, displayName: `${firstName} ${lastName}` })),
  { username: adminUsername, displayName: 'Ada Admin' }
];

export const startOrg = (folder: DataFolder, ports: Ports, { latencyMs }: WorldOptions): Promise<RunningSalesforce> =>
  startSalesforce({
    file: folder.file('salesforce.db'),
    port: ports.salesforce,
    controlPort: ports.salesforceControl,
    pubSubPort: ports.salesforcePubSub,
    latencyMs
  });

export const startReferrals = async (
  folder: DataFolder,
  ports: Ports,
  { latencyMs }: WorldOptions
): Promise<RunningPartnerCenter> => {
  const partnerCenter = await startPartnerCenter({
    file: folder.file('partner-center.db'),
    port: ports.partnerCenter,
    controlPort: ports.partnerCenterControl,
    seed: true
  });
  if (latencyMs > 0) partnerCenter.faults.add({ kind: 'latency', milliseconds: latencyMs, count: Infinity });
  return partnerCenter;
};

export const startErp = async (
  folder: DataFolder,
  ports: Ports,
  { latencyMs }: WorldOptions
): Promise<RunningBusinessCentral> => {
  const businessCentral = await startBusinessCentral({
    file: folder.file('business-central.db'),
    port: ports.businessCentral,
    controlPort: ports.businessCentralControl,
    seed: 'demo'
  });
  if (latencyMs > 0) businessCentral.faults.add({ kind: 'latency', milliseconds: latencyMs, count: Infinity });
  return businessCentral;
};

/** The record page, with every demo user but the integration user in its menu. */
export const startPage = (
  salesforce: RunningSalesforce,
  tokens: DemoTokens,
  root: string,
  { port, links }: Required<Pick<RecordPageOptions, 'port' | 'links'>>
): Promise<RecordPage> =>
  startRecordPage({
    port,
    links,
    salesforceUrl: salesforce.url,
    changes: changeSource(salesforce.org),
    buildDir: join(root, 'sandbox', 'build', 'record-page'),
    users: people
      .filter(({ username }) => username !== integrationUsername)
      .map(({ username, displayName }) => ({
        username,
        displayName,
        get accessToken() {
          return tokens.current(username);
        }
      }))
  });
