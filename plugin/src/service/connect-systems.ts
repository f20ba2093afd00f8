import type { CallLog, ClosableHttp, GatedHttp } from '../connectors/http/index.js';
import { withCap, withGate } from '../connectors/http/index.js';
import type { PartnerCenterConnector } from '../connectors/partner-center/index.js';
import { createPartnerCenterConnector } from '../connectors/partner-center/index.js';
import type { SalesforceConnector, SalesforceSession } from '../connectors/salesforce/index.js';
import { createSalesforceConnector, registrationFields } from '../connectors/salesforce/index.js';
import type { Mapping } from '../mapping/types.js';
import type { Clock } from '../ports/clock.js';
import type { Random } from '../ports/random.js';
import { inboundRules } from './inbound.js';
import { fieldsToRead, fieldsToWrite } from './mapping-of.js';
import type { Settings } from './settings.js';
import type { PartnerCenterSignIn } from './sign-in.js';

/** The two systems of a mapping, and what the process holds in front of each. */
export interface ConnectedSystems {
  readonly left: SalesforceConnector;
  readonly right: PartnerCenterConnector;
  /** By name of the system: where an answer 429 stops all workers of the process. */
  readonly gates: Readonly<Record<string, GatedHttp>>;
  /** By name of the system: the most calls that were under way at once. */
  inFlight(): Record<string, number>;
}

export interface SystemParts {
  mapping: Mapping;
  session: SalesforceSession;
  tokens: PartnerCenterSignIn['tokens'];
  http: ClosableHttp;
  clock: Clock;
  random: Random;
  /** Where the calls of all processes are counted. */
  callLog: CallLog;
}

type Common = Pick<SystemParts, 'clock' | 'random' | 'callLog'> & { http: GatedHttp };

function salesforceOf(settings: Settings, { mapping, session }: SystemParts, common: Common): SalesforceConnector {
  const { cosell, registration, requestTimeoutMs: timeoutMs } = settings;
  const { changeEvents: _, ...salesforce } = settings.salesforce;
  const asked = registration.enabled ? registrationFields : [];
  return createSalesforceConnector({
    session,
    ...common,
    options: {
      extraFields: [...fieldsToRead(mapping), ...asked],
      writableFields: fieldsToWrite(mapping),
      ...(cosell.mayShare === 'everyone' ? {} : { mayShare: cosell.mayShare }),
      timeoutMs,
      inbound: inboundRules(cosell),
      ...salesforce
    }
  });
}

function partnerCenterOf(settings: Settings, { tokens }: SystemParts, common: Common): PartnerCenterConnector {
  const { cosell, requestTimeoutMs: timeoutMs } = settings;
  const { baseUrl, audience, inboxUrlTemplate, overlapMs, budget } = settings.partnerCenter;
  const { enabled: _, ...registration } = settings.registration;
  return createPartnerCenterConnector({
    baseUrl,
    tokens,
    ...common,
    options: {
      timeoutMs,
      registration,
      leads: !cosell.cosellOnly,
      ...(audience === undefined ? {} : { audience }),
      ...(inboxUrlTemplate === undefined ? {} : { inboxUrlTemplate }),
      ...(overlapMs === undefined ? {} : { overlapMs }),
      ...(budget?.daily === undefined ? {} : { budget: { ...budget, daily: budget.daily } })
    }
  });
}

/** Makes the connectors of both systems from the settings; opens no connection. */
export function connectSystems(settings: Settings, parts: SystemParts): ConnectedSystems {
  const { http, clock, random, callLog } = parts;
  // One cap per system for the whole process, whoever calls: workers, feeds and reports.
  const orgHttp = withCap(http, settings.concurrency);
  const partnerHttp = withCap(http, settings.concurrency);
  // Outside the cap, so that a call that waits for the end of a pause takes nobody's place.
  const orgGate = withGate(orgHttp, { system: 'salesforce', label: 'Salesforce', clock });
  const partnerGate = withGate(partnerHttp, { system: 'partner-center', label: 'Partner Center', clock });
  const left = salesforceOf(settings, parts, { http: orgGate, clock, random, callLog });
  const right = partnerCenterOf(settings, parts, { http: partnerGate, clock, random, callLog });
  return {
    left,
    right,
    gates: { [left.system]: orgGate, [right.system]: partnerGate },
    inFlight: () => ({ [left.system]: orgHttp.most(), [right.system]: partnerHttp.most() })
  };
}
