import { createBusinessCentralConnector } from '../../plugin/src/connectors/business-central/connector.js';
import type {
  BusinessCentralConnector,
  BusinessCentralConnectorInput
} from '../../plugin/src/connectors/business-central/connector.js';
import { BusinessCentralApi } from '../../plugin/src/connectors/business-central/api.js';
import type { Authorization } from '../../plugin/src/connectors/business-central/authorization.js';
import { ManualClock } from '../../plugin/src/ports/clock.js';
import { SeededRandom } from '../../plugin/src/ports/random.js';
import type { Answer } from './scripted-http.js';
import { ScriptedHttp } from './scripted-http.js';

export const COMPANY = '11111111-1111-1111-1111-111111111111';
export const HOST = 'https://bc.example';
export const ROOT = `${HOST}/v2.0/contoso.example/Production/api`;
export const COMPANY_ROOT = `${ROOT}/v2.0/companies(${COMPANY})`;

/** The n-th record id. */
export const idOf = (n: number): string => `aaaaaaaa-0000-0000-0000-${String(n).padStart(12, '0')}`;

/** A row as the service sends it. */
export const row = (n: number, fields: object = {}): object => ({
  '@odata.etag': `W/"${n}"`,
  id: idOf(n),
  lastModifiedDateTime: `2026-01-05T08:0${n % 10}:00Z`,
  ...fields
});

export const refusal = (status: number, code: string, message = 'No.'): object => ({
  status,
  json: { error: { code, message: `${message}  CorrelationId:  0f0f0f0f-0000-0000-0000-000000000001.` } }
});

export interface BusinessCentralRig {
  http: ScriptedHttp;
  clock: ManualClock;
  connector: BusinessCentralConnector;
  /** Decoded addresses of what was asked, without the part that all have in common. */
  asked: () => string[];
}

const fixed: Authorization = { header: () => Promise.resolve('Bearer one') };

/** The connector with a script in the place of the network. */
export function businessCentralRig(
  answers: readonly Answer[],
  input: Partial<BusinessCentralConnectorInput> = {}
): BusinessCentralRig {
  const http = new ScriptedHttp(...answers);
  const clock = new ManualClock();
  const connector = createBusinessCentralConnector({
    address: { kind: 'online', baseUrl: HOST, tenant: 'contoso.example', environment: 'Production' },
    companyId: COMPANY,
    set: 'customers',
    webClient: { url: 'https://web.example/contoso.example/Production', company: 'CRONUS & Co.' },
    authorization: fixed,
    http,
    clock,
    random: new SeededRandom(1),
    ...input
  });
  const asked = (): string[] =>
    http.requests.map(
      ({ method, url }) =>
        `${method} ${decodeURIComponent(url).replace(`${COMPANY_ROOT}/`, '').replace(`${ROOT}/`, '')}`
    );
  return { http, clock, connector, asked };
}

/** The API by itself, with a script in the place of the network. */
export function scriptedApi(...answers: Answer[]): { api: BusinessCentralApi; http: ScriptedHttp } {
  const http = new ScriptedHttp(...answers);
  const ports = { root: ROOT, authorization: fixed, http, clock: new ManualClock(), random: new SeededRandom(1) };
  return { api: new BusinessCentralApi(ports), http };
}
