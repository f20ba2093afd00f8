import { ConnectorError } from '../../ports/errors.js';

export const system = 'partner-center';

/** Audience of the referrals API; the webhook registration API has its own. */
export const referralsAudience = 'https://api.partner.microsoft.com';
export const webhooksAudience = 'https://api.partnercenter.microsoft.com';

/**
 * Application ids of the two APIs, which a token may name instead of the address (Partner Center: API authentication,
 * delegated permissions).
 */
export const audienceIds: Readonly<Record<string, string>> = {
  [referralsAudience]: '4990cffe-04e8-4e8b-808a-1175604b879f',
  [webhooksAudience]: 'fa3d9a0c-3fb0-42cc-9193-47c7ecd2edbd'
};

/** What to do when a sign-in is missing, too weak or over. */
export const signInAgainStep =
  'Sign in to Partner Center again with multi-factor authentication: sf cosell connection add partner-center';

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
          nextSteps: ['Sign in with: sf cosell connection add partner-center. Or hand a token over in the environment.']
        })
      );
    }
  };
}
