import { afterEach, describe, expect, it } from 'vitest';
import type { ChangeSignal } from '../../../../plugin/src/connectors/salesforce/index.js';
import { createChangeEvents, isOwnChange } from '../../../../plugin/src/connectors/salesforce/index.js';
import type { SalesforceSession } from '../../../../plugin/src/connectors/salesforce/session.js';
import { ConnectorError } from '../../../../plugin/src/ports/errors.js';
import { systemClock } from '../../../../plugin/src/ports/clock.js';
import { SeededRandom } from '../../../../plugin/src/ports/random.js';
import type { RunningSalesforce } from '../../../../sandbox/src/salesforce/server.js';
import { addDeal, addUser, ADMIN, crud, grant } from '../../../sandbox/salesforce/core/org-fixture.js';
import { DEALS, select, startEvents } from '../../../sandbox/pubsub/support/raw-client.js';

const HOUR = 3_600_000;

/** A clock whose pauses pass at once beyond the first tenth of a second; what was asked for is kept. */
class HastyClock {
  public readonly pauses: number[] = [];
  public readonly now = (): number => Date.now();
  public sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    // The watch over silence sleeps for minutes; everything else here is a pause before another attempt.
    if (milliseconds > 200_000 && milliseconds <= 300_000 && !this.refusalsToo)
      return systemClock.sleep(60_000, signal);
    if (milliseconds > 0) this.pauses.push(milliseconds);
    return systemClock.sleep(Math.min(milliseconds, 20), signal);
  }
  public constructor(private readonly refusalsToo = false) {}
}

class Listening {
  public readonly heard: ChangeSignal[] = [];
  public renewals = 0;
  private readonly controller = new AbortController();
  private readonly done: Promise<void>;

  public constructor(
    private readonly salesforce: RunningSalesforce,
    options: {
      topics?: string[];
      from?: Record<string, string>;
      username?: string;
      endpoint?: string;
      clock?: HastyClock;
      session?: Partial<SalesforceSession>;
      trust?: boolean;
    } = {}
  ) {
    const { topics = [DEALS], from = {}, username = ADMIN, endpoint, clock = new HastyClock(), trust = true } = options;
    const { pubSub } = salesforce;
    const issue = (): string => salesforce.org.auth.issueAccessToken(username);
    let token = issue();
    const events = createChangeEvents({
      session: {
        instanceUrl: salesforce.url,
        organizationId: salesforce.org.id,
        accessToken: () => Promise.resolve(token),
        renew: () => {
          this.renewals += 1;
          token = issue();
          return Promise.resolve(token);
        },
        ...options.session
      },
      endpoint: endpoint ?? pubSub?.endpoint ?? '',
      topics,
      clock,
      random: new SeededRandom(1),
      ...(trust ? { rootCertificates: Buffer.from(pubSub?.authority ?? '') } : {})
    });
    this.done = this.listen(events.follow(from, this.controller.signal));
  }

  public static async open(...input: ConstructorParameters<typeof Listening>): Promise<Listening> {
    const listening = new Listening(...input);
    open.push(listening);
    const topics = input[1]?.topics ?? [DEALS];
    await listening.until(() => listening.states().filter((state) => state === 'open').length >= topics.length);
    return listening;
  }

  public states(): string[] {
    return this.heard.flatMap((signal) => (signal.kind === 'state' ? [signal.state] : []));
  }

  public events(): Extract<ChangeSignal, { kind: 'event' }>[] {
    return this.heard.filter((signal) => signal.kind === 'event');
  }

  public async until(condition: () => boolean): Promise<void> {
    for (let waited = 0; !condition(); waited += 5) {
      if (waited > 5000) throw new Error(`Waited in vain: ${JSON.stringify(this.heard)}`);
      await systemClock.sleep(5);
    }
  }

  public async close(): Promise<void> {
    this.controller.abort();
    await this.done;
  }

  private async listen(signals: AsyncGenerator<ChangeSignal>): Promise<void> {
    for await (const signal of signals) this.heard.push(signal);
  }
}

const open: Listening[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((listening) => listening.close()));
});
const listen = (...input: ConstructorParameters<typeof Listening>): Listening => {
  const listening = new Listening(...input);
  open.push(listening);
  return listening;
};

describe('following change events', () => {
  it('hands out events with their replay id, names of changed fields and no values', async () => {
    const salesforce = await startEvents();
    select(salesforce.org, 'AccountChangeEvent');
    const topics = [DEALS, '/data/AccountChangeEvent'];
    const listening = await Listening.open(salesforce, { topics });
    const { org } = salesforce;
    const admin = org.sessionFor(ADMIN);
    const id = addDeal(org, admin, { Name: 'Secret name' });
    org.data.update(
      { ...admin, changeOrigin: 'com/salesforce/api/rest/66.0;client=sf-plugin-cosell' },
      'Opportunity',
      id,
      {
        NextStep: 'x'
      }
    );
    const account = org.data.create(admin, 'Account', { Name: 'A', BillingCity: 'Oslo' });
    org.data.update(admin, 'Account', account, { BillingCity: 'Bergen' });
    await listening.until(() => listening.events().length === 4);
    const [created, updated] = listening.events().filter(({ topic }) => topic === DEALS);
    expect(created).toMatchObject({ entityName: 'Opportunity', changeType: 'CREATE', recordIds: [id], gap: false });
    expect(updated?.changedFields).toEqual(expect.arrayContaining(['NextStep', 'LastModifiedDate']));
    expect([created, updated].map((event) => isOwnChange(event?.changeOrigin ?? ''))).toEqual([false, true]);
    const moved = listening.events().findLast(({ topic }) => topic !== DEALS);
    expect(moved?.changedFields).toEqual(expect.arrayContaining(['BillingAddress.City']));
    expect(JSON.stringify(listening.heard)).not.toMatch(/Secret name|Oslo|Bergen/);
    expect(Buffer.from(created?.replayId ?? '', 'base64').length).toBeGreaterThan(0);
  });

  it('tells gaps and overflows', async () => {
    const salesforce = await startEvents();
    const listening = await Listening.open(salesforce);
    const { org } = salesforce;
    org.changes.interrupt(org.sessionFor(ADMIN), 'Opportunity', 'GAP_UPDATE', ['0065g0000000001AAA']);
    org.changes.interrupt(org.sessionFor(ADMIN), 'Opportunity', 'GAP_OVERFLOW', []);
    await listening.until(() => listening.events().length === 2);
    expect(listening.events()).toMatchObject([
      { gap: true, overflow: false, recordIds: ['0065g0000000001AAA'] },
      { gap: true, overflow: true, recordIds: [] }
    ]);
  });

  it('asks for more in time: hundreds of events come one after another', async () => {
    const salesforce = await startEvents();
    const listening = await Listening.open(salesforce);
    const { org } = salesforce;
    for (let count = 0; count < 350; count++) addDeal(org, org.sessionFor(ADMIN));
    await listening.until(() => listening.events().length === 350);
  });

  it('goes on behind the replay id it is given, without a word about missed events', async () => {
    const salesforce = await startEvents();
    const { org } = salesforce;
    const first = await Listening.open(salesforce);
    expect(first.heard).toContainEqual({ kind: 'missed', topic: DEALS });
    addDeal(org, org.sessionFor(ADMIN));
    await first.until(() => first.events().length === 1);
    await first.close();
    const second = addDeal(org, org.sessionFor(ADMIN));
    const later = await Listening.open(salesforce, { from: { [DEALS]: first.events()[0]?.replayId ?? '' } });
    await later.until(() => later.events().length === 1);
    expect(later.events()[0]?.recordIds).toEqual([second]);
    expect(later.heard.map(({ kind }) => kind)).not.toContain('missed');
  });

  it('starts anew and says so when the replay id is too old', async () => {
    const salesforce = await startEvents();
    const { org } = salesforce;
    const first = await Listening.open(salesforce);
    addDeal(org, org.sessionFor(ADMIN));
    await first.until(() => first.events().length === 1);
    await first.close();
    org.clock.move(73 * HOUR);
    const later = await Listening.open(salesforce, { from: { [DEALS]: first.events()[0]?.replayId ?? '' } });
    expect(later.heard.map(({ kind }) => kind)).toEqual(['state', 'missed']);
    addDeal(org, org.sessionFor(ADMIN));
    await later.until(() => later.events().length === 1);
  });

  it('hands out the place a quiet topic reached', async () => {
    const listening = await Listening.open(await startEvents({ pubSubKeepAliveMs: 30 }));
    await listening.until(() => listening.heard.some(({ kind }) => kind === 'position'));
  });
});

describe('when something fails', () => {
  it('a session that ended is renewed, and no event is lost', async () => {
    const salesforce = await startEvents();
    const { org } = salesforce;
    const listening = await Listening.open(salesforce);
    addDeal(org, org.sessionFor(ADMIN));
    await listening.until(() => listening.events().length === 1);
    org.auth.expireSessions();
    addDeal(org, org.sessionFor(ADMIN));
    await listening.until(() => listening.events().length === 2);
    expect(listening.renewals).toBe(1);
    expect(listening.states()).toEqual(['open']);
  });

  it('a line that is cut is taken up again behind the last event', async () => {
    const salesforce = await startEvents();
    const { org } = salesforce;
    const clock = new HastyClock();
    const listening = await Listening.open(salesforce, { clock });
    addDeal(org, org.sessionFor(ADMIN));
    await listening.until(() => listening.events().length === 1);
    salesforce.pubSub?.disconnect();
    const id = addDeal(org, org.sessionFor(ADMIN));
    await listening.until(() => listening.events().length === 2);
    expect(listening.events()[1]?.recordIds).toEqual([id]);
    expect(listening.states()).toEqual(['open', 'waiting', 'open']);
    expect(clock.pauses[0]).toBeGreaterThanOrEqual(500);
    expect(clock.pauses[0]).toBeLessThanOrEqual(1000);
  });

  it('an endpoint that cannot be reached is tried again with growing pauses, and said once', async () => {
    const clock = new HastyClock();
    const listening = listen(await startEvents(), { endpoint: 'localhost:9', clock });
    await listening.until(() => clock.pauses.length >= 5);
    expect(listening.heard).toEqual([{ kind: 'state', topic: DEALS, state: 'waiting', code: 'UNAVAILABLE' }]);
    expect(clock.pauses[3] ?? 0).toBeGreaterThan((clock.pauses[0] ?? 0) * 3);
  });

  it('a server that nobody vouches for is not talked to', async () => {
    const salesforce = await startEvents();
    const listening = listen(salesforce, { trust: false });
    await listening.until(() => listening.heard.length > 0);
    expect(listening.heard[0]).toMatchObject({ state: 'waiting', code: 'UNAVAILABLE' });
  });

  it.each([
    ['without View All', { username: 'sam.seller@cosell.example' }, 'subscription.topic.cannot.subscribe'],
    ['to an entity that is not selected', { topics: ['/data/AccountChangeEvent'] }, 'topic.not.found'],
    ['to an org that the session does not name', { session: { organizationId: undefined } }, 'ORGANIZATION_UNKNOWN'],
    ['to another org', { session: { organizationId: '00D000000000009' } }, 'service.auth.error'],
    [
      'after a renewal that failed',
      {
        session: {
          accessToken: () => Promise.resolve('old'),
          renew: () => Promise.reject(new ConnectorError('salesforce', 'connection', 'SESSION_EXPIRED', 'Ended.'))
        }
      },
      'SESSION_EXPIRED'
    ]
  ])('a subscription %s is refused, said once and tried rarely', async (_what, options, code) => {
    const salesforce = await startEvents();
    addUser(salesforce.org, 'sam.seller@cosell.example');
    const clock = new HastyClock(true);
    const listening = listen(salesforce, { ...options, clock } as ConstructorParameters<typeof Listening>[1]);
    await listening.until(() => clock.pauses.filter((pause) => pause < 300_000).length >= 2);
    expect(listening.heard).toMatchObject([{ kind: 'state', state: 'refused', code }]);
    expect(Math.min(...clock.pauses)).toBeGreaterThanOrEqual(150_000);
  });

  it('one topic that is refused leaves the others alone, and opens when the permission is given', async () => {
    const salesforce = await startEvents();
    const { org } = salesforce;
    select(org, 'AccountChangeEvent');
    const seller = addUser(org, 'sam.seller@cosell.example');
    grant(org, seller, {}, { Opportunity: { ...crud, viewAll: true } });
    const listening = listen(salesforce, {
      topics: [DEALS, '/data/AccountChangeEvent'],
      username: 'sam.seller@cosell.example',
      clock: new HastyClock(true)
    });
    await listening.until(() => listening.states().length === 2);
    expect(listening.states().sort()).toEqual(['open', 'refused']);
    const set = { objects: { Account: { ...crud, viewAll: true } }, fields: {}, userPermissions: [], tabs: {} };
    org.access.setGrant('Test_Set', set);
    await listening.until(() => listening.states().filter((state) => state === 'open').length === 2);
  });
});
