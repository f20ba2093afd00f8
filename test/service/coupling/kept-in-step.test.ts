import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../plugin/src/ports/clock.js';
import type { JsonObject } from '../../../plugin/src/ports/json.js';
import { systemRandom } from '../../../plugin/src/ports/random.js';
import { syncOnce } from '../../../plugin/src/service/commands.js';
import { startCouplings } from '../../../plugin/src/service/coupling/serve.js';
import type { EventLog } from '../../../plugin/src/service/log.js';
import { loadSettings } from '../../../plugin/src/service/settings.js';
import type { RunSummary } from '../../../plugin/src/sync/index.js';
import { record } from '../../../sandbox/src/world/salesforce-client.js';
import type { CouplingRig } from '../../support/coupling-rig.js';
import { couplingRig } from '../../support/coupling-rig.js';

let rig: CouplingRig;
let account: string;

beforeAll(async () => {
  const all = { onlyCoupled: false, interval: '300ms' };
  const mappings = { 'contact-contact': all, 'account-customer': all, 'product-item': { enabled: false } };
  rig = await couplingRig({ businessCentral: { mappings } }, 'none');
  [account = ''] = await rig.people.insert([record('Account', { Name: 'Adatum', Type: 'Customer - Direct' })]);
  await rig.people.insert([record('Contact', { FirstName: 'Ada', LastName: 'Lovelace', AccountId: account })]);
  await wait(2_600);
}, 120_000);
afterAll(() => rig.close());

/** The service while `work` lasts; returns what it logged of its runs, in their order. */
async function served(work: (runs: JsonObject[]) => Promise<void>): Promise<JsonObject[]> {
  const runs: JsonObject[] = [];
  const stop = new AbortController();
  const log: EventLog = {
    write: (_level, event, fields = {}) => {
      if (event === 'run') runs.push({ ...fields });
    }
  };
  const settings = loadSettings(rig.settingsFile, {});
  const couplings = await startCouplings(
    { settings, clock: systemClock, random: systemRandom },
    { session: rig.session, log, signal: stop.signal, ports: { connections: rig.connections } }
  );
  try {
    await work(runs);
    for (const { failures } of couplings.states()) expect(failures).toBe(0);
  } finally {
    stop.abort();
    await couplings.stopped;
  }
  return runs;
}

async function until(isSo: () => Promise<boolean> | boolean, patienceMs = 20_000): Promise<void> {
  for (const end = Date.now() + patienceMs; !(await isSo()); await wait(100)) {
    if (Date.now() > end) throw new Error('It did not come about in time.');
  }
}

const once = (mapping: string): Promise<RunSummary> =>
  syncOnce({
    ...{ session: rig.session, env: {}, settingsFile: rig.settingsFile, mapping },
    ports: { connections: rig.connections }
  });
const customers = () => rig.rows('customers');
const persons = () => rig.rows("contacts?$filter=type eq 'Person'");

describe('mappings to Business Central that are switched on', () => {
  it('are kept in step by the service, parents first, without another command', async () => {
    const runs = await served(async () => {
      await until(async () => (await persons()).length === 1);
      const [made] = await customers();
      expect(made).toMatchObject({ displayName: 'Adatum' });
      await rig.people.update([record('Account', { Id: account, Phone: '+31 20 1' })]);
      await until(async () => (await customers())[0]?.['phoneNumber'] === '+31 20 1');
    });
    expect(runs[0]).toMatchObject({ mapping: 'account-customer' });
    expect(new Set(runs.map(({ mapping }) => mapping))).toEqual(new Set(['account-customer', 'contact-contact']));
    expect([(await customers()).length, (await persons()).length]).toEqual([1, 1]);
  }, 60_000);

  it('cost at most three calls per system and mapping while nothing changes', async () => {
    const runs = await served((seen) => until(() => seen.length >= 10));
    const last = runs.slice(-4);
    expect(new Set(last.map(({ mapping }) => mapping)).size).toBe(2);
    for (const { calls, counts } of last) {
      expect(Object.keys(calls as JsonObject).sort()).toEqual(['business-central', 'salesforce']);
      for (const spent of Object.values(calls as JsonObject)) expect(spent).toBeLessThanOrEqual(3);
      for (const work of ['created', 'updatedLeft', 'updatedRight', 'told']) {
        expect(counts).not.toHaveProperty(work);
      }
    }
  }, 60_000);

  it('are brought in step once, by name, after the service has let go', async () => {
    await rig.people.update([record('Account', { Id: account, Phone: '+31 20 2' })]);
    await wait(2_600);
    const summary = await once('account-customer');
    expect(summary).toMatchObject({ mapping: 'account-customer', outcome: 'success', counts: { updatedRight: 1 } });
    expect(summary.looked).toBeUndefined();
    expect((await customers())[0]).toMatchObject({ phoneNumber: '+31 20 2' });
  }, 60_000);

  it('others are refused by name', async () => {
    await expect(once('product-item')).rejects.toMatchObject({ code: 'MAPPING_NOT_ENABLED' });
    await expect(once('nobody-nothing')).rejects.toMatchObject({ code: 'MAPPING_NOT_ENABLED' });
  });
});
