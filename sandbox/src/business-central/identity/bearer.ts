import type { Signer } from '../../partner-center/identity/signing.js';
import type { ApiRequest } from '../../partner-center/core/transport.js';
import { ApiFault } from '../core/errors.js';
import type { World } from '../core/world.js';
import type { Application, Applications } from './applications.js';
import { permissionSets, TENANT } from './applications.js';
import { AUDIENCE } from './token-endpoint.js';

/** 401 `Authentication_InvalidCredentials`. */
export const invalidCredentials = (): ApiFault =>
  new ApiFault(401, 'Authentication_InvalidCredentials', 'The server has rejected the client credentials.', {
    'www-authenticate': 'Bearer error="invalid_token"'
  });

/**
 * The application behind `Authorization: Bearer …`. 401 without a valid token of this service, and for an application that has
 * no enabled card in Business Central; 403 without a permission set.
 */
export async function authenticate(
  request: ApiRequest,
  world: World,
  signer: Signer,
  applications: Applications
): Promise<Application> {
  const token = /^Bearer (\S+)$/i.exec(request.headers['authorization'] ?? '')?.[1];
  if (token === undefined) throw invalidCredentials();
  const claims = await signer.verify(token, new Date(world.clock.now())).catch(() => {
    throw invalidCredentials();
  });
  const application = applications.find(String(claims['appid']));
  if (claims.aud !== AUDIENCE || claims['tid'] !== TENANT.id || !application) throw invalidCredentials();
  if (!application.registered || application.state !== 'Enabled') throw invalidCredentials();
  if (application.permissionSets.length === 0 || !application.roles.includes('API.ReadWrite.All')) {
    throw denied(world, 'The application has no permission set, or no consent for API.ReadWrite.All.');
  }
  return application;
}

/** 403 unless one of the application's permission sets covers the set. */
export function checkPermission(world: World, application: Application, set: string, access: 'read' | 'write'): void {
  const covered = application.permissionSets.some((name) => {
    const sets = permissionSets[name]?.[access] ?? [];
    return sets === '*' || sets.includes(set);
  });
  if (covered) return;
  throw denied(
    world,
    `Sorry, the current permissions prevented the action. (${set} ${access === 'read' ? 'Read' : 'Modify'})`
  );
}

const denied = (world: World, message: string): ApiFault =>
  new ApiFault(403, world.settings().permissionDeniedCode, message);
