import { INTEGRATION_CLIENT_ID, INTEGRATION_SECRET, TENANT } from '../business-central/identity/applications.js';
import { COMPANY, ENVIRONMENT } from '../business-central/seed/seed.js';
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

const describeBusinessCentral = ({
  url,
  pagesUrl,
  controlUrl
}: Parts['businessCentral']): Endpoints['businessCentral'] => ({
  url,
  apiUrl: `${url}/v2.0/${TENANT.id}/${ENVIRONMENT}/api/v2.0`,
  pagesUrl,
  controlUrl: controlUrl ?? '',
  authority: url,
  tenantId: TENANT.id,
  environment: ENVIRONMENT,
  companyId: COMPANY.id,
  companyName: COMPANY.name,
  clientId: INTEGRATION_CLIENT_ID,
  clientSecret: INTEGRATION_SECRET
});

/** What `endpoints.json` says about a running sandbox. */
export const describeEndpoints = (parts: Parts, startSeconds: number): Endpoints => {
  const { folder, salesforce, partnerCenter, businessCentral, page, settings, webhooks, privateKeyFile, service } =
    parts;
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
    businessCentral: describeBusinessCentral(businessCentral),
    ...(service ? { service: { healthUrl: service.healthUrl, pid: service.pid, logFile: service.logFile } } : {}),
    cli: { home: folder.file('home'), targetOrg: aliases.integration, settingsFile: settings.file, env: settings.env }
  };
};
