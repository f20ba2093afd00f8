import type { CallLog } from '../../plugin/src/connectors/http/call-log.js';
import { defaultRetryPolicy } from '../../plugin/src/connectors/http/retry.js';
import { createPartnerCenterConnector } from '../../plugin/src/connectors/partner-center/index.js';
import { system as rightSystem } from '../../plugin/src/connectors/partner-center/tokens.js';
import type { InboundRules } from '../../plugin/src/connectors/salesforce/index.js';
import { createSalesforceConnector } from '../../plugin/src/connectors/salesforce/index.js';
import { system as leftSystem } from '../../plugin/src/connectors/salesforce/rest-errors.js';
import type { Ledger } from '../../plugin/src/ledger/port.js';
import { ConnectorError } from '../../plugin/src/ports/errors.js';
import type { Random } from '../../plugin/src/ports/random.js';
import { allowance } from '../../plugin/src/service/budgets.js';
import type { RunContext } from '../../plugin/src/sync/index.js';
import { inboundTo } from '../support/engine/fake-inbound.js';
import { ACTIVE_STAGE, ON_HOLD, referralOf } from './incoming.js';
import type { OrgRow } from './org-rows.js';
import type { SimProcess } from './process.js';
import type { ReferralServer } from './referral-server.js';
import type { Connectors } from './tricks.js';
import type { SimWorld } from './world.js';

/** Whole-request time-out of the connectors, and how often a call is tried: together less than a call may take. */
const TIMEOUT_MS = 8_000;
const ATTEMPTS = 2;
/** What the organization decided about deals that others send. */
const INBOUND: InboundRules = {
  onHoldStage: ON_HOLD,
  activeStage: ACTIVE_STAGE,
  leads: false,
  accountMatch: ['companyName'],
  createAccount: true
};
/** The process that has the world for itself in the end: with all the calls it wants. */
export const CALM = 'calm';

/** What a run needs of the two systems. */
export type Connected = Connectors & Pick<RunContext, 'budgets' | 'inbound'>;

interface Connecting {
  process: SimProcess;
  /** Whether the planted defect is in them. */
  tricked: boolean;
  ledger: Ledger;
  random: Random;
}

/** The real connectors of one process, on the simulated network. */
export function connect(world: SimWorld, { process, tricked, ledger, random }: Connecting): Connected {
  const { network, org, referrals, tricks, story } = world;
  const plain = network.client(process, { left: org, right: referrals });
  const http = (tricked ? tricks.http?.(plain, process) : undefined) ?? plain;
  const timeoutMs = tricks.timeoutMs ?? TIMEOUT_MS;
  const retry = { ...defaultRetryPolicy, attempts: ATTEMPTS };
  const { inbound } = story.profile;
  const { daily } = process.name === CALM || !tricked ? {} : story.profile;
  const callLog: CallLog = {
    add: (system, bucket, calls) => ledger.addCalls(system, bucket, calls),
    since: (system, bucket) => ledger.callsSince(system, bucket)
  };
  const shared = daily === undefined ? {} : { callLog };
  const common = { http, clock: process, random, ...shared };
  const token = (system: string): string => {
    if (!network.throws('noToken')) return 'opaque';
    throw new ConnectorError(system, 'connection', 'NOT_SIGNED_IN', 'There is no token at the moment.');
  };
  let rejected = false;
  const left = createSalesforceConnector({
    ...common,
    session: {
      instanceUrl: 'http://org',
      accessToken: async () => Promise.resolve('opaque'),
      renew: async () => Promise.resolve(token(leftSystem))
    },
    options: { timeoutMs, retry, firstRead: 'rest', ...(inbound === true ? { inbound: INBOUND } : {}) }
  });
  const right = createPartnerCenterConnector({
    ...common,
    baseUrl: 'http://partner-center',
    tokens: {
      token: async () => {
        if (rejected) token(rightSystem);
        rejected = false;
        return Promise.resolve('opaque');
      },
      reject: () => (rejected = true)
    },
    options: { timeoutMs, retry, ...(daily === undefined ? {} : { budget: { daily } }) }
  });
  const connectors: Connectors = { left, right };
  const planted = tricked ? tricks.connectors?.(connectors, process, ledger) : undefined;
  return {
    ...(planted ?? connectors),
    ...(inbound === true ? { inbound: inboundTo(left.inbound(INBOUND)) } : {}),
    ...(daily === undefined ? {} : { budgets: [left, right].map(allowance) })
  };
}

export type Everything = Awaited<ReturnType<typeof readEverything>>;

/** Fresh reads of every record and of its referral. */
export async function readEverything(
  left: Connectors['left'],
  right: Connectors['right'],
  rows: readonly OrgRow[],
  referrals: ReferralServer
) {
  const lefts = await left.read(rows.map(({ id }) => ({ key: id })));
  const owns = rows.flatMap((row) => referralOf(referrals, row) ?? []);
  const rights = await right.read(
    owns.map(({ id, document }) => ({ key: id, context: { engagementId: document['engagementId'] ?? null } }))
  );
  return { lefts, rights };
}
