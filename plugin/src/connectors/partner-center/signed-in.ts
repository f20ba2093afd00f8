import type { AuthenticationResult } from '@azure/msal-node';
import { CosellError } from '../../ports/errors.js';
import type { MsalApp } from '../entra/index.js';
import { withoutMfa } from './msal-faults.js';
import { factsOf } from './token-claims.js';

/** A person who signed in; `refreshToken` opens every later session and never leaves the store. */
export interface SignedIn {
  refreshToken: string;
  /** Sign-in name. */
  user: string;
  /** The tenant that the person signed in to, also when the sign-in named a domain. */
  tenantId: string;
}

/**
 * Finishes a sign-in with what MSAL answered.
 * @throws ConnectorError `NO_MFA` when the token says that a password was enough: Partner Center would refuse all that
 * comes from it (Partner Center: mandating multi-factor authentication)
 */
export async function finishSignIn(app: MsalApp, work: () => Promise<AuthenticationResult | null>): Promise<SignedIn> {
  const { result, answer } = await app.ask(work);
  const facts = factsOf(result.accessToken);
  if (facts.mfa === false) throw withoutMfa();
  if (answer.refreshToken === undefined) {
    throw new CosellError('NO_REFRESH_TOKEN', 'The sign-in gave no token that lasts.', [
      'Allow the application the permission offline_access, then sign in again.'
    ]);
  }
  return {
    refreshToken: answer.refreshToken,
    user: facts.user ?? result.account?.username ?? '',
    tenantId: facts.tenantId ?? result.tenantId
  };
}
