import { undiciHttp } from '../../plugin/src/connectors/http/undici-http.js';
import type { ClosableHttp } from '../../plugin/src/connectors/http/index.js';
import { clientCredentials } from '../../plugin/src/connectors/business-central/authorization.js';
import { BusinessCentralApi } from '../../plugin/src/connectors/business-central/api.js';
import { apiRoot } from '../../plugin/src/connectors/business-central/address.js';
import type {
  BusinessCentralConnector,
  BusinessCentralOptions
} from '../../plugin/src/connectors/business-central/connector.js';
import { createBusinessCentralConnector } from '../../plugin/src/connectors/business-central/connector.js';
import { listCompanies, listEnvironments } from '../../plugin/src/connectors/business-central/discovery.js';
import type { SyncedSet } from '../../plugin/src/connectors/business-central/entities.js';
import { environmentsUrl } from '../../plugin/src/connectors/business-central/address.js';
import { systemClock } from '../../plugin/src/ports/clock.js';
import { systemRandom } from '../../plugin/src/ports/random.js';
import {
  INTEGRATION_CLIENT_ID,
  INTEGRATION_SECRET,
  TENANT
} from '../../sandbox/src/business-central/identity/applications.js';
import type { RunningBusinessCentral } from '../../sandbox/src/business-central/server.js';
import { startBusinessCentral } from '../../sandbox/src/business-central/server.js';

export interface LoopbackRig {
  center: RunningBusinessCentral;
  api: BusinessCentralApi;
  environment: string;
  companyId: string;
  connect: (set: SyncedSet, options?: BusinessCentralOptions) => BusinessCentralConnector;
  close: () => Promise<void>;
}

/** The client against the stand-in, over sockets. @param seed `demo` for a company with a year of trade */
export async function businessCentralLoopback(seed?: 'demo'): Promise<LoopbackRig> {
  const center = await startBusinessCentral({ file: ':memory:', port: 0, ...(seed ? { seed } : {}) });
  const http: ClosableHttp = undiciHttp();
  const ports = { http, clock: systemClock, random: systemRandom };
  const authorization = clientCredentials({
    ...ports,
    clientId: INTEGRATION_CLIENT_ID,
    tenant: TENANT.id,
    endpoint: center.url,
    proof: INTEGRATION_SECRET
  });
  const at = (environment: string) =>
    ({ kind: 'online', baseUrl: center.url, tenant: TENANT.id, environment }) as const;
  const root = (environment: string) => ({ root: apiRoot(at(environment)), authorization, ...ports });
  const [first] = await listEnvironments(new BusinessCentralApi(root('any')), environmentsUrl(center.url));
  const environment = first?.name ?? '';
  const api = new BusinessCentralApi(root(environment));
  const [company] = await listCompanies(api);
  const companyId = company?.id ?? '';
  return {
    center,
    api,
    environment,
    companyId,
    connect: (set, options = {}) =>
      createBusinessCentralConnector({
        ...ports,
        address: at(environment),
        authorization,
        companyId,
        set,
        webClient: { url: 'https://web.example', company: company?.name ?? '' },
        options
      }),
    close: async () => {
      await http.close();
      await center.close();
    }
  };
}
