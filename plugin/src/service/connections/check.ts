import { ReferralsApi } from '../../connectors/partner-center/api.js';
import type { TokenProvider } from '../../connectors/partner-center/index.js';
import { audienceIds, factsOf, referralsAudience, webhooksAudience } from '../../connectors/partner-center/index.js';
import { defaultCallerId } from '../../connectors/partner-center/index.js';
import { WebhooksApi } from '../../connectors/partner-center/webhooks/index.js';
import type { Clock } from '../../ports/clock.js';
import { ConnectorError, CosellError } from '../../ports/errors.js';
import type { HttpClient } from '../../ports/http.js';
import type { Random } from '../../ports/random.js';

/** What is checked of a sign-in to Partner Center, in this order; each needs the ones before it on the same API. */
type PartnerCenterCheck =
  'referralsSignIn' | 'referralsToken' | 'referralsApi' | 'webhooksSignIn' | 'webhooksToken' | 'webhooksApi';

/** What is checked of a company in Business Central: the way there, permissions by entity set, set-up, and what is optional. */
export type BusinessCentralCheck =
  | 'signIn'
  | 'company'
  | 'customers'
  | 'contacts'
  | 'items'
  | 'salesQuotes'
  | 'salesOrders'
  | 'salesInvoices'
  | 'unitsOfMeasure'
  | 'currencies'
  | 'paymentTerms'
  | 'shipmentMethods'
  | 'itemLedgerEntries'
  | 'customerFinancialDetails'
  | 'postingGroups'
  | 'itemPostingGroups'
  | 'templates'
  | 'currencyRates'
  | 'salespeople'
  | 'subscriptions'
  | 'analytics'
  | 'extensions';

export type CheckName = PartnerCenterCheck | BusinessCentralCheck;

export interface Check {
  check: CheckName;
  /** `attention`: it works, and somebody should look at it. */
  outcome: 'ok' | 'attention' | 'failed' | 'skipped';
  /** Stable, for example `NO_MFA`; null where nothing is wrong. */
  code: string | null;
  /** What is wrong, or what was found where there is something to say. */
  message: string | null;
  nextSteps: string[];
}

export interface CheckResult {
  ok: boolean;
  /** Who is signed in: a person as the token says, or the application. */
  user: string | null;
  tenantId: string | null;
  checks: Check[];
}

export interface CheckPorts {
  tokens: TokenProvider;
  /** Scheme and host of the referrals API and of the webhooks API. */
  baseUrl: string;
  webhooksUrl: string;
  /** @default `referralsAudience` */
  audience?: string;
  http: HttpClient;
  clock: Clock;
  random: Random;
}

type Step = [name: CheckName, run: () => Promise<void>];

const passed = (check: CheckName): Check => ({ check, outcome: 'ok', code: null, message: null, nextSteps: [] });
const skipped = (check: CheckName): Check => ({ check, outcome: 'skipped', code: null, message: null, nextSteps: [] });

function failed(check: CheckName, error: unknown): Check {
  if (!(error instanceof CosellError)) throw error;
  const { code, message, nextSteps } = error;
  return { check, outcome: 'failed', code, message, nextSteps: [...nextSteps] };
}

function wrong(code: string, message: string, nextStep: string): ConnectorError {
  return new ConnectorError('partner-center', 'connection', code, message, { nextSteps: [nextStep] });
}

/** What can be seen in the token already, before a call is refused for it. */
function checkToken(token: string, audience: string): void {
  const { audience: found, mfa } = factsOf(token);
  if (found !== undefined && found !== audience && found !== audienceIds[audience]) {
    throw wrong(
      'WRONG_AUDIENCE',
      `The token is for ${found} and not for ${audience}.`,
      'Ask for a token of this audience, or sign in with: sf cosell connection add partner-center'
    );
  }
  if (mfa === false) {
    throw wrong(
      'NO_MFA',
      'The sign-in was made without multi-factor authentication.',
      'Sign in with a second factor: sf cosell connection add partner-center'
    );
  }
}

async function steps(list: readonly Step[]): Promise<Check[]> {
  const checks: Check[] = [];
  for (const [name, run] of list) {
    if (checks.some(({ outcome }) => outcome === 'failed')) checks.push(skipped(name));
    else
      checks.push(
        await run().then(
          () => passed(name),
          (error: unknown) => failed(name, error)
        )
      );
  }
  return checks;
}

/**
 * Tries everything that the synchronization and the webhooks need of a sign-in: a token for each of the two APIs, what the
 * token says about itself, and one call that changes nothing.
 */
export async function checkSignIn(ports: CheckPorts): Promise<CheckResult> {
  const { tokens, baseUrl, webhooksUrl, audience = referralsAudience, ...rest } = ports;
  const held: Record<string, string> = {};
  const ask = (of: string) => async (): Promise<void> => {
    held[of] = await tokens.token(of);
  };
  const look = (of: string) => async (): Promise<void> => Promise.resolve(checkToken(held[of] ?? '', of));
  const referrals = new ReferralsApi({ baseUrl, tokens, callerId: defaultCallerId, audience, ...rest });
  const webhooks = new WebhooksApi({ baseUrl: webhooksUrl, tokens, ...rest });
  const checks = [
    ...(await steps([
      ['referralsSignIn', ask(audience)],
      ['referralsToken', look(audience)],
      ['referralsApi', async () => void (await referrals.call({ method: 'GET', query: '?$top=1', repeatable: true }))]
    ])),
    ...(await steps([
      ['webhooksSignIn', ask(webhooksAudience)],
      ['webhooksToken', look(webhooksAudience)],
      ['webhooksApi', async () => void (await webhooks.registration())]
    ]))
  ];
  const { user, tenantId } = factsOf(held[audience] ?? held[webhooksAudience] ?? '');
  return {
    ok: checks.every(({ outcome }) => outcome === 'ok'),
    user: user ?? null,
    tenantId: tenantId ?? null,
    checks
  };
}
