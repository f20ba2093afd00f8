import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BusinessCentralApi } from '../../plugin/src/connectors/business-central/api.js';
import { apiRoot, companyPath, environmentsUrl } from '../../plugin/src/connectors/business-central/address.js';
import { clientCredentials } from '../../plugin/src/connectors/business-central/authorization.js';
import { listCompanies, listEnvironments } from '../../plugin/src/connectors/business-central/discovery.js';
import { undiciHttp } from '../../plugin/src/connectors/http/undici-http.js';
import { systemClock } from '../../plugin/src/ports/clock.js';
import type { JsonObject } from '../../plugin/src/ports/json.js';
import { systemRandom } from '../../plugin/src/ports/random.js';
import { MemoryConnections } from '../../plugin/src/service/connections/index.js';
import type { Couplings } from '../../plugin/src/service/coupling/open.js';
import { openCouplings } from '../../plugin/src/service/coupling/open.js';
import { loadSettings } from '../../plugin/src/service/settings.js';
import {
  INTEGRATION_CLIENT_ID,
  INTEGRATION_SECRET,
  TENANT
} from '../../sandbox/src/business-central/identity/applications.js';
import type { RunningBusinessCentral } from '../../sandbox/src/business-central/server.js';
import { startBusinessCentral } from '../../sandbox/src/business-central/server.js';
import type { RunningSalesforce } from '../../sandbox/src/salesforce/server.js';
import { SalesforceClient } from '../../sandbox/src/world/salesforce-client.js';
import { assignPermissionSets, integrationUsername, seedUsers } from '../../sandbox/src/world/seed/users.js';
import { admin, connect, deployTo, startOrg } from './salesforce-org.js';

/** An org and a company, both stand-ins over loopback, and what lies between them. */
export interface CouplingRig {
  salesforce: RunningSalesforce;
  center: RunningBusinessCentral;
  /** As an administrator of the org. */
  people: SalesforceClient;
  users: Map<string, string>;
  /** Business Central as another application sees it, below the company. */
  rows(path: string): Promise<JsonObject[]>;
  change(path: string, values: JsonObject): Promise<void>;
  make(set: string, values: JsonObject): Promise<JsonObject>;
  settingsFile: string;
  connections: MemoryConnections;
  session: Parameters<typeof openCouplings>[1];
  /** Opens what a process opens; closed with the rig. */
  open(ledger?: string): Promise<Couplings>;
  close(): Promise<void>;
}

const CONNECTION = 'business-central';

export async function couplingRig(more: object = {}, seed: 'demo' | 'none' = 'demo'): Promise<CouplingRig> {
  const folder = mkdtempSync(join(tmpdir(), 'cosell-coupling-'));
  const salesforce = await startOrg();
  const center = await startBusinessCentral({ file: ':memory:', port: 0, ...(seed === 'demo' ? { seed } : {}) });
  const people = new SalesforceClient(salesforce.url, salesforce.org.auth.issueAccessToken(admin));
  const users = await seedUsers(people);
  const { failures } = await deployTo(await connect(salesforce));
  if (failures.length > 0) throw new Error(JSON.stringify(failures));
  await assignPermissionSets(people);
  const http = undiciHttp();
  const ports = { http, clock: systemClock, random: systemRandom };
  const tenant = TENANT.id;
  const signIn = { clientId: INTEGRATION_CLIENT_ID, tenant, endpoint: center.url, proof: INTEGRATION_SECRET };
  const authorization = clientCredentials({ ...ports, ...signIn });
  const at = (environment: string) => apiRoot({ kind: 'online', baseUrl: center.url, tenant, environment });
  const anywhere = new BusinessCentralApi({ root: at('any'), authorization, ...ports });
  const [environment] = await listEnvironments(anywhere, environmentsUrl(center.url));
  const api = new BusinessCentralApi({ root: at(environment?.name ?? ''), authorization, ...ports });
  const [company] = await listCompanies(api);
  const below = (path: string): string => `${companyPath(company?.id ?? '')}/${path}`;
  const connections = new MemoryConnections();
  await connections.put(
    {
      ...{ name: CONNECTION, system: 'business-central', kind: 'online', baseUrl: center.url, tenantId: tenant },
      ...{ environment: environment?.name ?? '', companyId: company?.id ?? '', company: company?.name ?? '' },
      ...{ user: INTEGRATION_CLIENT_ID, authority: center.url, proof: 'secret', signedInAt: '2026-01-05T09:00:00Z' }
    },
    INTEGRATION_SECRET
  );
  const settingsFile = join(folder, 'cosell.yaml');
  const settings = { ledger: 'erp.ledger', pollInterval: '100ms', lookupDelay: '0ms', ...more };
  writeFileSync(settingsFile, JSON.stringify(settings));
  let token = salesforce.org.auth.issueAccessToken(integrationUsername);
  const session = {
    instanceUrl: salesforce.url,
    organizationId: salesforce.org.id,
    accessToken: () => Promise.resolve(token),
    renew: () => Promise.resolve((token = salesforce.org.auth.issueAccessToken(integrationUsername)))
  };
  const opened: Couplings[] = [];
  return {
    ...{ salesforce, center, people, users, settingsFile, connections, session },
    rows: async (path) => {
      const { json } = await api.call({ method: 'GET', path: below(path), repeatable: true });
      return (json as { value?: JsonObject[] }).value ?? [json as JsonObject];
    },
    change: async (path, values) => {
      const headers = { 'if-match': '*' };
      await api.call({ method: 'PATCH', path: below(path), body: values, headers, repeatable: true });
    },
    make: async (set, values) =>
      (await api.call({ method: 'POST', path: below(set), body: values, repeatable: false })).json as JsonObject,
    open: async (ledger) => {
      const env = ledger === undefined ? {} : { COSELL_LEDGER: join(folder, ledger) };
      const couplings = await openCouplings(loadSettings(settingsFile, env), session, { connections });
      opened.push(couplings);
      return couplings;
    },
    close: async () => {
      await Promise.all(opened.map((couplings) => couplings.close()));
      await http.close();
      await center.close();
      await salesforce.close();
      rmSync(folder, { recursive: true });
    }
  };
}
