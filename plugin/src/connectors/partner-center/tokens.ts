import { ConnectorError } from '../../ports/errors.js';

export const system = 'partner-center';

/** Audience of the referrals API; the webhook registration API has its own. */
export const referralsAudience = 'https://api.partner.microsoft.com';

/** Gives access tokens of a signed-in user; each audience has its own token. */
export interface TokenProvider {
  /** A token that is valid for a while yet. Throws `ConnectorError` kind `connection` when there is none to be had. */
  token(audience: string): Promise<string>;
  /** The service refused this token: do not hand it out again. */
  reject?(audience: string, token: string): void;
}

/** Tokens handed over as they are, for example from environment variables; they cannot be renewed. */
export function staticTokens(byAudience: Readonly<Record<string, string | undefined>>): TokenProvider {
  return {
    token(audience) {
      const token = byAudience[audience];
      if (token) return Promise.resolve(token);
      return Promise.reject(
        new ConnectorError(system, 'connection', 'NOT_SIGNED_IN', `There is no Partner Center token for ${audience}.`, {
          nextSteps: ['Sign in to Partner Center, or hand a token over in the environment.']
        })
      );
    }
  };
}
