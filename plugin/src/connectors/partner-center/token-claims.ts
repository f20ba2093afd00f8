import type { JsonObject } from '../../ports/json.js';

/** What the claims of a refused access token give away about the reason. */
export type TokenFlaw = 'expired' | 'noMfa' | 'appOnly' | 'none';

/** Claims of a JSON Web Token without checking its signature; undefined for an opaque token. */
function claimsOf(token: string): JsonObject | undefined {
  const body = token.split('.')[1];
  if (!body) return undefined;
  try {
    return JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as JsonObject;
  } catch {
    return undefined;
  }
}

/** What an access token says about itself. Nothing is known of an opaque token. */
export interface TokenFacts {
  audience?: string;
  /** Sign-in name of the person; absent in a token of an application. */
  user?: string;
  tenantId?: string;
  /** Undefined when the token does not name the sign-in methods. */
  mfa?: boolean;
}

/** The facts that a person may check; never a ground to grant anything, as the signature is not checked. */
export function factsOf(token: string): TokenFacts {
  const claims = claimsOf(token) ?? {};
  const text = (name: string): string | undefined => {
    const value = claims[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const user = text('upn') ?? text('preferred_username') ?? text('unique_name');
  const [audience, tenantId, methods] = [text('aud'), text('tid'), claims['amr']];
  return {
    ...(audience === undefined ? {} : { audience: audience.replace(/\/+$/, '') }),
    ...(user === undefined ? {} : { user }),
    ...(tenantId === undefined ? {} : { tenantId }),
    ...(Array.isArray(methods) ? { mfa: methods.includes('mfa') } : {})
  };
}

/**
 * Explains a refusal from the refused token itself. Only used for messages, never to decide about access: the service
 * is the judge. `amr` names the sign-in methods (Partner Center: mandating multi-factor authentication); a token without
 * a user has neither `scp` nor `upn`.
 */
export function flawOf(token: string, now: number): TokenFlaw {
  const claims = claimsOf(token);
  if (!claims) return 'none';
  if (typeof claims['exp'] === 'number' && claims['exp'] * 1000 <= now) return 'expired';
  if (claims['idtyp'] === 'app' || (claims['roles'] !== undefined && claims['scp'] === undefined)) return 'appOnly';
  const methods = claims['amr'];
  if (Array.isArray(methods) && !methods.includes('mfa')) return 'noMfa';
  return 'none';
}
