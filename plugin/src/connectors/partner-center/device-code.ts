import { MsalApp } from '../entra/index.js';
import type { MsalInput } from '../entra/index.js';
import { explainSignIn } from './msal-faults.js';
import type { SignedIn } from './signed-in.js';
import { finishSignIn } from './signed-in.js';
import { referralsAudience } from './tokens.js';

/** What a person has to do, on any device with a browser. */
export interface DeviceCode {
  userCode: string;
  /** Page on which the code is entered. */
  url: string;
  /** Seconds until the code is worthless. */
  expiresIn: number;
}

/**
 * Signs a person in by a code that is entered in a browser elsewhere (OAuth 2.0 device authorization grant, RFC 8628).
 * Resolves when the person is done; MSAL asks as often as the sign-in service allows.
 * @throws ConnectorError `SIGN_IN_DECLINED`, `SIGN_IN_TIMED_OUT`, `NO_MFA` and what `explainSignIn` knows
 */
export async function signInByDeviceCode(
  input: MsalInput & { audience?: string },
  show: (code: DeviceCode) => void
): Promise<SignedIn> {
  const app = new MsalApp(input, explainSignIn);
  return finishSignIn(app, () =>
    app.public().acquireTokenByDeviceCode({
      scopes: [`${input.audience ?? referralsAudience}/.default`],
      deviceCodeCallback: ({ userCode, verificationUri, expiresIn }) =>
        show({ userCode, url: verificationUri, expiresIn })
    })
  );
}
