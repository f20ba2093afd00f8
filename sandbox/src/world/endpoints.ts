import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import type { DataFolder } from './data-folder.js';

export interface EndpointUser {
  username: string;
  displayName: string;
  /** Alias under which the user is signed in in the sandbox's own CLI home. */
  alias?: string;
  accessToken: string;
}

/** `.sandbox/endpoints.json`: what a script needs to talk to a running sandbox. */
export interface Endpoints {
  /** The process that owns everything. */
  pid: number;
  startedAt: string;
  startSeconds: number;
  recordPage: { url: string; opportunityUrl: string; opportunityId: string; listUrl: string };
  salesforce: {
    url: string;
    controlUrl: string;
    /** Host and port of the Pub/Sub API, and the authority behind its certificate. */
    pubSubEndpoint: string;
    pubSubCaFile: string;
    apiVersion: string;
    clientId: string;
    privateKeyFile: string;
    users: EndpointUser[];
  };
  partnerCenter: {
    url: string;
    inboxUrl: string;
    controlUrl: string;
    authority: string;
    tenantId: string;
    clientId: string;
    refreshToken: string;
    /** Where the sync service receives events, and the PEM file of the authority that signs them. */
    webhookUrl: string;
    webhookRootFile: string;
  };
  businessCentral: {
    url: string;
    /** Base of API v2.0 in the environment. */
    apiUrl: string;
    /** Customers, items and orders for people. */
    pagesUrl: string;
    controlUrl: string;
    /** Base of the token endpoint `/{tenantId}/oauth2/v2.0/token`. */
    authority: string;
    tenantId: string;
    environment: string;
    companyId: string;
    companyName: string;
    clientId: string;
    clientSecret: string;
  };
  service?: { healthUrl: string; pid: number; logFile: string };
  cli: {
    /** HOME in which the demo users are signed in. */
    home: string;
    targetOrg: string;
    settingsFile: string;
    /** Variables the sync commands need besides the settings file. */
    env: Record<string, string>;
  };
}

const fileName = 'endpoints.json';

export const writeEndpoints = (folder: DataFolder, endpoints: Endpoints): void => {
  // Written under another name first: whoever sees the file sees all of it.
  const draft = folder.file(`${fileName}.new`);
  writeFileSync(draft, `${JSON.stringify(endpoints, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, folder.file(fileName));
};

export const removeEndpoints = (folder: DataFolder): void => rmSync(folder.file(fileName), { force: true });

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

const readEndpoints = (dataDir: string): Endpoints | undefined => {
  try {
    return JSON.parse(readFileSync(`${dataDir}/${fileName}`, 'utf8')) as Endpoints;
  } catch (error) {
    // The owner removes the file when it stops, possibly at this very moment.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
};

/** The endpoints of a sandbox that runs in `dataDir` now, if there is one; a file left behind by a killed process does not count. */
export const runningEndpoints = (dataDir: string): Endpoints | undefined => {
  const endpoints = readEndpoints(dataDir);
  return endpoints !== undefined && alive(endpoints.pid) ? endpoints : undefined;
};

/** The sync service of a sandbox that was killed: it lives on and holds its port. */
export const orphanedService = (dataDir: string): Endpoints['service'] | undefined => {
  const endpoints = readEndpoints(dataDir);
  if (endpoints === undefined || alive(endpoints.pid)) return undefined;
  return endpoints.service !== undefined && alive(endpoints.service.pid) ? endpoints.service : undefined;
};
