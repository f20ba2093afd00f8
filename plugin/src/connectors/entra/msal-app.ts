import { createRequire } from 'node:module';
import type * as Msal from '@azure/msal-node';
import type { Clock } from '../../ports/clock.js';
import type { ConnectorError } from '../../ports/errors.js';
import { HttpTransportError } from '../../ports/http.js';
import type { HttpClient } from '../../ports/http.js';
import type { Random } from '../../ports/random.js';
import { withRetry } from '../http/retry.js';
import { msalNetwork } from './msal-network.js';
import type { SignInFault, TokenAnswer } from './msal-network.js';

export interface MsalInput {
  clientId: string;
  /** Tenant id or domain. */
  tenant: string;
  http: HttpClient;
  clock: Clock;
  random: Random;
  /** Scheme and host in place of `https://login.microsoftonline.com`. */
  endpoint?: string;
}

/** What is known when a sign-in failed. */
export interface FailedSignIn {
  error: unknown;
  fault?: SignInFault | undefined;
  transport?: HttpTransportError | undefined;
}

/** A failure in the words of the connected system; MSAL's own sentence is never shown: it may quote the request. */
export type ExplainSignIn = (failed: FailedSignIn) => ConnectorError;

/** Certificate of an application registration, and its key (RFC 7523: the application signs instead of sending a secret). */
export interface ClientCertificate {
  /** SHA-256 of the certificate, hexadecimal. */
  thumbprintSha256: string;
  /** PEM. */
  privateKey: string;
}

export const loginHost = 'https://login.microsoftonline.com';

/** As one file, loaded with the first sign-in: its ES modules are some hundred files and cost twice the start. */
const load = createRequire(import.meta.url);
const library = (): typeof Msal => load('@azure/msal-node') as typeof Msal;

/** MSAL over our HTTP client, with what MSAL itself does not hand out: the rotated refresh token and the exact refusal. */
export class MsalApp {
  private answer: TokenAnswer = {};
  private transport: HttpTransportError | undefined;
  private made: { public?: Msal.PublicClientApplication; confidential?: Msal.ConfidentialClientApplication } = {};

  public constructor(
    private readonly input: MsalInput,
    private readonly explainFailure: ExplainSignIn
  ) {}

  /** For an application that is registered with a secret, or with a certificate. */
  public confidential(proof: string | ClientCertificate): Msal.ConfidentialClientApplication {
    return (this.made.confidential ??= new (library().ConfidentialClientApplication)({
      auth: {
        ...this.auth(),
        ...(typeof proof === 'string' ? { clientSecret: proof } : { clientCertificate: proof })
      },
      system: { networkClient: this.network() }
    }));
  }

  /** For people who sign in at this machine. */
  public public(): Msal.PublicClientApplication {
    return (this.made.public ??= new (library().PublicClientApplication)({
      auth: this.auth(),
      system: { networkClient: this.network() }
    }));
  }

  public pkce(): Promise<{ verifier: string; challenge: string }> {
    return new (library().CryptoProvider)().generatePkceCodes();
  }

  /**
   * Does one thing with MSAL.
   * @returns its result and what the token endpoint answered last
   * @throws ConnectorError in our words
   */
  public async ask<T>(work: () => Promise<T | null>): Promise<{ result: T; answer: TokenAnswer }> {
    this.answer = {};
    this.transport = undefined;
    const result = await work().catch((error: unknown) => {
      throw this.explain(error);
    });
    if (result === null) throw this.explain(undefined);
    return { result, answer: this.answer };
  }

  private explain(error: unknown): ConnectorError {
    return this.explainFailure({ error, fault: this.answer.fault, transport: this.transport });
  }

  private auth(): { clientId: string; authority: string } {
    return { clientId: this.input.clientId, authority: `${loginHost}/${this.input.tenant}` };
  }

  private network(): Msal.INetworkModule {
    const { http, clock, random, endpoint } = this.input;
    const watched: HttpClient = {
      request: (request) =>
        http.request(request).catch((error: unknown) => {
          if (error instanceof HttpTransportError) this.transport = error;
          throw error;
        })
    };
    return msalNetwork({
      http: withRetry(watched, { clock, random }),
      ...(endpoint === undefined ? {} : { endpoint }),
      onTokens: (answer) => {
        this.answer = answer;
        this.transport = undefined;
      }
    });
  }
}
