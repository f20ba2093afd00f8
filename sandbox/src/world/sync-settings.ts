import { writeFileSync } from 'node:fs';
import { stringify } from 'yaml';
import { INTEGRATION_CLIENT_ID, INTEGRATION_SECRET, TENANT } from '../business-central/identity/applications.js';
import type { RunningBusinessCentral } from '../business-central/server.js';
import { CLIENT_ID, PARTNER } from '../partner-center/core/directory.js';
import type { RunningPartnerCenter } from '../partner-center/server.js';
import { SUBJECT } from '../partner-center/webhooks/authority.js';
import type { RunningSalesforce } from '../salesforce/server.js';
import type { DataFolder } from './data-folder.js';
import { sellerUsername } from './seed/users.js';

/** Holds the refresh token of the sandbox's Partner Center user; a real one lives in the operator's secret store. */
const refreshTokenVariable = 'COSELL_PARTNER_CENTER_REFRESH_TOKEN';
/** From which `sf cosell connection add business-central` takes the secret of the application. */
const secretVariable = 'COSELL_BUSINESS_CENTRAL_SECRET';

export interface SyncSettings {
  file: string;
  env: Record<string, string>;
  tenantId: string;
  clientId: string;
  refreshToken: string;
}

export interface WebhookSetting {
  port: number;
  /** PEM file with the root of the stand-in's signing certificates. */
  rootFile: string;
}

/** Writes `cosell.yaml` and `env.sh`, with which `sf cosell sync` finds the stand-ins. */
export const writeSyncSettings = (
  folder: DataFolder,
  partnerCenter: RunningPartnerCenter,
  options: {
    pollIntervalMs: number;
    healthPort: number;
    webhooks: WebhookSetting;
    pubSub: RunningSalesforce['pubSub'];
    businessCentral: Pick<RunningBusinessCentral, 'url'>;
  }
): SyncSettings => {
  const file = folder.file('cosell.yaml');
  const tenantId = PARTNER.tenantId ?? 'common';
  const refreshToken = partnerCenter.issueRefreshToken();
  const { endpoint, authorityFile } = options.pubSub ?? {};
  const { webhooks, businessCentral } = options;
  const settings = {
    salesforce: { changeEvents: { endpoint, caFile: authorityFile } },
    partnerCenter: {
      baseUrl: partnerCenter.url,
      webhooksUrl: partnerCenter.url,
      authority: partnerCenter.url,
      tenantId,
      clientId: CLIENT_ID,
      refreshTokenVariable,
      tokenCacheFile: 'tokens.json',
      inboxUrlTemplate: `${partnerCenter.inboxUrl}/referrals/{id}`
    },
    businessCentral: {
      baseUrl: businessCentral.url,
      authority: businessCentral.url,
      tenantId: TENANT.id,
      clientId: INTEGRATION_CLIENT_ID
    },
    ledger: 'cosell.ledger',
    // What nobody else is to own goes to a seller: the owner of a deal is the one who answers it.
    cosell: { inbound: { ownerFallback: sellerUsername } },
    pollInterval: `${options.pollIntervalMs}ms`,
    // The stand-in lists a referral at once, however seldom the service looks.
    lookupDelay: '1s',
    health: { port: options.healthPort },
    webhook: { port: webhooks.port, hosts: [partnerCenter.url], rootCaFile: webhooks.rootFile, subject: SUBJECT }
  };
  writeFileSync(file, `# Settings of the sync service in the sandbox. Written at every start.\n${stringify(settings)}`);
  const env = { [refreshTokenVariable]: refreshToken, [secretVariable]: INTEGRATION_SECRET };
  const exports = Object.entries({ COSELL_SETTINGS_FILE: file, ...env }).map(
    ([name, value]) => `export ${name}='${value}'`
  );
  writeFileSync(folder.file('env.sh'), `${exports.join('\n')}\n`, { mode: 0o600 });
  return { file, env, tenantId, clientId: CLIENT_ID, refreshToken };
};
