import { openStream } from '../../plugin/src/connectors/http/streaming.js';
import { undiciHttp } from '../../plugin/src/connectors/http/undici-http.js';
import type { BulkPorts } from '../../plugin/src/connectors/salesforce/bulk/index.js';
import { createSalesforceConnector } from '../../plugin/src/connectors/salesforce/connector.js';
import type { SalesforceConnector, SalesforceOptions } from '../../plugin/src/connectors/salesforce/connector.js';
import { SalesforceRest } from '../../plugin/src/connectors/salesforce/rest.js';
import { systemClock } from '../../plugin/src/ports/clock.js';
import type { Clock } from '../../plugin/src/ports/clock.js';
import type { HttpClient, HttpRequest } from '../../plugin/src/ports/http.js';
import { SeededRandom } from '../../plugin/src/ports/random.js';
import type { RunningSalesforce, SalesforceOptions as OrgOptions } from '../../sandbox/src/salesforce/server.js';
import { setLanguages } from '../../sandbox/src/salesforce/core/translation-workbench.js';
import { SalesforceClient } from '../../sandbox/src/world/salesforce-client.js';
import { assignPermissionSets, seedUsers } from '../../sandbox/src/world/seed/users.js';
import { admin, connect, deployTo, startOrg } from './salesforce-org.js';

const integration = 'integration@cosell.example';

/** Waits that a test need not sit through. */
export const quick = {
  attempts: 4,
  baseMs: 1,
  factor: 1,
  capMs: 1,
  maxRetryAfterMs: 50,
  statuses: [429, 500, 502, 503, 504],
  transport: ['refused', 'cut', 'timeout']
} as const;

export interface SalesforceRig {
  salesforce: RunningSalesforce;
  asAdmin: SalesforceClient;
  users: Map<string, string>;
  /** What our side sent since the last `sent.length = 0`. */
  sent: HttpRequest[];
  /** Ours, as the integration user; a new one each time. */
  connector(options?: SalesforceOptions, clock?: Clock): SalesforceConnector;
  bulk(clock?: Clock): BulkPorts;
  /** Creates records as the administrator, straight in the org. */
  create(object: string, records: readonly Record<string, unknown>[]): string[];
  /** Switches faults over the control port. */
  faults(command: Record<string, unknown>): Promise<void>;
  close(): Promise<void>;
}

/** The Salesforce stand-in with users and our metadata, and ways in. */
export async function salesforceRig(
  options: Partial<OrgOptions> = {},
  deploy: NonNullable<Parameters<typeof deployTo>[1]> = {}
): Promise<SalesforceRig> {
  const salesforce = await startOrg({ controlPort: 0, ...options });
  const asAdmin = new SalesforceClient(salesforce.url, salesforce.org.auth.issueAccessToken(admin));
  if (deploy.translations === true) setLanguages(salesforce.org, ['nl_NL']);
  const users = await seedUsers(asAdmin);
  const deployed = await deployTo(await connect(salesforce), deploy);
  if (deployed.failures.length > 0) throw new Error(JSON.stringify(deployed.failures));
  await assignPermissionSets(asAdmin);
  const http = undiciHttp();
  const sent: HttpRequest[] = [];
  const recording: HttpClient = {
    request: (request) => (sent.push(request), http.request(request)),
    stream: (request) => (sent.push(request), openStream(http, request))
  };
  const token = salesforce.org.auth.issueAccessToken(integration);
  const session = {
    instanceUrl: salesforce.url,
    accessToken: () => Promise.resolve(token),
    renew: () => Promise.resolve(salesforce.org.auth.issueAccessToken(integration))
  };
  const ports = (clock: Clock) => ({ session, http: recording, clock, random: new SeededRandom(4) });
  return {
    salesforce,
    asAdmin,
    users,
    sent,
    connector: (changes = {}, clock = systemClock) =>
      createSalesforceConnector({ ...ports(clock), options: { overlapMs: 0, retry: quick, ...changes } }),
    bulk: (clock = systemClock) => ({
      rest: new SalesforceRest({ ...ports(clock), retry: quick }),
      clock,
      random: new SeededRandom(5),
      polling: { firstMs: 2, capMs: 5, timeoutMs: 20_000 }
    }),
    create: (object, records) => {
      const as = salesforce.org.sessionFor(admin);
      return salesforce.org.data.transaction(as, () =>
        records.map((record) => salesforce.org.data.create(as, object, record))
      );
    },
    faults: async (command) => {
      const answer = await fetch(`${salesforce.controlUrl}/faults`, { method: 'POST', body: JSON.stringify(command) });
      if (!answer.ok) throw new Error(await answer.text());
    },
    close: async () => {
      await http.close();
      await salesforce.close();
    }
  };
}

/** `count` accounts named `prefix 0` and so on. */
export const accounts = (prefix: string, count: number): { Name: string }[] =>
  Array.from({ length: count }, (_, index) => ({ Name: `${prefix} ${index}` }));
