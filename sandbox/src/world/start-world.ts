import { join } from 'node:path';
import { startPartnerCenter, type RunningPartnerCenter } from '../partner-center/server.js';
import { startRecordPage, type RecordPage } from '../record-page/index.js';
import { startSalesforce, type RunningSalesforce } from '../salesforce/server.js';
import { Cleanup } from './cleanup.js';
import { DataFolder } from './data-folder.js';
import { DemoTokens } from './demo-tokens.js';
import { removeEndpoints, writeEndpoints, type Endpoints } from './endpoints.js';
import type { WorldOptions } from './options.js';
import { claimPorts } from './ports.js';
import { aliases, clientId, deploy, seed, signIn } from './prepare-org.js';
import { opportunities } from './seed/opportunities.js';
import { adminUsername, demoUsers } from './seed/users.js';
import type { Stages } from './stages.js';
import { startSyncService, type RunningService } from './sync-service.js';
import { writeSyncSettings, type SyncSettings } from './sync-settings.js';

export interface RunningWorld {
  endpoints: Endpoints;
  close(): Promise<void>;
}

interface Parts {
  folder: DataFolder;
  salesforce: RunningSalesforce;
  partnerCenter: RunningPartnerCenter;
  page: RecordPage;
  settings: SyncSettings;
  privateKeyFile: string;
  tokens: DemoTokens;
  service?: RunningService;
}

const people = [
  ...demoUsers.map(({ username, firstName, lastName }) => ({ username, displayName: `${firstName} ${lastName}` })),
  { username: adminUsername, displayName: 'Ada Admin' }
];

/** Readiness `complete`, owned by the first seller, no solution chosen yet: the story of the README begins here. */
const firstOpportunity = (): string => opportunities[0]?.name ?? '';

const describeEndpoints = (parts: Parts, startSeconds: number): Endpoints => {
  const { folder, salesforce, partnerCenter, page, settings, privateKeyFile, tokens, service } = parts;
  const session = salesforce.org.sessionFor(adminUsername);
  const name = firstOpportunity().replaceAll("'", "\\'");
  const found = salesforce.org.data.query(session, `SELECT Id FROM Opportunity WHERE Name = '${name}'`).records[0];
  const opportunityId = String(found?.['Id'] ?? '');
  const alias: Record<string, string> = {
    [adminUsername]: aliases.admin,
    'integration@cosell.example': aliases.integration
  };
  return {
    pid: process.pid,
    startedAt: new Date().toISOString(),
    startSeconds,
    recordPage: {
      url: page.url,
      opportunityId,
      opportunityUrl: `${page.url}/lightning/r/Opportunity/${opportunityId}/view`,
      listUrl: `${page.url}/lightning/o/Opportunity/list`
    },
    salesforce: {
      url: salesforce.url,
      controlUrl: salesforce.controlUrl,
      pubSubEndpoint: salesforce.pubSub?.endpoint ?? '',
      pubSubCaFile: salesforce.pubSub?.authorityFile ?? '',
      apiVersion: salesforce.org.apiVersion,
      clientId,
      privateKeyFile,
      users: [...people].reverse().map(({ username, displayName }) => ({
        username,
        displayName,
        ...(alias[username] === undefined ? {} : { alias: alias[username] }),
        accessToken: tokens.current(username)
      }))
    },
    partnerCenter: {
      url: partnerCenter.url,
      inboxUrl: partnerCenter.inboxUrl,
      controlUrl: partnerCenter.controlUrl ?? '',
      authority: partnerCenter.url,
      tenantId: settings.tenantId,
      clientId: settings.clientId,
      refreshToken: settings.refreshToken
    },
    ...(service ? { service: { healthUrl: service.healthUrl, pid: service.pid, logFile: service.logFile } } : {}),
    cli: { home: folder.file('home'), targetOrg: aliases.integration, settingsFile: settings.file, env: settings.env }
  };
};

const startPage = (
  salesforce: RunningSalesforce,
  tokens: DemoTokens,
  root: string,
  port: number
): Promise<RecordPage> =>
  startRecordPage({
    port,
    salesforceUrl: salesforce.url,
    changes: salesforce.org.changes,
    buildDir: join(root, 'sandbox', 'build', 'record-page'),
    users: people
      .filter(({ username }) => !username.startsWith('integration'))
      .map(({ username, displayName }) => ({
        username,
        displayName,
        get accessToken() {
          return tokens.current(username);
        }
      }))
  });

/**
 * Brings up the whole sandbox, stage by stage, and writes `endpoints.json` last, so that its presence means "everything answers".
 * Throws `SandboxError`; whatever was started before the failure is stopped.
 */
export const startWorld = async (
  options: WorldOptions,
  root: string,
  stages: Stages,
  say: (line: string) => void
): Promise<RunningWorld> => {
  const cleanup = new Cleanup();
  try {
    const { folder, ports } = await stages.run('Data folder and ports', async () => ({
      folder: DataFolder.open(options.dataDir),
      ports: await claimPorts(options.ports)
    }));
    const salesforce = await stages.run(
      'Salesforce stand-in',
      () =>
        startSalesforce({
          file: folder.file('salesforce.db'),
          port: ports.salesforce,
          controlPort: ports.salesforceControl,
          pubSubPort: ports.salesforcePubSub,
          latencyMs: options.latencyMs
        }),
      ({ url }) => url
    );
    cleanup.add(() => salesforce.close());
    const partnerCenter = await stages.run(
      'Partner Center stand-in',
      () =>
        startPartnerCenter({
          file: folder.file('partner-center.db'),
          port: ports.partnerCenter,
          controlPort: ports.partnerCenterControl,
          seed: true
        }),
      ({ url }) => url
    );
    cleanup.add(() => partnerCenter.close());
    if (options.latencyMs > 0) {
      partnerCenter.faults.add({ kind: 'latency', milliseconds: options.latencyMs, count: Infinity });
    }
    const preparation = { root, folder, salesforce };
    const privateKeyFile = await stages.run('Sign-in', () => signIn(preparation));
    await stages.run(
      'Deploy',
      () => deploy(preparation),
      (text) => text
    );
    await stages.run(
      'Permission sets and data',
      () => seed(preparation),
      (data) =>
        data ? `${data.accounts} accounts, ${data.contacts} contacts, ${data.opportunities} opportunities` : 'kept'
    );
    const settings = writeSyncSettings(folder, partnerCenter, {
      pollIntervalMs: options.pollIntervalMs,
      healthPort: ports.service,
      pubSub: salesforce.pubSub
    });
    const tokens = new DemoTokens(salesforce.org, () => Date.now());
    const [page, service] = await Promise.all([
      stages.run(
        'Record page',
        () => startPage(salesforce, tokens, root, ports.page),
        ({ url }) => url
      ),
      options.service
        ? stages.run(
            'Sync service',
            () =>
              startSyncService({
                root,
                folder,
                settingsFile: settings.file,
                env: settings.env,
                healthPort: ports.service
              }),
            ({ healthUrl }) => healthUrl
          )
        : undefined
    ]);
    cleanup.add(() => page.close());
    if (service) {
      let closing = false;
      cleanup.add(() => {
        closing = true;
        return service.close();
      });
      void service.ended.then(() => {
        if (!closing) say(`The sync service ended by itself. Look at ${service.logFile}.`);
      });
    }
    const parts = {
      folder,
      salesforce,
      partnerCenter,
      page,
      settings,
      privateKeyFile,
      tokens,
      ...(service ? { service } : {})
    };
    const endpoints = describeEndpoints(parts, stages.elapsed() / 1000);
    writeEndpoints(folder, endpoints);
    cleanup.add(() => removeEndpoints(folder));
    return { endpoints, close: () => cleanup.run() };
  } catch (error) {
    await cleanup.run();
    throw error;
  }
};
