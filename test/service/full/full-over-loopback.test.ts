import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FullRun } from '../../../plugin/src/coupling/full/index.js';
import { fullSync } from '../../../plugin/src/service/full/index.js';
import type { FullInput } from '../../../plugin/src/service/full/index.js';
import { record } from '../../../sandbox/src/world/salesforce-client.js';
import type { CouplingRig } from '../../support/coupling-rig.js';
import { couplingRig } from '../../support/coupling-rig.js';
import { Keyboard } from './support/keyboard.js';

const COUNT = 120;
const mappings = { 'user-salesperson': {}, 'account-customer': {}, 'contact-contact': {}, 'product-item': {} };

let rig: CouplingRig;
let input: FullInput;

beforeAll(async () => {
  const enabled = Object.fromEntries(Object.keys(mappings).map((name) => [name, { enabled: true }]));
  rig = await couplingRig({ businessCentral: { mappings: enabled } }, 'none');
  input = {
    session: rig.session,
    env: {},
    settingsFile: rig.settingsFile,
    ports: { connections: rig.connections }
  };
  const numbers = Array.from({ length: COUNT }, (_, n) => n);
  const accounts = await rig.people.insert(
    numbers.map((n) => record('Account', { Name: `Buyer ${n}`, Type: 'Customer - Direct', BillingCity: 'Oslo' }))
  );
  await rig.people.insert(
    numbers.map((n) => record('Contact', { FirstName: 'Kim', LastName: `Person ${n}`, AccountId: accounts[n] ?? '' }))
  );
  await rig.people.insert(numbers.map((n) => record('Product2', { Name: `Thing ${n}`, IsActive: true })));
  await new Promise((resolve) => setTimeout(resolve, 2_600));
}, 120_000);
afterAll(() => rig.close());

const step = (run: FullRun | undefined, name: string) => run?.steps.find(({ mapping }) => mapping === name);

describe('a full synchronization of an org with an empty company', () => {
  it('recommends to create on the right what only the left side has', async () => {
    const steps = await fullSync.review(input, {});
    expect(steps.map(({ mapping, action, create }) => [mapping, action, create])).toEqual([
      ['user-salesperson', 'match', undefined],
      ['account-customer', 'create', 'right'],
      ['contact-contact', 'create', 'right'],
      ['product-item', 'create', 'right']
    ]);
  });

  it('goes on after Ctrl-C, and creates everything once', async () => {
    const keyboard = new Keyboard();
    const stopped = await fullSync.begin(input, keyboard, {
      onChange: ({ steps }) => {
        if (steps.some(({ state, progress }) => state === 'running' && (progress?.done ?? 0) > 0)) keyboard.ctrlC();
      }
    });
    expect(stopped?.outcome).toBe('unfinished');
    expect(await fullSync.status(input, undefined)).toEqual(stopped);
    const run = await fullSync.resume(input, new Keyboard(), stopped?.id, {});
    expect(run.outcome).toBe('success');
    for (const set of ['customers', 'items']) {
      const rows = await rig.rows(`${set}?$select=id,displayName`);
      expect(new Set(rows.map(({ displayName }) => displayName)).size).toBe(COUNT);
      expect(rows).toHaveLength(COUNT);
    }
    const people = await rig.rows("contacts?$filter=type eq 'Person'");
    expect(people).toHaveLength(COUNT);
  });

  it('makes few calls when nothing changed, and writes nothing', async () => {
    await fullSync.begin(input, new Keyboard(), {});
    const run = await fullSync.begin(input, new Keyboard(), {});
    expect(run?.outcome).toBe('success');
    for (const name of Object.keys(mappings)) {
      const { counts, calls } = step(run, name)?.result ?? { counts: {}, calls: {} };
      expect([counts['created'] ?? 0, counts['updatedLeft'] ?? 0, counts['updatedRight'] ?? 0]).toEqual([0, 0, 0]);
      expect(Math.max(0, ...Object.values(calls))).toBeLessThanOrEqual(3);
    }
  });
});
