import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
  writeFileSync(folder.file(fileName), `${JSON.stringify(endpoints, null, 2)}\n`, { mode: 0o600 });
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

/** The endpoints of a sandbox that runs in `dataDir` now, if there is one; a file left behind by a killed process does not count. */
export const runningEndpoints = (dataDir: string): Endpoints | undefined => {
  const file = `${dataDir}/${fileName}`;
  if (!existsSync(file)) return undefined;
  const endpoints = JSON.parse(readFileSync(file, 'utf8')) as Endpoints;
  return alive(endpoints.pid) ? endpoints : undefined;
};
