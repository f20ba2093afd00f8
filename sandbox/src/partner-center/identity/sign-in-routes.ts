import { randomInt } from 'node:crypto';
import { CLIENT_ID, findUser } from '../core/directory.js';
import { TokenError } from '../core/errors.js';
import type { Route } from '../core/routes.js';
import type { ApiRequest, ServiceResponse } from '../core/transport.js';
import { audienceOfResource, audienceOfScope } from './resources.js';
import { checkTenant, formOf, publicBase } from './routes.js';
import { authorizePage, deviceDonePage, devicePage } from './sign-in-pages.js';
import type { Identity } from './token-endpoint.js';
import { checkClient, required } from './token-endpoint.js';

const CODE_LIFE_MS = 10 * 60_000;
const DEVICE_LIFE_MS = 15 * 60_000;
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);
/** Letters and digits that are not mistaken for each other. */
const USER_CODE_SIGNS = 'BCDFGHJKLMNPQRSTVWXZ23456789';

/** Sign-ins in which a person takes part: authorization code with PKCE, and device code. */
export function signInRoutes(identity: Identity): Route[] {
  const route = (method: 'GET' | 'POST', path: string, handle: (request: ApiRequest) => ServiceResponse): Route => ({
    host: 'identity',
    method,
    path,
    handle: (request, { tenant = 'common' }) => {
      checkTenant(tenant);
      return handle(request);
    }
  });
  const both = (method: 'GET' | 'POST', name: string, handle: (request: ApiRequest) => ServiceResponse): Route[] =>
    ['/{tenant}/oauth2/v2.0', '/{tenant}/oauth2'].map((base) => route(method, `${base}/${name}`, handle));
  return [
    ...both('GET', 'authorize', ({ query }) => authorizePage(query, checkedRedirect(query))),
    ...both('POST', 'authorize', (request) => finishAuthorize(identity, formOf(request))),
    ...both('POST', 'devicecode', (request) => startDevice(identity, request, formOf(request))),
    route('GET', '/devicelogin', ({ query }) => devicePage(query.get('user_code') ?? '')),
    route('POST', '/devicelogin', (request) => finishDevice(identity, formOf(request)))
  ];
}

/** The registered application may come back to this machine only. */
function checkedRedirect(query: URLSearchParams): string {
  checkClient(query);
  if (required(query, 'response_type') !== 'code') {
    throw new TokenError(400, 'unsupported_response_type', 700054, 'The response_type is not enabled.');
  }
  const redirectUri = required(query, 'redirect_uri');
  if (!URL.canParse(redirectUri) || !LOOPBACK.has(new URL(redirectUri).hostname)) {
    throw new TokenError(400, 'invalid_request', 50011, `The redirect URI '${redirectUri}' is not registered.`);
  }
  const method = query.get('code_challenge_method');
  if (query.has('code_challenge') && method !== 'S256') {
    throw new TokenError(400, 'invalid_request', 501481, 'The code_challenge_method must be S256.');
  }
  checkedScope(query);
  return redirectUri;
}

/** Scope to keep with the sign-in; version 1 names a resource instead. */
function checkedScope(query: URLSearchParams): string {
  const resource = query.get('resource');
  if (resource !== null) return `${audienceOfResource(resource)}/.default`;
  const scope = query.get('scope') ?? '';
  audienceOfScope(scope);
  return scope;
}

function finishAuthorize(identity: Identity, form: URLSearchParams): ServiceResponse {
  const redirect = new URL(checkedRedirect(form));
  const state = form.get('state');
  if (state !== null) redirect.searchParams.set('state', state);
  const user = findUser(form.get('user') ?? '');
  if (form.get('decision') !== 'yes' || !user) {
    redirect.searchParams.set('error', 'access_denied');
    redirect.searchParams.set('error_description', 'AADSTS65004: The person declined to consent.');
  } else {
    const code = identity.grants.addCode({
      oid: user.oid,
      clientId: CLIENT_ID,
      redirectUri: required(form, 'redirect_uri'),
      codeChallenge: form.get('code_challenge'),
      scope: checkedScope(form),
      nonce: form.get('nonce'),
      mfa: form.get('mfa') === 'yes',
      expiresAt: identity.clock.now() + CODE_LIFE_MS
    });
    redirect.searchParams.set('code', code);
  }
  return { status: 302, headers: { location: redirect.href, 'cache-control': 'no-store' } };
}

function startDevice(identity: Identity, request: ApiRequest, form: URLSearchParams): ServiceResponse {
  checkClient(form);
  const scope = checkedScope(form);
  const userCode = Array.from({ length: 9 }, () => USER_CODE_SIGNS[randomInt(USER_CODE_SIGNS.length)]).join('');
  const deviceCode = identity.grants.addDevice({
    userCode,
    clientId: CLIENT_ID,
    scope,
    status: 'pending',
    oid: null,
    mfa: false,
    expiresAt: identity.clock.now() + DEVICE_LIFE_MS
  });
  const page = `${publicBase(request)}/devicelogin`;
  return {
    status: 200,
    body: {
      user_code: userCode,
      device_code: deviceCode,
      verification_uri: page,
      expires_in: DEVICE_LIFE_MS / 1000,
      interval: 5,
      message: `To sign in, use a web browser to open the page ${page} and enter the code ${userCode} to authenticate.`
    }
  };
}

function finishDevice(identity: Identity, form: URLSearchParams): ServiceResponse {
  const userCode = (form.get('user_code') ?? '').trim().toUpperCase();
  const grant = identity.grants.deviceByUserCode(userCode);
  if (!grant || grant.status !== 'pending' || identity.clock.now() >= grant.expiresAt) {
    return devicePage(userCode, 'That code did not work. Check the code and try again.');
  }
  const user = findUser(form.get('user') ?? '');
  const accepted = form.get('decision') === 'yes' && user !== undefined;
  identity.grants.answerDevice({
    ...grant,
    status: accepted ? 'approved' : 'declined',
    oid: user?.oid ?? null,
    mfa: form.get('mfa') === 'yes'
  });
  return deviceDonePage(accepted);
}
