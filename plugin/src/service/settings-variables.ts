import { setAt } from '../mapping/paths.js';
import type { JsonObject } from '../ports/json.js';

/**
 * Environment variable → place in the settings. They win over the file; a later one wins over an earlier one. Those that
 * begin with `msft_` are the environment variables of Microsoft's connector, by its own names.
 */
const OVERRIDES: Readonly<Record<string, string>> = {
  msft_activestagename: 'cosell.activeStage',
  msft_onholdstagename: 'cosell.onHoldStage',
  msft_customeraccountcountrycode: 'cosell.countryField',
  msft_dealvaluefield: 'cosell.dealValueField',
  msft_dealcurrencycodefield: 'cosell.dealCurrencyField',
  msft_displaycheckmarkinname: 'cosell.markName',
  msft_synccosellopportunitiesonly: 'cosell.cosellOnly',
  COSELL_ACTIVE_STAGE: 'cosell.activeStage',
  COSELL_ON_HOLD_STAGE: 'cosell.onHoldStage',
  COSELL_COUNTRY_FIELD: 'cosell.countryField',
  COSELL_DEAL_VALUE_FIELD: 'cosell.dealValueField',
  COSELL_DEAL_CURRENCY_FIELD: 'cosell.dealCurrencyField',
  COSELL_MARK_NAME: 'cosell.markName',
  COSELL_COSELL_ONLY: 'cosell.cosellOnly',
  COSELL_AUDIT_RETENTION_DAYS: 'cosell.auditRetentionDays',
  COSELL_DEFAULT_DEAL_KIND: 'cosell.defaultDealKind',
  COSELL_MAY_SHARE: 'cosell.mayShare',
  COSELL_PARTNER_CENTER_BASE_URL: 'partnerCenter.baseUrl',
  COSELL_PARTNER_CENTER_WEBHOOKS_URL: 'partnerCenter.webhooksUrl',
  COSELL_PARTNER_CENTER_CONNECTION: 'partnerCenter.connection',
  COSELL_PARTNER_CENTER_AUDIENCE: 'partnerCenter.audience',
  COSELL_PARTNER_CENTER_AUTHORITY: 'partnerCenter.authority',
  COSELL_PARTNER_CENTER_TENANT_ID: 'partnerCenter.tenantId',
  COSELL_PARTNER_CENTER_CLIENT_ID: 'partnerCenter.clientId',
  COSELL_PARTNER_CENTER_TOKEN_CACHE_FILE: 'partnerCenter.tokenCacheFile',
  COSELL_PARTNER_CENTER_INBOX_URL_TEMPLATE: 'partnerCenter.inboxUrlTemplate',
  COSELL_BUSINESS_CENTRAL_BASE_URL: 'businessCentral.baseUrl',
  COSELL_BUSINESS_CENTRAL_AUTHORITY: 'businessCentral.authority',
  COSELL_BUSINESS_CENTRAL_CONNECTION: 'businessCentral.connection',
  COSELL_BUSINESS_CENTRAL_TENANT_ID: 'businessCentral.tenantId',
  COSELL_BUSINESS_CENTRAL_CLIENT_ID: 'businessCentral.clientId',
  COSELL_ERP_ENABLED: 'erp.enabled',
  COSELL_ERP_REFRESH_EVERY: 'erp.refreshEvery',
  COSELL_CHANGE_EVENTS_ENABLED: 'salesforce.changeEvents.enabled',
  COSELL_CHANGE_EVENTS_ENDPOINT: 'salesforce.changeEvents.endpoint',
  COSELL_CHANGE_EVENTS_CA_FILE: 'salesforce.changeEvents.caFile',
  // The usual name for a server's address; a ledger that is named outright wins.
  COSELL_DATABASE_URL: 'ledger',
  COSELL_LEDGER: 'ledger',
  COSELL_LEDGER_DURABILITY: 'ledgerDurability',
  COSELL_QUEUE: 'queue',
  COSELL_WORKERS: 'workers',
  COSELL_LEASE: 'lease',
  COSELL_REQUEST_TIMEOUT: 'requestTimeout',
  COSELL_MAX_MISSING: 'maxMissing',
  COSELL_MAPPING: 'mapping',
  COSELL_REGISTRATION_ENABLED: 'registration.enabled',
  COSELL_POLL_INTERVAL: 'pollInterval',
  COSELL_LOOKUP_DELAY: 'lookupDelay',
  COSELL_CONCURRENCY: 'concurrency',
  COSELL_HEALTH_PORT: 'health.port',
  COSELL_HEALTH_HOST: 'health.host',
  COSELL_WEBHOOK_PORT: 'webhook.port',
  COSELL_WEBHOOK_HOST: 'webhook.host',
  COSELL_WEBHOOK_PATH: 'webhook.path',
  COSELL_WEBHOOK_ROOT_CA_FILE: 'webhook.rootCaFile',
  COSELL_LOG_LEVEL: 'logLevel'
};
const NUMBERS = new Set([
  'concurrency',
  'health.port',
  'webhook.port',
  'workers',
  'maxMissing',
  'cosell.auditRetentionDays'
]);
const SWITCHES = new Set([
  'salesforce.changeEvents.enabled',
  'registration.enabled',
  'erp.enabled',
  'cosell.markName',
  'cosell.cosellOnly'
]);
/** Microsoft's connector writes its switches as Yes and No. */
const SWITCHED: Readonly<Record<string, boolean>> = { true: true, yes: true, false: false, no: false };

/** Lets the environment override settings; what it holds is validated with them. */
export function overrideSettings(settings: JsonObject, env: Readonly<Record<string, string | undefined>>): void {
  for (const [variable, path] of Object.entries(OVERRIDES)) {
    const value = env[variable];
    if (value === undefined || value === '') continue;
    const number = NUMBERS.has(path) && /^\d+$/.test(value);
    const flag = SWITCHES.has(path) ? SWITCHED[value.toLowerCase()] : undefined;
    setAt(settings, path, number ? Number(value) : (flag ?? value));
  }
}
