import type { Registration, TestResult } from '../../connectors/partner-center/webhooks/index.js';
import { REFERRAL_EVENTS, TEST_EVENT, WebhooksApi } from '../../connectors/partner-center/webhooks/index.js';
import type { Clock } from '../../ports/clock.js';
import { CosellError } from '../../ports/errors.js';
import type { ConnectionInput } from '../connections/commands.js';
import { withRoom } from '../connections/commands.js';
import { signIn } from '../sign-in.js';

export interface WebhookInput extends ConnectionInput {
  /** Name of a stored connection. @default what the synchronization signs in with */
  connection?: string;
}

/** Everything that the synchronization wants to be told, and the event that tests the way. */
export const WANTED_EVENTS: readonly string[] = [...REFERRAL_EVENTS, TEST_EVENT];

async function withApi<T>(input: WebhookInput, work: (api: WebhooksApi, clock: Clock) => Promise<T>): Promise<T> {
  return withRoom(input, async ({ settings, clock, random, http, connections }) => {
    const { connection } = input;
    const partnerCenter = { ...settings.partnerCenter, ...(connection === undefined ? {} : { connection }) };
    const { tokens } = await signIn(partnerCenter, { env: input.env, clock, random, http, connections });
    return work(new WebhooksApi({ baseUrl: partnerCenter.webhooksUrl, tokens, http, clock, random }), clock);
  });
}

export interface ShowResult {
  registration: Registration | null;
  /** Events that the synchronization wants and the registration leaves out. */
  missingEvents: string[];
  supportedEvents: string[];
}

export async function showWebhook(input: WebhookInput): Promise<ShowResult> {
  return withApi(input, async (api) => {
    const registration = (await api.registration()) ?? null;
    const missingEvents = WANTED_EVENTS.filter((name) => registration?.events.includes(name) !== true);
    return { registration, missingEvents, supportedEvents: await api.supportedEvents() };
  });
}

export interface RegisterInput extends WebhookInput {
  url: string;
  /**
   * Asked when a registration is there that would be overwritten: whoever is registered there gets no events any more. There
   * is one for the whole tenant.
   */
  mayReplace: (existing: Registration) => Promise<boolean>;
}

export interface RegisterResult {
  registration: Registration;
  outcome: 'created' | 'replaced' | 'unchanged';
  /** What was registered before. */
  previous: Registration | null;
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

function checkUrl(url: string): void {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed?.protocol === 'https:') return;
  if (parsed?.protocol === 'http:' && LOOPBACK.has(parsed.hostname)) return;
  throw new CosellError('WEBHOOK_URL_INVALID', 'Partner Center delivers events to an https address only.', [
    'Give the public address of the receiver, for example --url https://sync.example.com/webhooks/partner-center.'
  ]);
}

const sameEvents = (events: readonly string[]): boolean =>
  events.length === WANTED_EVENTS.length && WANTED_EVENTS.every((name) => events.includes(name));

/**
 * Registers the address for the events of referrals.
 * @throws CosellError `WEBHOOK_URL_INVALID`; `REGISTRATION_EXISTS` when another one is there and may not be replaced
 */
export async function registerWebhook(input: RegisterInput): Promise<RegisterResult> {
  const { url, mayReplace } = input;
  checkUrl(url);
  return withApi(input, async (api) => {
    const previous = (await api.registration()) ?? null;
    const wanted = { url, events: WANTED_EVENTS };
    if (previous === null) return { registration: await api.create(wanted), outcome: 'created', previous };
    if (previous.url === url && sameEvents(previous.events))
      return { registration: previous, outcome: 'unchanged', previous };
    if (!(await mayReplace(previous))) {
      throw new CosellError(
        'REGISTRATION_EXISTS',
        `The tenant has a webhook registration already, for ${previous.url}; it was left as it is.`,
        ['Overwrite it with --overwrite if nothing else needs it: it stops getting events then.']
      );
    }
    return { registration: await api.replace(wanted), outcome: 'replaced', previous };
  });
}

export interface TestInput extends WebhookInput {
  /** How long to wait for the delivery to end. */
  waitMs: number;
  /** Called whenever more is known. */
  onAttempt?: (result: TestResult) => void;
}

/** Between two looks at the state of a test event. */
const LOOK_MS = 2_000;

/** Has Partner Center send a test event, and follows its delivery until it ended or the time is up. */
export async function testWebhook(input: TestInput): Promise<TestResult> {
  const { waitMs, onAttempt } = input;
  return withApi(input, async (api, clock) => {
    const until = clock.now() + waitMs;
    const correlationId = await api.sendTest();
    let seen = 0;
    for (;;) {
      const result = await api.testResult(correlationId);
      if (result.attempts.length > seen) onAttempt?.(result);
      seen = result.attempts.length;
      if (result.status !== 'pending' || clock.now() + LOOK_MS > until) return result;
      await clock.sleep(LOOK_MS);
    }
  });
}

export interface RemoveResult {
  /** What is left of the registration; null when there was none. */
  registration: Registration | null;
  outcome: 'silenced' | 'unchanged' | 'none';
  previous: Registration | null;
}

/**
 * Ends the delivery of referral events. Partner Center has no call that deletes a registration (Partner Center: webhooks); it
 * is reduced to the test event, which is only sent when somebody asks for it.
 * @param input.maySilence asked with what is registered
 * @throws CosellError `REGISTRATION_KEPT` when the answer is no
 */
export async function removeWebhook(
  input: WebhookInput & { maySilence: (existing: Registration) => Promise<boolean> }
): Promise<RemoveResult> {
  return withApi(input, async (api) => {
    const previous = (await api.registration()) ?? null;
    if (previous === null) return { registration: null, outcome: 'none', previous };
    if (previous.events.every((name) => name === TEST_EVENT))
      return { registration: previous, outcome: 'unchanged', previous };
    if (!(await input.maySilence(previous))) {
      throw new CosellError('REGISTRATION_KEPT', `The webhook registration for ${previous.url} was left as it is.`, [
        'Confirm the question, or add --no-prompt.'
      ]);
    }
    const registration = await api.replace({ url: previous.url, events: [TEST_EVENT] });
    return { registration, outcome: 'silenced', previous };
  });
}
