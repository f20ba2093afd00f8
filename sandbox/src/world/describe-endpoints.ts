import type { Endpoints, EndpointUser } from './endpoints.js';
import { people, type Parts } from './parts.js';
import { aliases, clientId } from './prepare-org.js';
import { opportunities } from './seed/opportunities.js';
import { adminUsername, integrationUsername } from './seed/users.js';

const aliasOf: Readonly<Record<string, string>> = {
  [adminUsername]: aliases.admin,
  [integrationUsername]: aliases.integration
};

/** Owned by the first seller and complete but for a solution: the story of the README begins here. */
const firstOpportunityId = ({ salesforce }: Parts): string => {
  const name = (opportunities[0]?.name ?? '').replaceAll("'", "\\'");
  const session = salesforce.org.sessionFor(adminUsername);
  const found = salesforce.org.data.query(session, `SELECT Id FROM Opportunity WHERE Name = '${name}'`).records[0];
  return String(found?.['Id'] ?? '');
};

/** The administrator first: most scripts want to act as one. */
const users = ({ tokens }: Parts): EndpointUser[] =>
  [...people].reverse().map(({ username, displayName }) => ({
    username,
    displayName,
    ...(aliasOf[username] === undefined ? {} : { alias: aliasOf[username] }),
    accessToken: tokens.current(username)
  }));

/** What `endpoints.json` says about a running sandbox. */
export const describeEndpoints = (parts: Parts, startSeconds: number): Endpoints => {
  const { folder, salesforce, partnerCenter, page, settings, webhooks, privateKeyFile, service } = parts;
  const opportunityId = firstOpportunityId(parts);
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
      users: users(parts)
    },
    partnerCenter: {
      url: partnerCenter.url,
      inboxUrl: partnerCenter.inboxUrl,
      controlUrl: partnerCenter.controlUrl ?? '',
      authority: partnerCenter.url,
      tenantId: settings.tenantId,
      clientId: settings.clientId,
      refreshToken: settings.refreshToken,
      webhookUrl: webhooks.url,
      webhookRootFile: webhooks.rootFile
    },
    ...(service ? { service: { healthUrl: service.healthUrl, pid: service.pid, logFile: service.logFile } } : {}),
    cli: { home: folder.file('home'), targetOrg: aliases.integration, settingsFile: settings.file, env: settings.env }
  };
};
