import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addCoupling, listCouplings, removeCouplings } from '../../../plugin/src/service/coupling/by-hand.js';
import { matchCouplings, rebuildCouplings } from '../../../plugin/src/service/coupling/commands.js';
import { record } from '../../../sandbox/src/world/salesforce-client.js';
import { accounts } from '../../../sandbox/src/world/seed/accounts.js';
import type { CouplingRig } from '../../support/coupling-rig.js';
import { couplingRig } from '../../support/coupling-rig.js';

let rig: CouplingRig;
let ids: string[];
beforeAll(async () => {
  rig = await couplingRig();
  const of = ({ name, postalCode, city }: (typeof accounts)[number]) =>
    record('Account', { Name: name, Type: 'Customer - Direct', BillingPostalCode: postalCode, BillingCity: city });
  const [first, second, third] = accounts as [(typeof accounts)[0], (typeof accounts)[0], (typeof accounts)[0]];
  ids = await rig.people.insert([of(first), of(second), of(second), of({ ...third, name: 'Nobody' })]);
}, 240_000);
afterAll(() => rig.close());

const input = (ledger = 'erp.ledger') => {
  const { session, settingsFile, connections } = rig;
  const env = ledger === 'erp.ledger' ? {} : { COSELL_LEDGER: `${settingsFile}.${ledger}` };
  return { session, settingsFile, connections, mapping: 'account-customer', env };
};
const valid = (name: string, result: unknown): void => {
  const schema = JSON.parse(readFileSync(`plugin/schemas/cosell-coupling-${name}.json`, 'utf8')) as object;
  const check = new Ajv({ strict: false }).compile(schema);
  expect([check(JSON.parse(JSON.stringify(result))), check.errors]).toEqual([true, null]);
};
const match = { prefer: 'rules', sync: true } as const;

describe('the coupling commands', () => {
  it('show exact hits, several and none, and store nothing before they are applied', async () => {
    const shown = await matchCouplings({ ...input(), ...match, apply: false });
    expect(shown.couplings.map(({ salesforce }) => salesforce.id)).toEqual([ids[0]]);
    const several = shown.unmatched.filter(({ reason }) => reason === 'several');
    expect(several.map(({ salesforce }) => salesforce.map(({ id }) => id))).toEqual([[ids[1], ids[2]].sort()]);
    expect(shown.leftOver.map(({ id }) => id).sort()).toEqual([ids[1], ids[2], ids[3]].sort());
    expect(shown).toMatchObject({ applied: false, asked: 0, run: null });
    valid('match', shown);
    expect((await listCouplings({ ...input(), limit: 10 })).couplings).toEqual([]);
  }, 60_000);

  it('apply the hits, and create what nothing fits only where asked; what several fit is left to a person', async () => {
    const before = (await rig.rows('customers')).length;
    const applied = await matchCouplings({ ...input(), ...match, apply: true, createNew: 'right' });
    valid('match', applied);
    expect(applied.asked).toBe(1);
    expect((await rig.rows('customers')).length).toBe(before + 1);
    const listed = await listCouplings({ ...input(), limit: 10 });
    valid('list', listed);
    expect(listed.couplings.map(({ salesforce }) => salesforce.id).sort()).toEqual([ids[0], ids[3]].sort());
  }, 60_000);

  it('couple by number, refuse a record that is taken, and uncouple without a trace on the record', async () => {
    const [, second = '', third = ''] = ids;
    const name = String(accounts[1]?.name).replaceAll("'", "''");
    const [there] = await rig.rows(`customers?$filter=displayName eq '${name}'`);
    const number = String(there?.['number']);
    const pair = { ...input(), businessCentral: number, prefer: 'right', sync: true } as const;
    const added = await addCoupling({ ...pair, salesforce: second });
    valid('add', added);
    expect(added.businessCentral.id).toBe(there?.['id']);
    await expect(addCoupling({ ...pair, salesforce: third })).rejects.toMatchObject({ code: 'COUPLED_ALREADY' });
    const unknown = { ...pair, salesforce: third, businessCentral: 'NO SUCH' };
    await expect(addCoupling(unknown)).rejects.toMatchObject({ code: 'RECORD_UNKNOWN' });
    const removed = await removeCouplings({ ...input(), records: [second] });
    valid('remove', removed);
    expect(removed).toMatchObject({ removed: [{ salesforce: second, businessCentral: there?.['id'] }], failed: [] });
    const soql = `SELECT ERP_Record_Id__c, ERP_Sync_State__c FROM Account WHERE Id = '${second}'`;
    expect((await rig.people.query<object>(soql))[0]).toMatchObject({
      ...{ ERP_Record_Id__c: null, ERP_Sync_State__c: 'NotShared' }
    });
  }, 60_000);

  it('rebuild the couplings of a lost ledger from the ids on the accounts', async () => {
    await new Promise((resolve) => setTimeout(resolve, 1600));
    await matchCouplings({ ...input(), ...match, apply: true });
    const rebuilt = await rebuildCouplings({ ...input('new.ledger'), dryRun: false });
    valid('rebuild', rebuilt);
    const before = await listCouplings({ ...input(), limit: 10 });
    const after = await listCouplings({ ...input('new.ledger'), limit: 10 });
    const pairs = ({ couplings }: typeof after): string[] =>
      couplings.map(({ salesforce, businessCentral }) => `${salesforce.id} ${businessCentral.id}`);
    expect(pairs(after).length).toBeGreaterThan(0);
    expect(pairs(after)).toEqual(pairs(before));
  }, 60_000);
});
