import type { Clock } from '../../ports/clock.js';
import type { CameBack } from './auth-code-listener.js';
import { loginHost, MsalApp } from '../entra/index.js';
import type { MsalInput } from '../entra/index.js';
import { listenForCode } from './auth-code-listener.js';
import { explainSignIn } from './msal-faults.js';
import type { SignedIn } from './signed-in.js';
import { finishSignIn } from './signed-in.js';
import { referralsAudience } from './tokens.js';

/** As long as the sign-in service lets a device code live. */
const PATIENCE_MS = 15 * 60_000;

async function within(cameBack: Promise<CameBack>, clock: Clock): Promise<CameBack> {
  const over = new AbortController();
  const late = clock.sleep(PATIENCE_MS, over.signal).then((): CameBack => ({ error: 'expired_token' }));
  late.catch(() => undefined);
  try {
    return await Promise.race([cameBack, late]);
  } finally {
    over.abort(new Error('The sign-in is over.'));
  }
}

/**
 * Signs a person in with the browser of this machine (OAuth 2.0 authorization code with PKCE, RFC 7636; RFC 8252 for the
 * way back over loopback).
 * @param visit shows or opens the page
 * @throws ConnectorError as `signInByDeviceCode`
 */
export async function signInInBrowser(
  input: MsalInput & { audience?: string },
  visit: (url: string) => void | Promise<void>
): Promise<SignedIn> {
  const { audience = referralsAudience, clock, endpoint, random } = input;
  const app = new MsalApp(input, explainSignIn);
  const state = random.uuid();
  const listener = await listenForCode(state);
  try {
    const scopes = [`${audience}/.default`];
    const { redirectUri } = listener;
    const { verifier, challenge } = await app.pkce();
    const { result: url } = await app.ask(() =>
      app.public().getAuthCodeUrl({ scopes, redirectUri, state, codeChallenge: challenge, codeChallengeMethod: 'S256' })
    );
    await visit(endpoint === undefined ? url : url.replace(loginHost, endpoint.replace(/\/+$/, '')));
    const { code, error = 'access_denied' } = await within(listener.cameBack, clock);
    if (code === undefined) throw explainSignIn({ error: undefined, fault: { error } });
    return await finishSignIn(app, () =>
      app.public().acquireTokenByCode({ code, scopes, redirectUri, codeVerifier: verifier })
    );
  } finally {
    await listener.close();
  }
}
