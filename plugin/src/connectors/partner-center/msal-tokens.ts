import type { AuthenticationResult } from '@azure/msal-node';
import { MsalApp } from '../entra/index.js';
import type { MsalInput } from '../entra/index.js';
import { explainSignIn, notSignedIn } from './msal-faults.js';
import type { TokenProvider } from './tokens.js';

/** Where the refresh token of the person who signed in is kept (Partner Center: secure application model). */
export interface RefreshTokenStore {
  load(): Promise<string | undefined>;
  /** Called when Entra ID hands out a new one. */
  save(refreshToken: string): Promise<void>;
  /**
   * Runs `work` while no other process that shares the token does: a token that was exchanged may be worthless to whoever
   * loaded it before. @default one process has the token to itself
   */
  exclusively?<T>(work: () => Promise<T>): Promise<T>;
}

export interface MsalTokensInput extends MsalInput {
  /** Only for an application that is registered with a secret. */
  clientSecret?: string;
  store: RefreshTokenStore;
  /** How long before its end a token is replaced. @default 300000 */
  marginMs?: number;
}

interface Held {
  token: string;
  expiresAt: number;
}

class MsalTokens implements TokenProvider {
  private readonly held = new Map<string, Held>();
  private readonly app: MsalApp;
  /** Exchanges follow each other: a rotated refresh token is stored before the next one starts. */
  private queue: Promise<unknown> = Promise.resolve();

  public constructor(private readonly input: MsalTokensInput) {
    this.app = new MsalApp(input, explainSignIn);
  }

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

  private exchange(audience: string): Promise<string> {
    const { store } = this.input;
    const work = async (): Promise<string> => {
      const refreshToken = await store.load();
      if (!refreshToken) throw notSignedIn();
      return this.exchangeNow(audience, refreshToken);
    };
    return store.exclusively ? store.exclusively(work) : work();
  }

  private async exchangeNow(audience: string, refreshToken: string): Promise<string> {
    const { store, clock } = this.input;
    const started = clock.now();
    const { result, answer } = await this.app.ask(() => this.redeem(audience, refreshToken));
    const { refreshToken: rotated, expiresIn = 0 } = answer;
    if (rotated !== undefined && rotated !== refreshToken) await store.save(rotated);
    this.held.set(audience, { token: result.accessToken, expiresAt: started + expiresIn * 1000 });
    return result.accessToken;
  }

  private redeem(audience: string, refreshToken: string): Promise<AuthenticationResult | null> {
    const { clientSecret } = this.input;
    const app = clientSecret === undefined ? this.app.public() : this.app.confidential(clientSecret);
    return app.acquireTokenByRefreshToken({ refreshToken, scopes: [`${audience}/.default`] });
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
