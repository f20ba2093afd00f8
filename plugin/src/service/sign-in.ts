import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { RefreshTokenStore, TokenProvider } from '../connectors/partner-center/index.js';
import { msalTokens, referralsAudience, staticTokens } from '../connectors/partner-center/index.js';
import type { Clock } from '../ports/clock.js';
import { CosellError } from '../ports/errors.js';
import type { HttpClient } from '../ports/http.js';
import type { Random } from '../ports/random.js';
import { chooseConnection } from './connections/choose.js';
import { cliConnections } from './connections/cli-store.js';
import type { ConnectionStore, PartnerCenterConnection } from './connections/connection.js';
import { exclusively } from './connections/exclusive.js';
import type { Environment, Settings } from './settings.js';
import { secretOf } from './settings.js';

interface KeptToken {
  /** SHA-256 of the token that the environment held when this one was handed out. */
  from: string;
  refreshToken: string;
}

const fingerprint = (secret: string): string => createHash('sha256').update(secret).digest('hex');

async function kept(file: string): Promise<KeptToken | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as KeptToken;
  } catch {
    return undefined;
  }
}

/**
 * The refresh token of the environment, and in a file the newer one that Entra ID handed out for it. A new token in the
 * environment, after somebody signed in again, wins over the file. The file can be read by its owner only; processes that
 * share it take turns.
 */
export function refreshTokenStore(first: string, file: string, clock: Clock): RefreshTokenStore {
  const from = fingerprint(first);
  return {
    exclusively: (work) => exclusively(`${file}.lock`, clock, work),
    load: async () => {
      const known = await kept(file);
      return known?.from === from ? known.refreshToken : first;
    },
    save: async (refreshToken) => {
      await mkdir(dirname(file), { recursive: true, mode: 0o700 });
      const next = `${file}.new`;
      await writeFile(next, JSON.stringify({ from, refreshToken } satisfies KeptToken), { mode: 0o600 });
      await rename(next, file);
    }
  };
}

/** The refresh token of a stored connection. */
const storedToken = (store: ConnectionStore, { name }: PartnerCenterConnection): RefreshTokenStore => ({
  load: () => store.secret(name),
  save: (refreshToken) => store.renew(name, refreshToken),
  exclusively: (work) => store.exclusively(work)
});

function incomplete(message: string, step: string): CosellError {
  return new CosellError('SIGN_IN_INCOMPLETE', message, [step]);
}

export interface SignInPorts {
  env: Environment;
  clock: Clock;
  random: Random;
  http: HttpClient;
  /** @default those of the sf CLI on this machine */
  connections?: ConnectionStore;
}

/** How the service signs in. */
export interface PartnerCenterSignIn {
  tokens: TokenProvider;
  tenantId?: string;
  /** The stored connection behind it, if it is one. */
  connection?: PartnerCenterConnection;
}

/** With the refresh token that an environment variable of the settings holds. */
function fromEnvironment(
  settings: Settings['partnerCenter'],
  refresh: string,
  ports: SignInPorts
): PartnerCenterSignIn {
  const { clientSecretVariable, tenantId, clientId, tokenCacheFile } = settings;
  const { env, clock, random, http } = ports;
  if (tenantId === undefined || clientId === undefined) {
    throw incomplete(
      'Signing in with a refresh token needs tenantId and clientId.',
      'Add both under partnerCenter in the settings.'
    );
  }
  const clientSecret = secretOf(clientSecretVariable, env);
  const tokens = msalTokens({
    clientId,
    ...(clientSecret === undefined ? {} : { clientSecret }),
    tenant: tenantId,
    store: refreshTokenStore(refresh, tokenCacheFile, clock),
    http,
    clock,
    random,
    endpoint: settings.authority
  });
  return { tokens, tenantId };
}

async function fromConnection(name: string | undefined, ports: SignInPorts): Promise<PartnerCenterSignIn | undefined> {
  const { clock, random, http, connections = cliConnections(clock) } = ports;
  const connection = await chooseConnection(connections, 'partner-center', name);
  if (connection === undefined) return undefined;
  const { tenantId, clientId, authority } = connection;
  const store = storedToken(connections, connection);
  const tokens = msalTokens({ clientId, tenant: tenantId, store, http, clock, random, endpoint: authority });
  return { tokens, tenantId, connection };
}

/**
 * How the service signs in to Partner Center: with the connection that the settings name; with the secrets of the
 * environment variables that they name, an access token as it is or the refresh token of a person who signed in with a
 * second factor (Partner Center: secure application model); else with the connection stored on this machine.
 * @throws CosellError `SIGN_IN_INCOMPLETE` when there is none of them or a variable is empty; what `chooseConnection` throws
 */
export async function signIn(settings: Settings['partnerCenter'], ports: SignInPorts): Promise<PartnerCenterSignIn> {
  const { accessTokenVariable, refreshTokenVariable, connection, tenantId } = settings;
  const variable = refreshTokenVariable ?? accessTokenVariable;
  if (connection === undefined) {
    const access = secretOf(accessTokenVariable, ports.env);
    if (access !== undefined) {
      const tokens = staticTokens({ [settings.audience ?? referralsAudience]: access });
      return { tokens, ...(tenantId === undefined ? {} : { tenantId }) };
    }
    const refresh = secretOf(refreshTokenVariable, ports.env);
    if (refresh !== undefined) return fromEnvironment(settings, refresh, ports);
    if (variable !== undefined) {
      throw incomplete(
        `The environment variable ${variable} is empty.`,
        `Put the Partner Center token into ${variable} and start again.`
      );
    }
  }
  const stored = await fromConnection(connection, ports);
  if (stored) return stored;
  throw incomplete(
    'Nobody has signed in to Partner Center on this machine, and the settings name no secret.',
    'Sign in with: sf cosell connection add partner-center. A service can take the refresh token from the environment variable that partnerCenter.refreshTokenVariable names.'
  );
}
