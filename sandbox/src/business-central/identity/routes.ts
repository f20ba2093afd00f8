import { publicBase } from '../../partner-center/identity/routes.js';
import type { ApiRequest, ServiceResponse } from '../../partner-center/core/transport.js';
import { newId } from '../../partner-center/core/world.js';
import { TokenFault } from '../core/errors.js';
import type { Identity } from './token-endpoint.js';
import { checkTenant, requestToken } from './token-endpoint.js';

const TOKEN = /^\/([^/]+)\/oauth2\/v2\.0\/token\/?$/;
const CONFIGURATION = /^\/([^/]+)\/v2\.0\/\.well-known\/openid-configuration\/?$/;
const KEYS = /^\/([^/]+)\/discovery\/v2\.0\/keys\/?$/;

/** Whether a path belongs to Entra ID rather than to Business Central. */
export const isIdentityPath = (path: string): boolean =>
  [TOKEN, CONFIGURATION, KEYS].some((pattern) => pattern.test(path)) || path === '/common/discovery/instance';

/** Entra ID: the token endpoint, and the discovery documents that MSAL reads before its first call. */
export async function answerIdentity(identity: Identity, request: ApiRequest): Promise<ServiceResponse> {
  try {
    return await handle(identity, request);
  } catch (error) {
    if (!(error instanceof TokenFault)) throw error;
    const at = new Date(identity.world.clock.now()).toISOString();
    const ids = { trace_id: newId(), correlation_id: request.headers['client-request-id'] ?? newId() };
    return {
      status: error.status,
      headers: { 'cache-control': 'no-store' },
      body: {
        error: error.error,
        error_description: `AADSTS${error.number}: ${error.message} Trace ID: ${ids.trace_id} Correlation ID: ${ids.correlation_id} Timestamp: ${at}`,
        error_codes: [error.number],
        timestamp: at,
        ...ids
      }
    };
  }
}

async function handle(identity: Identity, request: ApiRequest): Promise<ServiceResponse> {
  const token = TOKEN.exec(request.path);
  if (token) {
    if (request.method !== 'POST')
      throw new TokenFault(405, 'invalid_request', 900561, 'The endpoint only accepts POST requests.');
    checkTenant(token[1] ?? '');
    const body = await requestToken(identity, formOf(request));
    return { status: 200, headers: { 'cache-control': 'no-store', pragma: 'no-cache' }, body };
  }
  if (KEYS.test(request.path)) return { status: 200, body: { keys: [identity.signer.publicJwk] } };
  const configuration = CONFIGURATION.exec(request.path);
  return { status: 200, body: configuration ? configurationOf(request, configuration[1] ?? '') : instances(request) };
}

function formOf(request: ApiRequest): URLSearchParams {
  const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  if (type === 'application/x-www-form-urlencoded') return new URLSearchParams(request.body.toString('utf8'));
  throw new TokenFault(400, 'invalid_request', 900144, 'The body must be application/x-www-form-urlencoded.');
}

function configurationOf(request: ApiRequest, tenant: string): object {
  checkTenant(tenant);
  const base = `${publicBase(request)}/${tenant}`;
  return {
    token_endpoint: `${base}/oauth2/v2.0/token`,
    token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt'],
    jwks_uri: `${base}/discovery/v2.0/keys`,
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    issuer: `https://login.microsoftonline.com/${tenant}/v2.0`,
    response_types_supported: ['code'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256']
  };
}

function instances(request: ApiRequest): object {
  const host = request.headers['x-forwarded-host'] ?? request.headers['host'] ?? '127.0.0.1';
  return {
    tenant_discovery_endpoint: `${publicBase(request)}/common/v2.0/.well-known/openid-configuration`,
    'api-version': '1.1',
    metadata: [{ preferred_network: host, preferred_cache: host, aliases: [host] }]
  };
}
