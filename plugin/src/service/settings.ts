import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { parse } from 'yaml';
import type { CallBudgetOptions } from '../connectors/http/index.js';
import type { RegistrationFacts } from '../connectors/partner-center/index.js';
import type { BudgetOptions } from '../connectors/salesforce/index.js';
import type { Durability } from '../ledger/index.js';
import { engineOf } from '../ledger/index.js';
import { CosellError } from '../ports/errors.js';
import type { JsonObject, JsonValue } from '../ports/json.js';
import { isMappingName } from '../mapping/index.js';
import { couplingSettings } from './coupling/settings.js';
import type { CouplingSettings, RawCouplingSettings } from './coupling/settings.js';
import { durationMs } from './duration.js';
import type { ErpSettings, RawErpSettings } from './erp/settings.js';
import { checkSettings } from './settings-check.generated.js';
import type { CosellSettings } from './settings-cosell.js';
import { overrideSettings } from './settings-variables.js';

/** Settings of the synchronization, complete. Secrets are named by their environment variable and never kept here. */
export interface Settings {
  /** The file they came from, if any. */
  file?: string;
  partnerCenter: {
    baseUrl: string;
    /** Scheme and host of the webhook registration API. */
    webhooksUrl: string;
    /** Name of a stored connection to sign in with; wins over the variables. */
    connection?: string;
    /** Audience of the access token. @default https://api.partner.microsoft.com */
    audience?: string;
    authority: string;
    tenantId?: string;
    clientId?: string;
    clientSecretVariable?: string;
    refreshTokenVariable?: string;
    accessTokenVariable?: string;
    tokenCacheFile: string;
    inboxUrlTemplate?: string;
    overlapMs?: number;
    /** Calls of 24 hours that may be made, by all processes together; Microsoft publishes no limit, so none without it. */
    budget?: Partial<CallBudgetOptions>;
  };
  /** Business Central in Microsoft's cloud; the companies themselves are stored connections. */
  businessCentral: {
    /** Scheme and host of the service. */
    baseUrl: string;
    /** Scheme and host of the sign-in service. */
    authority: string;
    /** Name of the stored connection that is meant where no other is named. */
    connection?: string;
    tenantId?: string;
    clientId?: string;
  } & CouplingSettings;
  salesforce: {
    defaultCurrency?: string;
    overlapMs?: number;
    /** Part of the org's API allowance that the synchronization may take. */
    budget?: Partial<BudgetOptions>;
    /** Change events of the org, which make the service look at once instead of at the next poll. */
    changeEvents: {
      enabled: boolean;
      /** Host and port of the Pub/Sub API. @default api.pubsub.salesforce.com:7443 for orgs of Salesforce's domains */
      endpoint?: string;
      /** PEM file of the authorities to trust instead of the public ones. */
      caFile?: string;
    };
  };
  /** Path of the ledger file, or the address of a PostgreSQL database; may hold a password. */
  ledger: string;
  ledgerDurability: Durability;
  /** @default what suits the ledger */
  queue?: 'embedded' | 'fleet';
  workers: number;
  leaseMs: number;
  requestTimeoutMs: number;
  maxMissing: number;
  /** What the organization decides about its co-sell deals. */
  /** Registration of won deals: whether it is done, and what it states about every deal. */
  registration: RegistrationFacts & { enabled: boolean };
  cosell: CosellSettings;
  /** Figures of Business Central on the pages of opportunities and accounts; needs a stored connection. */
  erp: ErpSettings;
  /** Name of a shipped mapping, or path of a mapping file. @default opportunity-referral */
  mapping?: string;
  pollIntervalMs: number;
  concurrency: number;
  lookupDelayMs: number;
  health: { port?: number; host: string };
  /** Receives events of Partner Center, which make the service look at once; off without a port. */
  webhook: {
    port?: number;
    host: string;
    path: string;
    /** Hosts that certificates may come from. */
    hosts: string[];
    /** PEM file with the root and the intermediate authorities of the signing certificate. */
    rootCaFile?: string;
    /** Common name or DNS name of the signing certificate. */
    subject: string;
    issuerOrganization: string;
  };
  logLevel: string;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** Where the ledger and the token cache live unless told otherwise (XDG base directories; `%LOCALAPPDATA%` on Windows). */
export function dataFolder(env: Environment): string {
  const base = env['XDG_DATA_HOME'] ?? env['LOCALAPPDATA'] ?? join(env['HOME'] ?? homedir(), '.local', 'share');
  return join(base, 'sf-plugin-cosell');
}

/** Settings that cannot be used. */
export class SettingsError extends CosellError {
  public override readonly name = 'SettingsError';

  public constructor(message: string, nextStep: string, options?: ErrorOptions) {
    super('SETTINGS_INVALID', message, [nextStep], options);
  }
}

function readFile(file: string): JsonObject {
  if (!existsSync(file)) {
    throw new CosellError('SETTINGS_NOT_FOUND', `There is no settings file ${file}.`, [
      'Name an existing file with --settings-file or COSELL_SETTINGS_FILE.'
    ]);
  }
  try {
    const content = (parse(readFileSync(file, 'utf8')) ?? {}) as JsonValue;
    if (typeof content !== 'object' || content === null || Array.isArray(content))
      throw new Error('it is not a list of settings');
    return content;
  } catch (error) {
    const reason = (error as Error).message.split('\n')[0] ?? '';
    throw new SettingsError(`The settings file ${file} cannot be read: ${reason}.`, 'Correct the YAML in the file.', {
      cause: error
    });
  }
}

function validate(settings: JsonObject, where: string): void {
  if (checkSettings(settings)) return;
  const problems = (checkSettings.errors ?? []).map(({ instancePath, message, params }) => {
    const extra = (params as { additionalProperty?: string }).additionalProperty;
    return `${instancePath === '' ? '/' : instancePath} ${message ?? 'is wrong'}${extra === undefined ? '' : ` (${extra})`}.`;
  });
  throw new SettingsError(
    `The settings in ${where} cannot be used. ${problems.join(' ')}`,
    'Correct the places named above.'
  );
}

type Computed =
  | 'partnerCenter'
  | 'businessCentral'
  | 'erp'
  | 'salesforce'
  | 'pollIntervalMs'
  | 'lookupDelayMs'
  | 'leaseMs'
  | 'requestTimeoutMs';
type Raw = Omit<Settings, Computed> & {
  partnerCenter: Settings['partnerCenter'] & { overlap?: string };
  businessCentral: Omit<Settings['businessCentral'], keyof CouplingSettings> & RawCouplingSettings;
  salesforce: Settings['salesforce'] & { overlap?: string };
  erp: RawErpSettings;
  pollInterval: string;
  lookupDelay?: string;
  lease: string;
  requestTimeout: string;
};

function optionalMs(value: string | number | undefined): { overlapMs?: number } {
  const overlapMs = value === undefined ? undefined : durationMs(value);
  return overlapMs === undefined ? {} : { overlapMs };
}

/** A server's address stays as it is. */
function ledgerOf(value: string | undefined, path: (value: string) => string, env: Environment): string {
  if (value === undefined) return path(join(dataFolder(env), 'cosell.ledger'));
  return engineOf(value) === 'postgres' ? value : path(value);
}

/** Paths in the file are relative to the file, so that a service may start in any folder. */
function complete(raw: Raw, file: string | undefined, env: Environment): Settings {
  const base = file === undefined ? process.cwd() : dirname(file);
  const path = (value: string): string => (isAbsolute(value) ? value : resolve(base, value));
  const { overlap, ...partnerCenter } = raw.partnerCenter;
  const { overlap: orgOverlap, changeEvents, ...salesforce } = raw.salesforce;
  const { caFile, ...events } = changeEvents;
  const { rootCaFile, ...webhook } = raw.webhook;
  const { refreshEvery, ...erp } = raw.erp;
  const pollIntervalMs = durationMs(raw.pollInterval) ?? 15_000;
  return {
    ...(file === undefined ? {} : { file }),
    partnerCenter: {
      ...partnerCenter,
      ...optionalMs(overlap),
      baseUrl: partnerCenter.baseUrl.replace(/\/+$/, ''),
      webhooksUrl: partnerCenter.webhooksUrl.replace(/\/+$/, ''),
      tokenCacheFile: path(partnerCenter.tokenCacheFile ?? join(dataFolder(env), 'tokens.json'))
    },
    salesforce: {
      ...salesforce,
      ...optionalMs(orgOverlap),
      changeEvents: { ...events, ...(caFile === undefined ? {} : { caFile: path(caFile) }) }
    },
    businessCentral: { ...raw.businessCentral, ...couplingSettings(raw.businessCentral, path) },
    ledger: ledgerOf(raw.ledger, path, env),
    ledgerDurability: raw.ledgerDurability,
    ...(raw.queue === undefined ? {} : { queue: raw.queue }),
    workers: raw.workers,
    leaseMs: durationMs(raw.lease) ?? 60_000,
    requestTimeoutMs: durationMs(raw.requestTimeout) ?? 20_000,
    maxMissing: raw.maxMissing,
    registration: raw.registration,
    cosell: raw.cosell,
    erp: { ...erp, refreshEveryMs: durationMs(refreshEvery) ?? 1_800_000 },
    ...(raw.mapping === undefined ? {} : { mapping: isMappingName(raw.mapping) ? raw.mapping : path(raw.mapping) }),
    pollIntervalMs: Math.max(pollIntervalMs, 50),
    concurrency: raw.concurrency,
    // One poll interval: by then the list of the other system has caught up with a create whose answer was lost.
    lookupDelayMs: raw.lookupDelay === undefined ? Math.max(pollIntervalMs, 1_000) : (durationMs(raw.lookupDelay) ?? 0),
    health: raw.health,
    webhook: { ...webhook, ...(rootCaFile === undefined ? {} : { rootCaFile: path(rootCaFile) }) },
    logLevel: raw.logLevel
  };
}

/**
 * Reads settings from a file (or `COSELL_SETTINGS_FILE`, or `cosell.yaml` in the working folder), lets the environment
 * override them and validates the result.
 * @throws CosellError `SETTINGS_NOT_FOUND`, `SETTINGS_INVALID`
 */
export function loadSettings(file: string | undefined, env: Environment): Settings {
  const named = file ?? env['COSELL_SETTINGS_FILE'];
  const found = named ?? (existsSync('cosell.yaml') ? 'cosell.yaml' : undefined);
  const absolute = found === undefined ? undefined : resolve(found);
  const settings: JsonObject = { partnerCenter: {}, ...(absolute === undefined ? {} : readFile(absolute)) };
  overrideSettings(settings, env);
  validate(settings, absolute ?? 'the environment');
  return complete(settings as unknown as Raw, absolute, env);
}

/** The secret that an environment variable of the settings holds. */
export function secretOf(variable: string | undefined, env: Environment): string | undefined {
  const value = variable === undefined ? undefined : env[variable]?.trim();
  return value === '' ? undefined : value;
}
