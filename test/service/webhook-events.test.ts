import { writeFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openLedger } from '../../plugin/src/ledger/index.js';
import { editAsMicrosoft } from '../../sandbox/src/partner-center/microsoft/answer.js';
import { SUBJECT } from '../../sandbox/src/partner-center/webhooks/authority.js';
import type { Serving } from './support/service-rig.js';
import { ServiceRig, until } from './support/service-rig.js';

const AUDIENCE = 'https://api.partnercenter.microsoft.com';
const MAPPING = 'opportunity-referral';

let rig: ServiceRig;
const serving = new Set<Serving>();

async function serve(pollInterval: string): Promise<Serving> {
  const running = await rig.serve(pollInterval);
  serving.add(running);
  await running.ready();
  return running;
}

async function register(url: string): Promise<void> {
  const token = await rig.center.issueAccessToken({ audience: AUDIENCE });
  const call = (method: string): Promise<Response> =>
    fetch(`${rig.center.url}/webhooks/v1/registration`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ WebhookUrl: url, WebhookEvents: ['referral-created', 'referral-updated'] })
    });
  const first = await call('POST');
  expect((first.status === 409 ? await call('PUT') : first).status).toBe(200);
}

const url = async (running: Serving): Promise<string> => (await running.status()).receiver?.url ?? '';

/** Changes the deal as a Microsoft seller. */
async function edit(id: string, dealValue: number): Promise<void> {
  editAsMicrosoft(rig.center.world, await rig.referral(id), { dealValue });
}

const notices = async (): Promise<readonly string[]> => {
  const ledger = await openLedger(rig.file('events.ledger'));
  try {
    return await ledger.notices(MAPPING, 10);
  } finally {
    await ledger.close();
  }
};

describe('the service with webhook events', () => {
  let deal: string;
  beforeAll(async () => {
    rig = await ServiceRig.start(false);
    writeFileSync(rig.file('root.pem'), await rig.center.webhooks.authority.rootPem());
    rig.more = {
      webhook: { port: 0, hosts: [rig.center.url], rootCaFile: 'root.pem', subject: SUBJECT },
      salesforce: { changeEvents: { enabled: false } }
    };
    deal = await rig.deal('Seen at once');
    await rig.toggle(deal);
    const running = await serve('60s');
    await register(await url(running));
    await until(() => rig.synced(deal));
  }, 60_000);
  beforeEach(() => rig.center.webhooks.mischief.clear());
  afterEach(async () => {
    for (const running of serving) await running.stop();
    serving.clear();
  });
  afterAll(() => rig.close());

  it("brings Microsoft's edit to the opportunity within seconds although it polls once a minute", async () => {
    const running = await serve('60s');
    await register(await url(running));
    await running.quiet(300);
    await edit(deal, 4_321);
    const took = await until(async () => (await rig.amount(deal)) === 4_321);
    expect(took).toBeLessThan(5_000);
    await until(async () => (await notices()).length === 0);
    expect((await running.status()).receiver).toMatchObject({ accepted: 1, refused: 0, lastRefusal: null });
  });

  it('finds what a lost event was about with the next poll', async () => {
    const running = await serve('1s');
    await register(await url(running));
    rig.center.webhooks.mischief.add({ kind: 'drop', times: 1 });
    await edit(deal, 5_555);
    await until(async () => (await rig.amount(deal)) === 5_555);
    expect((await running.status()).receiver).toMatchObject({ accepted: 0 });
  });

  it('is not moved by a forged event', async () => {
    const running = await serve('60s');
    await register(await url(running));
    const cycles = await running.quiet(300);
    rig.center.webhooks.mischief.add({ kind: 'wrongSignature' });
    await edit(deal, 6_666);
    await until(async () => ((await running.status()).receiver?.refused ?? 0) > 0);
    expect(await running.quiet(300)).toBe(cycles);
    expect(running.log).toContain('webhook refused SIGNATURE_WRONG');
    expect(await notices()).toEqual([]);
  });

  it('looks for what another process received, and for what was received before it was killed', async () => {
    const put = async (id: string): Promise<void> => {
      const ledger = await openLedger(rig.file('events.ledger'));
      await ledger.addNotice(MAPPING, id, new Date().toISOString());
      await ledger.close();
    };
    await put('referral-updated before');
    const running = await serve('60s');
    await until(async () => (await notices()).length === 0);
    const cycles = await running.quiet(300);
    await put('referral-updated elsewhere');
    const took = await until(async () => (await notices()).length === 0);
    expect(took).toBeLessThan(6_000);
    expect(await running.quiet(1_500)).toBe(cycles + 1);
  });

  it('keeps a notice until a look has gone through', async () => {
    const running = await serve('60s');
    await register(await url(running));
    await running.quiet(2_100);
    rig.center.faults.add({ kind: 'status', status: 503, retryAfterSeconds: 60, path: 'referrals' });
    await edit(deal, 7_777);
    await until(() => running.log.some((line) => line.startsWith('stopped') && line.length > 8));
    expect(await notices()).toHaveLength(1);
    await running.stop();
    serving.delete(running);
    await serve('60s');
    await until(async () => (await rig.amount(deal)) === 7_777);
    await until(async () => (await notices()).length === 0);
  }, 40_000);

  it('says when the certificates cannot be read', async () => {
    const before = rig.more;
    writeFileSync(rig.file('empty.pem'), 'nothing');
    rig.more = { ...before, webhook: { port: 0, rootCaFile: 'empty.pem' } };
    const running = await rig.serve('60s');
    rig.more = before;
    await expect(running.stop()).rejects.toMatchObject({ code: 'WEBHOOK_ROOT_UNUSABLE' });
  });
});
