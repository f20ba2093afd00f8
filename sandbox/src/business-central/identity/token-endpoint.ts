import { createHash, timingSafeEqual, X509Certificate } from 'node:crypto';
import { decodeProtectedHeader, jwtVerify } from 'jose';
import type { Signer } from '../../partner-center/identity/signing.js';
import { TokenFault } from '../core/errors.js';
import type { World } from '../core/world.js';
import type { Application, Applications } from './applications.js';
import { TENANT } from './applications.js';

export const AUDIENCE = 'https://api.businesscentral.dynamics.com';
const ASSERTION = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

export interface Identity {
  readonly world: World;
  readonly applications: Applications;
  readonly signer: Signer;
}

/** `POST /{tenant}/oauth2/v2.0/token` for an application. Throws `TokenFault` in Entra ID's words. */
export async function requestToken(identity: Identity, form: URLSearchParams): Promise<object> {
  const grant = required(form, 'grant_type');
  if (grant !== 'client_credentials') {
    throw new TokenFault(400, 'unsupported_grant_type', 70003, `The grant type '${grant}' is not supported.`);
  }
  const application = await authenticated(identity, form);
  checkScope(required(form, 'scope'));
  const seconds = identity.world.settings().accessTokenSeconds;
  return {
    token_type: 'Bearer',
    expires_in: seconds,
    ext_expires_in: seconds,
    access_token: await accessToken(identity, application)
  };
}

/** A signed access token for an application; it lives as long as the settings say. */
export function accessToken({ world, signer }: Identity, application: Application): Promise<string> {
  const now = Math.floor(world.clock.now() / 1000);
  return signer.sign({
    aud: AUDIENCE,
    iss: `https://sts.windows.net/${TENANT.id}/`,
    tid: TENANT.id,
    appid: application.clientId,
    oid: application.objectId,
    idtyp: 'app',
    roles: application.roles,
    iat: now,
    nbf: now,
    exp: now + world.settings().accessTokenSeconds
  });
}

export function checkTenant(tenant: string): void {
  if ([TENANT.id, TENANT.domain].includes(tenant.toLowerCase())) return;
  throw new TokenFault(400, 'invalid_tenant', 90002, `Tenant '${tenant}' not found.`);
}

function required(form: URLSearchParams, name: string): string {
  const value = form.get(name);
  if (value) return value;
  throw new TokenFault(
    400,
    'invalid_request',
    900144,
    `The request body must contain the following parameter: '${name}'.`
  );
}

function checkScope(scope: string): void {
  if (scope === `${AUDIENCE}/.default`) return;
  if (scope.endsWith('/.default')) {
    const resource = scope.slice(0, -'/.default'.length);
    throw new TokenFault(
      400,
      'invalid_resource',
      500011,
      `The resource principal named ${resource} was not found in the tenant.`
    );
  }
  throw new TokenFault(
    400,
    'invalid_scope',
    1002012,
    `The provided value for scope ${scope} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier.`
  );
}

async function authenticated(identity: Identity, form: URLSearchParams): Promise<Application> {
  const clientId = required(form, 'client_id');
  const application = identity.applications.find(clientId);
  if (!application) {
    throw new TokenFault(
      400,
      'unauthorized_client',
      700016,
      `Application with identifier '${clientId}' was not found in the directory.`
    );
  }
  const assertion = form.get('client_assertion');
  if (assertion === null) checkSecret(application, required(form, 'client_secret'));
  else if (form.get('client_assertion_type') !== ASSERTION) {
    throw new TokenFault(
      400,
      'invalid_request',
      900144,
      "The parameter 'client_assertion_type' is missing or not supported."
    );
  } else await checkAssertion(identity.world, application, assertion);
  return application;
}

function checkSecret(application: Application, secret: string): void {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
  if (application.secret !== undefined && timingSafeEqual(hash(application.secret), hash(secret))) return;
  throw new TokenFault(401, 'invalid_client', 7000215, 'Invalid client secret provided.');
}

/** Certificate credentials: signed with the key of the certificate, which the header names by its thumbprint. */
async function checkAssertion(world: World, application: Application, assertion: string): Promise<void> {
  const refused = (message: string): TokenFault => new TokenFault(401, 'invalid_client', 700027, message);
  if (application.certificate === undefined) throw refused('The application has no certificate.');
  const certificate = new X509Certificate(application.certificate);
  try {
    const header = decodeProtectedHeader(assertion);
    const print = (hex: string): string => Buffer.from(hex.replaceAll(':', ''), 'hex').toString('base64url');
    const named = [header.x5t, header['x5t#S256']].filter((value) => typeof value === 'string');
    if (!named.some((value) => [print(certificate.fingerprint), print(certificate.fingerprint256)].includes(value))) {
      throw new Error('thumbprint');
    }
    const { payload } = await jwtVerify(assertion, certificate.publicKey, {
      algorithms: ['RS256', 'PS256'],
      issuer: application.clientId,
      subject: application.clientId,
      currentDate: new Date(world.clock.now()),
      requiredClaims: ['exp', 'jti', 'aud']
    });
    const audience = String(payload.aud);
    if (!audience.endsWith(`/${TENANT.id}/oauth2/v2.0/token`)) throw new Error('audience');
  } catch {
    throw refused(
      'The client assertion is expired, or was not signed with the registered certificate for this endpoint.'
    );
  }
}
