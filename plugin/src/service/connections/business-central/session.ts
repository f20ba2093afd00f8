import type { Address, Authorization } from '../../../connectors/business-central/index.js';
import {
  accessKey,
  apiRoot,
  BusinessCentralApi,
  clientCredentials
} from '../../../connectors/business-central/index.js';
import type { Clock } from '../../../ports/clock.js';
import { CosellError } from '../../../ports/errors.js';
import type { HttpClient } from '../../../ports/http.js';
import type { Random } from '../../../ports/random.js';
import type { BusinessCentralConnection, BusinessCentralOnline, ConnectionStore } from '../connection.js';
import { readCertificate } from './certificate.js';

export interface SessionPorts {
  http: HttpClient;
  clock: Clock;
  random: Random;
}

/** Who signs in, before environment and company are known. */
export type Account =
  | (Pick<BusinessCentralOnline, 'kind' | 'baseUrl' | 'tenantId' | 'authority' | 'proof' | 'user'> & { secret: string })
  | { kind: 'onPremises'; baseUrl: string; user: string; secret: string };

/** @throws CosellError what `readCertificate` throws */
export function authorizationOf(account: Account, ports: SessionPorts): Authorization {
  const { user, secret } = account;
  if (account.kind === 'onPremises') return accessKey(user, secret);
  const { tenantId: tenant, authority: endpoint, proof } = account;
  return clientCredentials({
    ...ports,
    clientId: user,
    tenant,
    endpoint,
    proof: proof === 'certificate' ? readCertificate(secret, ports.clock.now()) : secret
  });
}

export function apiOf(address: Address, authorization: Authorization, ports: SessionPorts): BusinessCentralApi {
  return new BusinessCentralApi({ root: apiRoot(address), authorization, ...ports });
}

/** Where a stored connection leads. */
export function addressOf(connection: BusinessCentralConnection): Address {
  const { baseUrl } = connection;
  if (connection.kind === 'onPremises') return { kind: 'onPremises', baseUrl };
  return { kind: 'online', baseUrl, tenant: connection.tenantId, environment: connection.environment };
}

/**
 * Opens a stored connection.
 * @throws CosellError `SIGN_IN_INCOMPLETE` when its secret is gone
 */
export async function openConnection(
  connection: BusinessCentralConnection,
  store: Pick<ConnectionStore, 'secret'>,
  ports: SessionPorts
): Promise<{ api: BusinessCentralApi; address: Address; authorization: Authorization }> {
  const secret = await store.secret(connection.name);
  if (secret === undefined) {
    throw new CosellError('SIGN_IN_INCOMPLETE', `The connection ${connection.name} has no secret any more.`, [
      `Add it again with: sf cosell connection add business-central --name ${connection.name}`
    ]);
  }
  const authorization = authorizationOf({ ...connection, secret }, ports);
  const address = addressOf(connection);
  return { api: apiOf(address, authorization, ports), address, authorization };
}
