import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { RefreshTokenStore, TokenProvider } from '../connectors/partner-center/index.js';
import { msalTokens, referralsAudience, staticTokens } from '../connectors/partner-center/index.js';
import type { Clock } from '../ports/clock.js';
import { CosellError } from '../ports/errors.js';
import type { HttpClient } from '../ports/http.js';
import type { Random } from '../ports/random.js';
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
 * environment, after somebody signed in again, wins over the file. The file can be read by its owner only.
 */
export function refreshTokenStore(first: string, file: string): RefreshTokenStore {
  const from = fingerprint(first);
  return {
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

function incomplete(message: string, step: string): CosellError {
  return new CosellError('SIGN_IN_INCOMPLETE', message, [step]);
}

/**
 * How the service signs in to Partner Center: with an access token as it is, or with the refresh token of a person who
 * signed in with a second factor (Partner Center: secure application model).
 * @throws CosellError `SIGN_IN_INCOMPLETE` when the settings name no secret or its variable is empty
 */
export function signIn(
  settings: Settings['partnerCenter'],
  ports: { env: Environment; clock: Clock; random: Random; http: HttpClient }
): TokenProvider {
  const { accessTokenVariable, refreshTokenVariable, clientSecretVariable, tenantId, clientId } = settings;
  const access = secretOf(accessTokenVariable, ports.env);
  if (access !== undefined) return staticTokens({ [settings.audience ?? referralsAudience]: access });
  const refresh = secretOf(refreshTokenVariable, ports.env);
  if (refresh === undefined) {
    const variable = refreshTokenVariable ?? accessTokenVariable;
    throw variable === undefined
      ? incomplete(
          'The settings do not say how to sign in to Partner Center.',
          'Set partnerCenter.refreshTokenVariable in the settings to the name of the environment variable with the refresh token.'
        )
      : incomplete(
          `The environment variable ${variable} is empty.`,
          `Put the Partner Center token into ${variable} and start again.`
        );
  }
  if (tenantId === undefined || clientId === undefined) {
    throw incomplete(
      'Signing in with a refresh token needs tenantId and clientId.',
      'Add both under partnerCenter in the settings.'
    );
  }
  const clientSecret = secretOf(clientSecretVariable, ports.env);
  return msalTokens({
    clientId,
    ...(clientSecret === undefined ? {} : { clientSecret }),
    tenant: tenantId,
    store: refreshTokenStore(refresh, settings.tokenCacheFile),
    http: ports.http,
    clock: ports.clock,
    random: ports.random,
    endpoint: settings.authority
  });
}
