import { listRoutes, recordPath } from '../../../connectors/business-central/index.js';
import { SubscriptionsApi } from '../../../connectors/business-central/subscriptions/index.js';
import { ConnectorError } from '../../../ports/errors.js';
import type { Probe, ProbePorts } from './probes.js';
import { Attention } from './probes.js';

/** Entity sets that are looked at after a notice; the others are polled anyway. */
const TOLD = ['customers', 'items', 'salesOrders', 'salesInvoices'];

async function subscriptions({ api, companyId }: ProbePorts): Promise<string> {
  const supported = await new SubscriptionsApi(api).supported(companyId);
  const told = TOLD.filter((set) => supported.has(set));
  if (told.length > 0) return `The environment can tell of changes to ${told.join(', ')}.`;
  throw new Attention(
    'WEBHOOKS_NOT_SUPPORTED',
    'The environment tells of no changes by itself; they are found by polling.',
    []
  );
}

const ANALYTICS = 'microsoft/analytics/';

/** The routes name it; its version is `v1.0` in the documentation and `beta` elsewhere, so both are taken. */
async function analytics({ api, company }: ProbePorts): Promise<string> {
  const routes = (await listRoutes(api)).map(({ route }) => route.replace(/^\/?(api\/)?/, ''));
  const route = routes.find((candidate) => candidate.toLowerCase().startsWith(ANALYTICS));
  const missing = (code: string, reason: string): Attention =>
    new Attention(code, `${reason}, so that availability has no dates and locations, and statistics no backlog.`, [
      'Install the app Power BI Reports for Business Central and give the application read access to it.'
    ]);
  if (route === undefined) throw missing('ANALYTICS_MISSING', 'The Analytics API is not there');
  const path = recordPath(company.replace(/^v2\.0/, route), 'items');
  try {
    await api.call({ method: 'GET', path: `${path}?$top=1`, repeatable: true });
  } catch (error) {
    if (error instanceof ConnectorError) throw missing('ANALYTICS_REFUSED', 'The Analytics API may not be read');
    throw error;
  }
  return 'The Analytics API may be read: availability by date and location, and the order backlog.';
}

/** Prices, unit conversions and releasing orders need one; everything else works without. */
async function extensions({ api }: ProbePorts): Promise<string> {
  const publishers = (await listRoutes(api)).map(({ publisher }) => publisher).filter((name) => name !== '');
  const others = [...new Set(publishers.filter((name) => name.toLowerCase() !== 'microsoft'))];
  return others.length === 0
    ? 'No extension with its own API is installed; price lists, unit conversions and releasing orders stay in Business Central.'
    : `There are APIs of: ${others.join(', ')}.`;
}

/** What the synchronization uses where it is there. */
export const extras: readonly Probe[] = [
  { check: 'subscriptions', look: subscriptions },
  { check: 'analytics', look: analytics },
  { check: 'extensions', look: extensions }
];
