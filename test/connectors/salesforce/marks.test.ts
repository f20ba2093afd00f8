import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../plugin/src/ports/clock.js';
import { record } from '../../../sandbox/src/world/salesforce-client.js';
import type { SalesforceRig } from '../../support/salesforce-rig.js';
import { salesforceRig } from '../../support/salesforce-rig.js';

let rig: SalesforceRig;
beforeAll(async () => {
  rig = await salesforceRig();
}, 60_000);
afterAll(() => rig.close());

const shared = { StageName: 'Prospecting', CloseDate: '2027-01-31', Sync_with_Partner_Center__c: true };

describe('marks in front of names', () => {
  it('of forty opportunities cost two calls, and one edited just now waits for the next turn', async () => {
    const names = Array.from({ length: 40 }, (_, count) => `Rollout ${count}`);
    const rows = names.map((Name) => ({ ...shared, Name, Cosell_Sync_State__c: 'Synced' }));
    const ids = rig.create('Opportunity', rows);
    // A record that changed less than a second and a half ago is left alone.
    await systemClock.sleep(2_500);
    const [edited = '', ...others] = ids;
    await rig.asAdmin.update([record('Opportunity', { Id: edited, Name: 'Renamed' })]);
    rig.sent.length = 0;
    const connector = rig.connector();
    expect(await connector.markNames()).toEqual({ marked: 39, left: 1 });
    expect(rig.sent.map(({ method }) => method)).toEqual(['GET', 'POST']);
    const read = await connector.read(ids.map((key) => ({ key })));
    expect(read.get(edited)?.document['Name']).toBe('Renamed');
    for (const key of others) expect(read.get(key)?.document['Name']).toMatch(/^✔ Rollout \d+$/);
  }, 60_000);
});
