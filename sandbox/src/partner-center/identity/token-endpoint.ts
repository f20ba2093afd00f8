import { createHash, timingSafeEqual } from 'node:crypto';
import type { ServiceClock } from '../core/clock.js';
import type { DirectoryUser } from '../core/directory.js';
import { CLIENT_ID, findUser } from '../core/directory.js';
import { TokenError } from '../core/errors.js';
import type { PartnerCenterSettings } from '../core/settings.js';
import type { GrantStore } from './grants-store.js';
import { audienceOfResource, audienceOfScope, REFERRALS_AUDIENCE } from './resources.js';
import type { TokenIssuer } from './token-issuer.js';

export interface Identity {
  readonly grants: GrantStore;
  readonly issuer: TokenIssuer;
  readonly clock: ServiceClock;
  settings(): PartnerCenterSettings;
}

export interface TokenRequest {
  version: 'v1' | 'v2';
  form: URLSearchParams;
}

type Grant = (identity: Identity, request: TokenRequest) => Promise<object>;

const DEVICE_CODE = 'urn:ietf:params:oauth:grant-type:device_code';

const GRANTS: Readonly<Record<string, Grant>> = {
  refresh_token: refreshGrant,
  authorization_code: codeGrant,
  [DEVICE_CODE]: deviceGrant,
  device_code: deviceGrant,
  client_credentials: applicationGrant,
  password: passwordGrant
};

/** `POST /{tenant}/oauth2[/v2.0]/token`. Throws `TokenError` in Entra ID's words. */
export async function requestToken(identity: Identity, request: TokenRequest): Promise<object> {
  const grant = GRANTS[required(request.form, 'grant_type')];
  if (!grant) throw new TokenError(400, 'unsupported_grant_type', 70003, 'The grant type is not supported.');
  checkClient(request.form);
  return grant(identity, request);
}

export function checkClient(form: URLSearchParams): void {
  const clientId = required(form, 'client_id');
  if (clientId.toLowerCase() === CLIENT_ID) return;
  throw new TokenError(
    400,
    'unauthorized_client',
    700016,
    `Application with identifier '${clientId}' was not found in the directory.`
  );
}

export function required(form: URLSearchParams, name: string): string {
  const value = form.get(name);
  if (value) return value;
  throw new TokenError(
    400,
    'invalid_request',
    900144,
    `The request body must contain the following parameter: '${name}'.`
  );
}

function audience({ version, form }: TokenRequest, fallbackScope = ''): string | undefined {
  const resource = form.get('resource');
  if (version === 'v1') return resource === null ? REFERRALS_AUDIENCE : audienceOfResource(resource);
  return audienceOfScope(form.get('scope') ?? fallbackScope);
}

async function refreshGrant(identity: Identity, request: TokenRequest): Promise<object> {
  const secret = required(request.form, 'refresh_token');
  const grant = identity.grants.refresh(secret);
  if (!grant) throw new TokenError(400, 'invalid_grant', 9002313, 'The refresh token is malformed or was revoked.');
  const now = identity.clock.now();
  if (now >= grant.expiresAt) {
    throw new TokenError(400, 'invalid_grant', 700082, 'The refresh token has expired due to inactivity.');
  }
  if (grant.usedAt !== null && !identity.settings().refreshTokenReuse) {
    throw new TokenError(400, 'invalid_grant', 70000, 'The refresh token was exchanged already.');
  }
  const tokenAudience = audience(request);
  identity.grants.useRefresh(secret, { ...grant, usedAt: now });
  return identity.issuer.answer(person(grant.oid), {
    clientId: grant.clientId,
    audience: tokenAudience,
    scope: request.form.get('scope') ?? '',
    mfa: grant.mfa,
    version: request.version
  });
}

async function codeGrant(identity: Identity, request: TokenRequest): Promise<object> {
  const { form } = request;
  const grant = identity.grants.takeCode(required(form, 'code'));
  if (!grant)
    throw new TokenError(400, 'invalid_grant', 54005, 'The authorization code was redeemed already or is not valid.');
  if (identity.clock.now() >= grant.expiresAt) {
    throw new TokenError(400, 'invalid_grant', 70008, 'The authorization code has expired.');
  }
  if (form.get('redirect_uri') !== grant.redirectUri) {
    throw new TokenError(400, 'invalid_grant', 50011, 'The redirect URI does not match the one of the sign-in.');
  }
  checkVerifier(grant.codeChallenge, form.get('code_verifier'));
  return identity.issuer.answer(person(grant.oid), {
    clientId: grant.clientId,
    audience: audience(request, grant.scope),
    scope: form.get('scope') ?? grant.scope,
    mfa: grant.mfa,
    version: request.version,
    nonce: grant.nonce
  });
}

/** RFC 7636, S256. */
function checkVerifier(challenge: string | null, verifier: string | null): void {
  if (challenge === null) return;
  const expected = Buffer.from(challenge);
  const given = Buffer.from(
    createHash('sha256')
      .update(verifier ?? '')
      .digest('base64url')
  );
  if (verifier === null || expected.length !== given.length || !timingSafeEqual(expected, given)) {
    throw new TokenError(400, 'invalid_grant', 501481, 'The code_verifier does not match the code_challenge.');
  }
}

async function deviceGrant(identity: Identity, request: TokenRequest): Promise<object> {
  const secret = request.form.get('device_code') ?? required(request.form, 'code');
  const grant = identity.grants.device(secret);
  if (!grant) throw new TokenError(400, 'bad_verification_code', 70019, 'The device code is not valid.');
  if (identity.clock.now() >= grant.expiresAt)
    throw new TokenError(400, 'expired_token', 70020, 'The device code expired.');
  if (grant.status === 'declined') {
    throw new TokenError(400, 'authorization_declined', 70018, 'The person declined the sign-in.');
  }
  if (grant.status === 'pending' || grant.oid === null) {
    throw new TokenError(400, 'authorization_pending', 70016, 'The person has not finished the sign-in yet.');
  }
  identity.grants.endDevice(secret);
  return identity.issuer.answer(person(grant.oid), {
    clientId: grant.clientId,
    audience: audience(request, grant.scope),
    scope: grant.scope,
    mfa: grant.mfa,
    version: request.version
  });
}

async function applicationGrant(identity: Identity, request: TokenRequest): Promise<object> {
  required(request.form, 'client_secret');
  const token = await identity.issuer.applicationToken(CLIENT_ID, audience(request) ?? REFERRALS_AUDIENCE);
  const seconds = identity.settings().accessTokenSeconds;
  return {
    token_type: 'Bearer',
    expires_in: request.version === 'v1' ? String(seconds) : seconds,
    access_token: token
  };
}

/** The directory demands a second factor, which a password alone never gives. */
function passwordGrant(): Promise<object> {
  return Promise.reject(
    new TokenError(
      400,
      'interaction_required',
      50076,
      'You must use multi-factor authentication to access the resource.'
    )
  );
}

function person(oid: string): DirectoryUser {
  const user = findUser(oid);
  if (user) return user;
  throw new TokenError(400, 'invalid_grant', 50034, 'The user account does not exist in the directory.');
}
