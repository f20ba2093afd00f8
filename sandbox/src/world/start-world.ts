import { Cleanup } from './cleanup.js';
import { connectErp } from './connect-erp.js';
import { DataFolder } from './data-folder.js';
import { DemoTokens } from './demo-tokens.js';
import { describeEndpoints } from './describe-endpoints.js';
import { removeEndpoints, writeEndpoints, type Endpoints } from './endpoints.js';
import type { Ports, WorldOptions } from './options.js';
import { startErp, startOrg, startPage, startReferrals, type Parts } from './parts.js';
import { claimPorts } from './ports.js';
import { deploy, seed, signIn } from './prepare-org.js';
import type { Stages } from './stages.js';
import { startSyncService, type RunningService } from './sync-service.js';
import { writeSyncSettings } from './sync-settings.js';
import { prepareReceiver, registerReceiver } from './webhook-receiver.js';

export interface RunningWorld {
  endpoints: Endpoints;
  close(): Promise<void>;
}

interface Start {
  options: WorldOptions;
  root: string;
  stages: Stages;
  cleanup: Cleanup;
  /** For what happens later, outside a stage. */
  say: (line: string) => void;
}

const startStandIns = async ({ options, stages, cleanup }: Start, folder: DataFolder, ports: Ports) => {
  const url = (server: { url: string }): string => server.url;
  const salesforce = await stages.run('Salesforce stand-in', () => startOrg(folder, ports, options), url);
  cleanup.add(() => salesforce.close());
  const partnerCenter = await stages.run('Partner Center stand-in', () => startReferrals(folder, ports, options), url);
  cleanup.add(() => partnerCenter.close());
  const businessCentral = await stages.run('Business Central stand-in', () => startErp(folder, ports, options), url);
  cleanup.add(() => businessCentral.close());
  return { salesforce, partnerCenter, businessCentral };
};

/** The service may end by itself; then the terminal says so, because nothing on the page would. */
const watch = (service: RunningService, { cleanup, say }: Start): void => {
  let closing = false;
  cleanup.add(() => {
    closing = true;
    return service.close();
  });
  void service.ended.then(() => {
    if (!closing) say(`The sync service ended by itself. Look at ${service.logFile}.`);
  });
};

const startService = async (start: Start, parts: Parts, healthPort: number): Promise<RunningService> => {
  const { folder, settings } = parts;
  const service = await start.stages.run(
    'Sync service',
    () => startSyncService({ root: start.root, folder, settingsFile: settings.file, env: settings.env, healthPort }),
    ({ healthUrl }) => healthUrl
  );
  watch(service, start);
  return service;
};

const startAll = async (start: Start): Promise<Endpoints> => {
  const { options, root, stages, cleanup } = start;
  const { folder, ports } = await stages.run('Data folder and ports', async () => ({
    folder: DataFolder.open(options.dataDir),
    ports: await claimPorts(options.ports)
  }));
  // Undone last: while the file is there, something may still be running.
  cleanup.add(() => removeEndpoints(folder));
  const { salesforce, partnerCenter, businessCentral } = await startStandIns(start, folder, ports);
  const preparation = { root, folder, salesforce };
  const privateKeyFile = await stages.run('Sign-in', () => signIn(preparation));
  const text = (detail: string): string => detail;
  await stages.run('Deploy', () => deploy(preparation), text);
  await stages.run('Permission sets and data', () => seed(preparation), text);
  const webhooks = await prepareReceiver(folder, partnerCenter, ports.webhooks);
  const settings = writeSyncSettings(folder, partnerCenter, {
    pollIntervalMs: options.pollIntervalMs,
    healthPort: ports.service,
    webhooks,
    pubSub: salesforce.pubSub,
    businessCentral
  });
  await stages.run('Business Central connection', () => connectErp(root, folder, settings), text);
  const tokens = new DemoTokens(salesforce.org, () => Date.now());
  const links = [
    { label: 'Partner Center', url: partnerCenter.inboxUrl },
    { label: 'Business Central', url: businessCentral.pagesUrl }
  ];
  const page = await stages.run(
    'Record page',
    () => startPage(salesforce, tokens, root, { port: ports.page, links }),
    ({ url }) => url
  );
  cleanup.add(() => page.close());
  const parts: Parts = {
    folder,
    salesforce,
    partnerCenter,
    businessCentral,
    page,
    settings,
    webhooks,
    privateKeyFile,
    tokens
  };
  if (options.service) {
    parts.service = await startService(start, parts, ports.service);
    // Last: an event that comes before somebody listens costs ten seconds until it is sent again.
    await registerReceiver(partnerCenter, webhooks.url);
  }
  const endpoints = describeEndpoints(parts, stages.elapsed() / 1000);
  writeEndpoints(folder, endpoints);
  return endpoints;
};

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
    const endpoints = await startAll({ options, root, stages, cleanup, say });
    return { endpoints, close: () => cleanup.run() };
  } catch (error) {
    await cleanup.run();
    throw error;
  }
};
