import { undiciHttp, withGate } from '../../connectors/http/index.js';
import type { CallLog, ClosableHttp } from '../../connectors/http/index.js';
import { figures, webClientUrl } from '../../connectors/business-central/index.js';
import type { SalesforceSession } from '../../connectors/salesforce/index.js';
import { createErpOrg } from '../../connectors/salesforce/index.js';
import type { Clock } from '../../ports/clock.js';
import { systemClock } from '../../ports/clock.js';
import type { Random } from '../../ports/random.js';
import { systemRandom } from '../../ports/random.js';
import { openConnection } from '../connections/business-central/session.js';
import { chooseConnection } from '../connections/choose.js';
import { cliConnections } from '../connections/cli-store.js';
import type { BusinessCentralConnection, ConnectionStore } from '../connections/connection.js';
import type { Settings } from '../settings.js';
import { erpReader } from './reader.js';
import type { RefreshPorts } from './refresh.js';

export interface ErpPorts {
  clock?: Clock;
  random?: Random;
  http?: ClosableHttp;
  /** @default those of the sf CLI on this machine */
  connections?: ConnectionStore;
  callLog?: CallLog;
}

/** The ERP panel's service, opened. */
export interface OpenErp extends RefreshPorts {
  connection: BusinessCentralConnection;
  close(): Promise<void>;
}

/** Where people open records of the company. */
function clientOf({ businessCentral }: Settings, connection: BusinessCentralConnection): string {
  const { webClientUrl: own } = businessCentral as { webClientUrl?: string };
  if (own !== undefined) return own;
  if (connection.kind === 'onPremises') return connection.baseUrl;
  return `${webClientUrl}/${connection.tenantId}/${connection.environment}`;
}

/**
 * Wires the org and the company of the stored connection.
 * @returns undefined when no company is connected
 * @throws what `chooseConnection` and `openConnection` throw
 */
export async function openErp(
  settings: Settings,
  session: SalesforceSession,
  ports: ErpPorts = {}
): Promise<OpenErp | undefined> {
  const { clock = systemClock, random = systemRandom, connections = cliConnections(clock), callLog } = ports;
  const connection = await chooseConnection(connections, 'business-central', settings.businessCentral.connection);
  if (connection === undefined) return undefined;
  const http = ports.http ?? undiciHttp();
  const gate = withGate(http, { system: 'business-central', label: 'Business Central', clock });
  const { api, address } = await openConnection(connection, connections, { http: gate, clock, random });
  const { companyId, company } = connection;
  const context = { api, companyId, analyticsVersion: settings.erp.analyticsVersion };
  const org = createErpOrg({
    ...{ session, http, clock, random },
    timeoutMs: settings.requestTimeoutMs,
    ...(callLog === undefined ? {} : { callLog })
  });
  const reader = erpReader({
    context,
    clock,
    rules: settings.erp,
    about: { companyId, webClient: { url: clientOf(settings, connection), company } },
    legacy: (numbers) => figures.readLegacyAvailability(context, { address, company }, numbers)
  });
  return {
    ...{ connection, org, reader, clock },
    close: async () => {
      if (ports.http === undefined) await http.close();
    }
  };
}
