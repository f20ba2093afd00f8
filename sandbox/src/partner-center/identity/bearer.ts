import type { JWTPayload } from 'jose';
import { findUser, PARTNER } from '../core/directory.js';
import { MfaRequired, ReferralApiError } from '../core/errors.js';
import type { ApiRequest } from '../core/transport.js';
import type { Caller } from '../core/world.js';
import type { PartnerCenterSettings } from '../core/settings.js';
import type { Signer } from './signing.js';

/**
 * The caller behind `Authorization: Bearer …`. 401 without a valid token of this audience, 401 of its own kind without
 * a second factor, 403 without a person or without a referrals role.
 */
export async function authenticate(
  request: ApiRequest,
  audience: string,
  signer: Signer,
  now: Date,
  settings: PartnerCenterSettings
): Promise<Caller> {
  const token = /^Bearer (\S+)$/i.exec(request.headers['authorization'] ?? '')?.[1];
  if (token === undefined) throw unauthenticated('The access token is missing.');
  let claims: JWTPayload;
  try {
    claims = await signer.verify(token, now);
  } catch {
    throw unauthenticated('The access token is expired or not valid.');
  }
  if (settings.audienceChecked && claims.aud !== audience) {
    throw unauthenticated('The access token was issued for another resource.');
  }
  if (claims['idtyp'] === 'app') {
    throw new ReferralApiError(403, 'accessDenied', 'The API needs a signed-in user (delegated permission).');
  }
  if (!(claims['amr'] as string[] | undefined)?.includes('mfa')) throw new MfaRequired('No second factor.');
  return callerOf(claims);
}

function unauthenticated(message: string): ReferralApiError {
  return new ReferralApiError(401, 'unauthenticated', message, null, {
    'www-authenticate': 'Bearer error="invalid_token"'
  });
}

function callerOf(claims: JWTPayload): Caller {
  const user = findUser(String(claims['oid']));
  const roles = (claims['roles'] as string[] | undefined) ?? [];
  const admin = roles.includes('Referrals admin');
  if (!user || claims['tid'] !== PARTNER.tenantId || (!admin && !roles.includes('Referrals user'))) {
    throw new ReferralApiError(
      403,
      'accessDenied',
      'The user has neither the role Referrals admin nor Referrals user.'
    );
  }
  return { upn: user.upn, name: `${user.firstName} ${user.lastName}`, organization: PARTNER, admin };
}
