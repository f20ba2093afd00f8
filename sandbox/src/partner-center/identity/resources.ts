import { TokenError } from '../core/errors.js';

/** Audiences of the two hosts (Partner Center: REST URLs; webhooks). A token is asked for per audience. */
export const REFERRALS_AUDIENCE = 'https://api.partner.microsoft.com';
export const WEBHOOKS_AUDIENCE = 'https://api.partnercenter.microsoft.com';

/** The resources and the application ids of their APIs. */
const AUDIENCES: Readonly<Record<string, string>> = {
  [REFERRALS_AUDIENCE]: REFERRALS_AUDIENCE,
  '4990cffe-04e8-4e8b-808a-1175604b879f': REFERRALS_AUDIENCE,
  [WEBHOOKS_AUDIENCE]: WEBHOOKS_AUDIENCE,
  'fa3d9a0c-3fb0-42cc-9193-47c7ecd2edbd': WEBHOOKS_AUDIENCE
};

/** Scopes of OpenID Connect: they shape the answer, not the audience. */
const SIGN_IN_SCOPES = new Set(['openid', 'profile', 'offline_access', 'email']);
const PERMISSIONS = new Set(['.default', 'user_impersonation']);

/** Audience of a v1 `resource`. */
export function audienceOfResource(resource: string): string {
  const audience = AUDIENCES[resource.replace(/\/+$/, '')];
  if (audience !== undefined) return audience;
  throw new TokenError(400, 'invalid_resource', 500011, `The resource principal named ${resource} was not found.`);
}

/**
 * Audience of v2 scopes such as `https://api.partner.microsoft.com/.default`; undefined when only sign-in scopes are
 * asked. One token has one audience: scopes of two resources are refused.
 */
export function audienceOfScope(scope: string): string | undefined {
  const audiences = new Set<string>();
  for (const part of scope.split(/\s+/).filter((name) => name !== '' && !SIGN_IN_SCOPES.has(name))) {
    const slash = part.lastIndexOf('/');
    const permission = part.slice(slash + 1);
    if (slash < 0 || !PERMISSIONS.has(permission)) {
      throw new TokenError(
        400,
        'invalid_scope',
        70011,
        `The provided value for the input parameter 'scope' is not valid. The scope ${part} does not exist.`
      );
    }
    audiences.add(audienceOfResource(part.slice(0, slash)));
  }
  if (audiences.size > 1) {
    throw new TokenError(400, 'invalid_scope', 28000, 'The provided scopes contain more than one resource.');
  }
  return [...audiences][0];
}
