import type { ClientCertificate, MsalInput } from '../entra/index.js';
import { MsalApp } from '../entra/index.js';
import { explainSignIn } from './sign-in-faults.js';
import { audience as standardAudience } from './system.js';

/** Gives the value of the `Authorization` header. */
export interface Authorization {
  /** @throws ConnectorError kind `connection` when there is none to be had */
  header(): Promise<string>;
  /** The service refused this value: do not hand it out again. */
  reject?(header: string): void;
}

export interface ClientCredentialsInput extends MsalInput {
  proof: string | ClientCertificate;
  /** @default `audience` */
  audience?: string;
  /** How long before its end a token is replaced. @default 300000 */
  marginMs?: number;
}

/** The token of an application that signs in by itself, kept in memory; concurrent callers share one request. */
class ClientCredentials implements Authorization {
  private readonly app: MsalApp;
  private held: { header: string; expiresAt: number } | undefined;
  private asking: Promise<string> | undefined;

  public constructor(private readonly input: ClientCredentialsInput) {
    this.app = new MsalApp(input, explainSignIn);
  }

  public header(): Promise<string> {
    const { clock, marginMs = 300_000 } = this.input;
    if (this.held && clock.now() < this.held.expiresAt - marginMs) return Promise.resolve(this.held.header);
    return (this.asking ??= this.ask().finally(() => (this.asking = undefined)));
  }

  public reject(header: string): void {
    if (this.held?.header === header) this.held = undefined;
  }

  private async ask(): Promise<string> {
    const { clock, proof, audience = standardAudience } = this.input;
    const started = clock.now();
    const { result, answer } = await this.app.ask(() =>
      // MSAL's own cache counts by the clock of the machine and does not know of refusals.
      this.app.confidential(proof).acquireTokenByClientCredential({ scopes: [`${audience}/.default`], skipCache: true })
    );
    const header = `Bearer ${result.accessToken}`;
    this.held = { header, expiresAt: started + (answer.expiresIn ?? 0) * 1000 };
    return header;
  }
}

/**
 * Signs in as an application, with its secret or its certificate (Business Central: service-to-service authentication). The
 * application must be on the page Microsoft Entra Applications of the environment, enabled, with permission sets.
 */
export const clientCredentials = (input: ClientCredentialsInput): Authorization => new ClientCredentials(input);

/** A user of an on-premises server and the web-service access key of that user. */
export function accessKey(username: string, key: string): Authorization {
  const header = `Basic ${Buffer.from(`${username}:${key}`, 'utf8').toString('base64')}`;
  return { header: () => Promise.resolve(header) };
}
