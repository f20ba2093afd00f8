import { importSPKI, importX509, jwtVerify, errors } from 'jose';
import type { RouteContext } from '../core/contract.js';
import type { OrgHandle } from '../core/org-handle.js';
import { ApiError, type ApiResponse } from '../core/transport.js';
import { baseUrl, handleOf } from '../rest/http.js';
import type { ConnectedClient } from './auth-service.js';

/** Login hosts whose name an assertion may carry instead of the instance. */
const loginHosts = ['https://login.salesforce.com', 'https://test.salesforce.com'];

class OAuthError extends Error {
  public constructor(
    public readonly code: string,
    message: string
  ) {
    super(message);
  }
}

interface Grant {
  username: string;
  clientId: string;
  refreshToken?: string;
}

/** POST /services/oauth2/token: JWT bearer, refresh token and client credentials flows. */
export async function tokenRoute(context: RouteContext): Promise<ApiResponse> {
  const org = handleOf(context);
  const form = new URLSearchParams(context.request.body.toString('utf8'));
  try {
    const grant = await authorize(org, form, baseUrl(context.request));
    const accessToken = org.auth.issueAccessToken(grant.username, grant.clientId);
    return { status: 200, body: tokenAnswer(org, accessToken, baseUrl(context.request)) };
  } catch (error) {
    if (error instanceof OAuthError)
      return { status: 400, body: { error: error.code, error_description: error.message } };
    if (error instanceof ApiError)
      return { status: 400, body: { error: 'invalid_grant', error_description: error.message } };
    throw error;
  }
}

function tokenAnswer(org: OrgHandle, accessToken: string, base: string): object {
  const { userId } = org.session(accessToken);
  return {
    access_token: accessToken,
    scope: 'web api refresh_token',
    instance_url: base,
    id: `${base}/id/${org.id}/${userId}`,
    token_type: 'Bearer',
    issued_at: String(org.now().getTime())
  };
}

async function authorize(org: OrgHandle, form: URLSearchParams, base: string): Promise<Grant> {
  switch (form.get('grant_type')) {
    case 'urn:ietf:params:oauth:grant-type:jwt-bearer':
      return await jwtBearer(org, form.get('assertion') ?? '', base);
    case 'refresh_token':
      return refresh(org, form);
    case 'client_credentials':
      return clientCredentials(org, form);
    default:
      throw new OAuthError('unsupported_grant_type', 'grant type not supported');
  }
}

/** The signature must be by the client's registered key, `aud` a login host or this instance, with or without a slash at its end. */
async function jwtBearer(org: OrgHandle, assertion: string, base: string): Promise<Grant> {
  const client = requireClient(org, unverifiedIssuer(assertion));
  if (client.publicKey === undefined) throw new OAuthError('invalid_grant', 'invalid assertion');
  const key = client.publicKey.includes('CERTIFICATE')
    ? await importX509(client.publicKey, 'RS256')
    : await importSPKI(client.publicKey, 'RS256');
  const local = base.replace('//127.0.0.1', '//localhost');
  const hosts = [...loginHosts, base, local, local.replace('//localhost', '//127.0.0.1')];
  try {
    const { payload } = await jwtVerify(assertion, key, {
      algorithms: ['RS256'],
      audience: hosts.flatMap((host) => [host, `${host}/`]),
      currentDate: org.now(),
      requiredClaims: ['exp', 'sub', 'iss']
    });
    const username = payload.sub ?? '';
    if (!client.usernames.includes(username))
      throw new OAuthError('invalid_grant', `user hasn't approved this consumer`);
    return { username, clientId: client.clientId };
  } catch (error) {
    throw error instanceof errors.JOSEError ? new OAuthError('invalid_grant', assertionFault(error)) : error;
  }
}

function assertionFault(error: errors.JOSEError): string {
  if (error instanceof errors.JWTExpired) return 'expired assertion';
  if (error instanceof errors.JWTClaimValidationFailed && error.claim === 'aud') return 'audience is invalid';
  return 'invalid assertion';
}

function unverifiedIssuer(assertion: string): string {
  try {
    const payload = JSON.parse(Buffer.from(assertion.split('.')[1] ?? '', 'base64url').toString('utf8')) as {
      iss?: unknown;
    };
    return typeof payload.iss === 'string' ? payload.iss : '';
  } catch {
    throw new OAuthError('invalid_grant', 'invalid assertion');
  }
}

function refresh(org: OrgHandle, form: URLSearchParams): Grant {
  const client = requireClient(org, form.get('client_id') ?? '');
  checkSecret(org, client, form.get('client_secret'));
  const token = form.get('refresh_token') ?? '';
  const username = org.auth.refreshUser(token, client.clientId);
  if (username === undefined) throw new OAuthError('invalid_grant', 'expired access/refresh token');
  return { username, clientId: client.clientId };
}

function clientCredentials(org: OrgHandle, form: URLSearchParams): Grant {
  const client = requireClient(org, form.get('client_id') ?? '');
  if (client.clientSecret === undefined) throw new OAuthError('invalid_client', 'invalid client credentials');
  checkSecret(org, client, form.get('client_secret') ?? '');
  if (client.runAs === undefined) throw new OAuthError('invalid_grant', 'no client credentials user enabled');
  return { username: client.runAs, clientId: client.clientId };
}

function checkSecret(org: OrgHandle, client: ConnectedClient, secret: string | null): void {
  if (client.clientSecret === undefined || secret === null) return;
  if (!org.auth.secretMatches(client, secret)) throw new OAuthError('invalid_client', 'invalid client credentials');
}

function requireClient(org: OrgHandle, clientId: string): ConnectedClient {
  const client = org.auth.client(clientId);
  if (client === undefined) throw new OAuthError('invalid_client_id', 'client identifier invalid');
  return client;
}
