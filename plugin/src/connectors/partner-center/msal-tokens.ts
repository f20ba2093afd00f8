import { createRequire } from 'node:module';
import type * as Msal from '@azure/msal-node';
import type { ConfidentialClientApplication, PublicClientApplication } from '@azure/msal-node';
import type { Clock } from '../../ports/clock.js';
import { ConnectorError } from '../../ports/errors.js';
import { HttpTransportError } from '../../ports/http.js';
import type { HttpClient } from '../../ports/http.js';
import type { Random } from '../../ports/random.js';
import { withRetry } from '../http/retry.js';
import { msalNetwork } from './msal-network.js';
import type { TokenAnswer } from './msal-network.js';
import { system } from './tokens.js';
import type { TokenProvider } from './tokens.js';

/** Where the refresh token of the person who signed in is kept (Partner Center: secure application model). */
export interface RefreshTokenStore {
  load(): Promise<string | undefined>;
  /** Called when Entra ID hands out a new one. */
  save(refreshToken: string): Promise<void>;
}

export interface MsalTokensInput {
  clientId: string;
  /** Only for an application that is registered with a secret. */
  clientSecret?: string;
  /** Tenant id or domain of the partner. */
  tenant: string;
  store: RefreshTokenStore;
  http: HttpClient;
  clock: Clock;
  random: Random;
  /** Scheme and host in place of `https://login.microsoftonline.com`. */
  endpoint?: string;
  /** How long before its end a token is replaced. @default 300000 */
  marginMs?: number;
}

/** As one file, loaded with the first sign-in: its ES modules are some hundred files and cost twice the start. */
const load = createRequire(import.meta.url);

interface Held {
  token: string;
  expiresAt: number;
}

function signInAgain(code: string, message: string, cause?: unknown): ConnectorError {
  return new ConnectorError(system, 'connection', code, message, {
    nextSteps: ['Sign in to Partner Center again with multi-factor authentication.'],
    cause
  });
}

/** MSAL's error in our words; `interaction_required` is what a missing second factor or a changed policy gives. */
function explain(error: unknown, transport: HttpTransportError | undefined): ConnectorError {
  if (transport) {
    const kind = transport.kind === 'refused' ? 'connection' : 'retryable';
    return new ConnectorError(
      system,
      kind,
      'SIGN_IN_UNREACHABLE',
      `The sign-in service gave no answer: ${transport.message}`,
      {
        cause: transport
      }
    );
  }
  const code = String((error as { errorCode?: unknown }).errorCode ?? '');
  if (code === 'interaction_required')
    return signInAgain('NO_MFA', 'The sign-in service asks for a second factor.', error);
  if (code === 'invalid_grant')
    return signInAgain('TOKEN_EXPIRED', 'The Partner Center sign-in has expired or was revoked.', error);
  const kind = code === 'server_error' || code === 'temporarily_unavailable' ? 'retryable' : 'connection';
  return new ConnectorError(
    system,
    kind,
    'SIGN_IN_FAILED',
    `The sign-in service refused: ${code || 'unknown error'}.`,
    {
      nextSteps: ['Check tenant, client id and the permissions of the application registration.'],
      cause: error
    }
  );
}

class MsalTokens implements TokenProvider {
  private readonly held = new Map<string, Held>();
  private app: PublicClientApplication | ConfidentialClientApplication | undefined;
  /** Exchanges follow each other: a rotated refresh token is stored before the next one starts. */
  private queue: Promise<unknown> = Promise.resolve();
  private answer: TokenAnswer = {};
  private transport: HttpTransportError | undefined;

  public constructor(private readonly input: MsalTokensInput) {}

  public token(audience: string): Promise<string> {
    const next = this.queue.then(() => this.current(audience) ?? this.exchange(audience));
    this.queue = next.catch(() => undefined);
    return next;
  }

  public reject(audience: string, token: string): void {
    if (this.held.get(audience)?.token === token) this.held.delete(audience);
  }

  private current(audience: string): string | undefined {
    const { clock, marginMs = 300_000 } = this.input;
    const held = this.held.get(audience);
    return held && clock.now() < held.expiresAt - marginMs ? held.token : undefined;
  }

  private async exchange(audience: string): Promise<string> {
    const { store, clock } = this.input;
    const refreshToken = await store.load();
    if (!refreshToken) throw signInAgain('NOT_SIGNED_IN', 'Nobody has signed in to Partner Center yet.');
    const app = (this.app ??= this.open());
    this.answer = {};
    this.transport = undefined;
    const started = clock.now();
    const result = await app
      .acquireTokenByRefreshToken({ refreshToken, scopes: [`${audience}/.default`] })
      .catch((error: unknown) => {
        throw explain(error, this.transport);
      });
    if (!result) throw signInAgain('SIGN_IN_FAILED', 'The sign-in service gave no token.');
    const { refreshToken: rotated, expiresIn = 0 } = this.answer;
    if (rotated !== undefined && rotated !== refreshToken) await store.save(rotated);
    this.held.set(audience, { token: result.accessToken, expiresAt: started + expiresIn * 1000 });
    return result.accessToken;
  }

  private open(): PublicClientApplication | ConfidentialClientApplication {
    const { clientId, clientSecret, tenant, http, endpoint, clock, random } = this.input;
    const { ConfidentialClientApplication: Confidential, PublicClientApplication: Public } = load(
      '@azure/msal-node'
    ) as typeof Msal;
    const watched: HttpClient = {
      request: (request) =>
        http.request(request).catch((error: unknown) => {
          if (error instanceof HttpTransportError) this.transport = error;
          throw error;
        })
    };
    const networkClient = msalNetwork({
      http: withRetry(watched, { clock, random }),
      ...(endpoint === undefined ? {} : { endpoint }),
      onTokens: (answer) => {
        this.answer = answer;
      }
    });
    const auth = { clientId, authority: `https://login.microsoftonline.com/${tenant}` };
    return clientSecret === undefined
      ? new Public({ auth, system: { networkClient } })
      : new Confidential({ auth: { ...auth, clientSecret }, system: { networkClient } });
  }
}

/**
 * Access tokens by refresh token, as the secure application model prescribes: one person consents once in a browser
 * with a second factor, and every later token comes from there. Tokens are kept in memory per audience and replaced
 * before they end; concurrent callers share one exchange.
 */
export function msalTokens(input: MsalTokensInput): TokenProvider {
  return new MsalTokens(input);
}
