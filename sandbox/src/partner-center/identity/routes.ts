import { PARTNER } from '../core/directory.js';
import { TokenError } from '../core/errors.js';
import type { Route } from '../core/routes.js';
import type { ApiRequest, ServiceResponse } from '../core/transport.js';
import type { Signer } from './signing.js';
import type { Identity } from './token-endpoint.js';
import { requestToken } from './token-endpoint.js';

/** Entra ID: token endpoints of both versions, and the discovery documents that MSAL reads before its first call. */
export function identityRoutes(identity: Identity, signer: Signer): Route[] {
  const get = (path: string, body: (request: ApiRequest, tenant: string) => object): Route => ({
    host: 'identity',
    method: 'GET',
    path,
    handle: (request, { tenant = 'common' }) => {
      checkTenant(tenant);
      return { status: 200, body: body(request, tenant) };
    }
  });
  const token = (path: string, version: 'v1' | 'v2'): Route => ({
    host: 'identity',
    method: 'POST',
    path,
    handle: async (request, { tenant = '' }): Promise<ServiceResponse> => {
      checkTenant(tenant);
      const body = await requestToken(identity, { version, form: formOf(request) });
      return { status: 200, headers: { 'cache-control': 'no-store', pragma: 'no-cache' }, body };
    }
  });
  return [
    token('/{tenant}/oauth2/v2.0/token', 'v2'),
    token('/{tenant}/oauth2/token', 'v1'),
    get('/{tenant}/v2.0/.well-known/openid-configuration', (request, tenant) => configuration(request, tenant, 'v2')),
    get('/{tenant}/.well-known/openid-configuration', (request, tenant) => configuration(request, tenant, 'v1')),
    get('/{tenant}/discovery/v2.0/keys', () => ({ keys: [signer.publicJwk] })),
    get('/{tenant}/discovery/keys', () => ({ keys: [signer.publicJwk] })),
    get('/common/discovery/instance', instanceMetadata)
  ];
}

const TENANTS = new Set(['common', 'organizations', PARTNER.tenantId]);

export function checkTenant(tenant: string): void {
  if (TENANTS.has(tenant.toLowerCase())) return;
  throw new TokenError(400, 'invalid_tenant', 90002, `Tenant '${tenant}' not found.`);
}

export function formOf(request: ApiRequest): URLSearchParams {
  const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/x-www-form-urlencoded') {
    throw new TokenError(400, 'invalid_request', 900144, 'The body must be application/x-www-form-urlencoded.');
  }
  return new URLSearchParams(request.body.toString('utf8'));
}

/** The base under which the caller reached the service, so that a proxy with TLS in front works too. */
export function publicBase(request: ApiRequest): string {
  const scheme = request.headers['x-forwarded-proto'] ?? 'http';
  return `${scheme}://${request.headers['x-forwarded-host'] ?? request.headers['host'] ?? '127.0.0.1'}`;
}

function configuration(request: ApiRequest, tenant: string, version: 'v1' | 'v2'): object {
  const base = `${publicBase(request)}/${tenant}`;
  const oauth = version === 'v2' ? `${base}/oauth2/v2.0` : `${base}/oauth2`;
  return {
    token_endpoint: `${oauth}/token`,
    token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt', 'client_secret_basic'],
    jwks_uri: version === 'v2' ? `${base}/discovery/v2.0/keys` : `${base}/discovery/keys`,
    response_modes_supported: ['query', 'fragment', 'form_post'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    response_types_supported: ['code'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    issuer:
      version === 'v2'
        ? `https://login.microsoftonline.com/${PARTNER.tenantId}/v2.0`
        : `https://sts.windows.net/${PARTNER.tenantId}/`,
    authorization_endpoint: `${oauth}/authorize`,
    device_authorization_endpoint: `${oauth}/devicecode`,
    end_session_endpoint: `${oauth}/logout`,
    claims_supported: ['sub', 'iss', 'aud', 'exp', 'iat', 'name', 'preferred_username', 'oid', 'tid', 'email']
  };
}

function instanceMetadata(request: ApiRequest): object {
  const host = request.headers['x-forwarded-host'] ?? request.headers['host'] ?? '127.0.0.1';
  return {
    tenant_discovery_endpoint: `${publicBase(request)}/common/v2.0/.well-known/openid-configuration`,
    'api-version': '1.1',
    metadata: [
      { preferred_network: host, preferred_cache: host, aliases: [host] },
      {
        preferred_network: 'login.microsoftonline.com',
        preferred_cache: 'login.windows.net',
        aliases: ['login.microsoftonline.com', 'login.windows.net', 'login.microsoft.com', 'sts.windows.net']
      }
    ]
  };
}
