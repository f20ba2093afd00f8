import { timingSafeEqual } from 'node:crypto';
import type { ApiRequest } from '../../partner-center/core/transport.js';
import { ApiFault } from '../core/errors.js';
import type { World } from '../core/world.js';
import type { Application } from '../identity/applications.js';

/** The "OData web service user" of the on-premises mode and its web-service access key, 44 characters. */
export const WEB_SERVICE_USER = 'ODATA';
export const WEB_SERVICE_KEY = 'c2FuZGJveC13ZWItc2VydmljZS1hY2Nlc3Mta2V5MDE=';

/**
 * The user of an on-premises server, signed in with Basic. Online this ended on 1 October 2022. Throws 405 while the services are
 * off, as such a server answers by default, and 401 for a wrong key.
 */
export function onPremisesUser(world: World, request: ApiRequest): Application {
  if (!world.settings().onPremises) {
    throw new ApiFault(
      405,
      'BadRequest_MethodNotAllowed',
      'The API and OData services of this server are not enabled.'
    );
  }
  const encoded = /^Basic (\S+)$/i.exec(request.headers['authorization'] ?? '')?.[1] ?? '';
  const given = Buffer.from(encoded, 'base64');
  const wanted = Buffer.from(`${WEB_SERVICE_USER}:${WEB_SERVICE_KEY}`);
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) {
    throw new ApiFault(401, 'Authentication_InvalidCredentials', 'The server has rejected the client credentials.', {
      'www-authenticate': 'Basic realm="BC"'
    });
  }
  return {
    clientId: WEB_SERVICE_USER.toLowerCase(),
    objectId: '7d1f4c20-93ab-4e56-b8d0-2f6c1a9e5b74',
    roles: ['API.ReadWrite.All'],
    registered: true,
    state: 'Enabled',
    permissionSets: ['D365 FULL ACCESS']
  };
}
