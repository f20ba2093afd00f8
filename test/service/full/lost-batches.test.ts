import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FullRun } from '../../../plugin/src/coupling/full/index.js';
import type { FullInput } from '../../../plugin/src/service/full/index.js';
import { fullSync } from '../../../plugin/src/service/full/index.js';
import { record } from '../../../sandbox/src/world/salesforce-client.js';
import type { CouplingRig } from '../../support/coupling-rig.js';
import { couplingRig } from '../../support/coupling-rig.js';
import { Keyboard } from './support/keyboard.js';
import type { Loss } from './support/losing.js';
import { LosingHttp } from './support/losing.js';

/** Four batches of creations, the last one half full. */
const COUNT = 350;

let rig: CouplingRig;
const input = (http: LosingHttp): FullInput => ({
  ...{ session: rig.session, env: {}, settingsFile: rig.settingsFile },
  ports: { connections: rig.connections, http }
});
const numbers = Array.from({ length: COUNT }, (_, n) => n);

beforeAll(async () => {
  const names = ['account-customer', 'contact-contact', 'product-item'];
  const mappings = Object.fromEntries(names.map((name) => [name, { enabled: true }]));
  rig = await couplingRig({ businessCentral: { mappings } }, 'none');
  const accounts: string[] = [];
  for (let from = 0; from < COUNT; from += 200) {
    const some = numbers.slice(from, from + 200);
    accounts.push(
      ...(await rig.people.insert(
        some.map((n) => record('Account', { Name: `Buyer ${n}`, Type: 'Customer - Direct' }))
      ))
    );
    await rig.people.insert(
      some.map((n) => record('Contact', { FirstName: 'Kim', LastName: `Person ${n}`, AccountId: accounts[n] ?? '' }))
    );
    await rig.people.insert(some.map((n) => record('Product2', { Name: `Thing ${n}`, IsActive: true })));
  }
  await new Promise((resolve) => setTimeout(resolve, 2_600));
}, 120_000);
afterAll(() => rig.close());

const step = (run: FullRun | undefined, name: string) => run?.steps.find(({ mapping }) => mapping === name);
const namesIn = async (path: string): Promise<unknown[]> =>
  (await rig.rows(path)).map(({ displayName }) => displayName).sort();
const expected = (name: string): string[] => numbers.map((n) => `${name} ${n}`).sort();

const losses = (set: string): Loss[] => [
  { set, batch: 2, carriedOut: true },
  { set, batch: 3, carriedOut: false }
];

describe('a full synchronization on a line that loses batches', () => {
  it('ends in step with every record there once, whether a lost batch was carried out or not', async () => {
    const http = new LosingHttp([...losses('customers'), ...losses('contacts')]);
    const run = await fullSync.begin(input(http), new Keyboard(), { only: ['account-customer', 'contact-contact'] });
    expect(http.lost).toHaveLength(4);
    expect(run?.outcome).toBe('success');
    for (const name of ['account-customer', 'contact-contact']) {
      const { state, result } = step(run, name)!;
      expect(state).toBe('done');
      // A batch that was carried out is found again, one that was not is sent again.
      expect(result?.counts).toMatchObject({ created: COUNT - 100, linked: 100, deferred: 0, failed: 0 });
    }
    expect(await namesIn('customers?$select=displayName')).toEqual(expected('Buyer'));
    expect(await namesIn("contacts?$filter=type eq 'Person'")).toEqual(expected('Kim Person'));
  }, 120_000);

  it('goes on after Ctrl-C right at a loss, and creates nothing twice', async () => {
    const keyboard = new Keyboard();
    const lossy = new LosingHttp(losses('items').map((loss) => ({ ...loss, then: () => keyboard.ctrlC() })));
    const begun = await fullSync.begin(input(lossy), keyboard, { only: ['product-item'] });
    expect(lossy.lost).toHaveLength(2);
    expect(begun?.outcome).toBe('unfinished');
    const run = await fullSync.resume(input(new LosingHttp([])), new Keyboard(), undefined, {});
    expect(run.outcome).toBe('success');
    expect(await namesIn('items?$select=displayName')).toEqual(expected('Thing'));
  }, 120_000);
});
