import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../plugin/src/ports/json.js';
import type { Couplings, OpenCoupling } from '../../../plugin/src/service/coupling/open.js';
import { mappingRunner } from '../../../plugin/src/service/coupling/runner.js';
import type { RunSummary } from '../../../plugin/src/sync/index.js';
import { askFor } from '../../../plugin/src/sync/index.js';
import { record } from '../../../sandbox/src/world/salesforce-client.js';
import { accounts } from '../../../sandbox/src/world/seed/accounts.js';
import type { CouplingRig } from '../../support/coupling-rig.js';
import { couplingRig } from '../../support/coupling-rig.js';

let rig: CouplingRig;
let couplings: Couplings;
let customers: OpenCoupling;
let ids: string[];
const signal = new AbortController().signal;

/** The first accounts of the seed, of which Business Central has most as customers, and one that it does not have. */
const known = accounts.slice(0, 4);

beforeAll(async () => {
  rig = await couplingRig();
  const of = ({ name, street, city, postalCode, phone }: (typeof known)[number]) =>
    record('Account', {
      ...{ Name: name, Type: 'Customer - Direct', Phone: phone },
      ...{ BillingStreet: street, BillingCity: city, BillingPostalCode: postalCode }
    });
  const other = record('Account', { Name: 'Prospect Ltd', Type: 'Prospect' });
  ids = await rig.people.insert([
    ...known.map(of),
    record('Account', { Name: 'Newcomer', Type: 'Customer - Direct' }),
    other
  ]);
  couplings = await rig.open();
  customers = await couplings.open('account-customer');
}, 240_000);
afterAll(() => rig.close());

const rest = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1600));
const row = async (id: string, fields: string): Promise<Record<string, unknown>> =>
  (await rig.people.query<Record<string, unknown>>(`SELECT ${fields} FROM Account WHERE Id = '${id}'`))[0] ?? {};
const rightOf = async (id: string): Promise<string> =>
  (await couplings.ledger.entries('account-customer', [id])).get(id)?.coupling?.rightKey ?? '';
const customer = async (key: string): Promise<JsonObject> => (await rig.rows(`customers(${key})`))[0] ?? {};

/** Runs until nothing is put off. */
async function settled(): Promise<RunSummary> {
  let summary = await customers.run();
  for (let count = 0; count < 5 && summary.counts.deferred > 0; count += 1) {
    await rest();
    summary = await customers.run();
  }
  return summary;
}

describe('accounts and customers, between both stand-ins', () => {
  it('are left alone while nobody coupled them', async () => {
    const before = (await rig.rows('customers')).length;
    const summary = await customers.run();
    expect(summary.counts).toMatchObject({ created: 0, takenIn: 0, updatedLeft: 0, updatedRight: 0, told: 0 });
    expect(summary.skipped.length).toBeGreaterThan(0);
    expect(new Set(summary.skipped.map(({ code }) => code))).toEqual(new Set(['NOT_COUPLED']));
    expect((await rig.rows('customers')).length).toBe(before);
  }, 60_000);

  it('are counted on both sides with one call each', async () => {
    const runner = mappingRunner(couplings);
    const counts = await runner.count('account-customer', signal);
    expect(counts).toEqual({ left: 5, right: (await rig.rows('customers')).length, coupled: 0 });
  });

  it('are coupled where exactly one fits, brought in step, and shown on the account', async () => {
    const runner = mappingRunner(couplings);
    expect(await runner.match('account-customer', { signal })).toMatchObject({ coupled: 4, several: 0 });
    await rest();
    const summary = await settled();
    expect(summary.outcome).not.toBe('stopped');
    for (const [index, { name }] of known.entries()) {
      const shown = await row(
        ids[index] ?? '',
        'Name, AccountNumber, BillingCountry, ERP_Sync_State__c, ERP_Record_Id__c, ERP_Record_Link__c, ERP_Last_Sync__c'
      );
      const there = await customer(String(shown['ERP_Record_Id__c']));
      expect(there).toMatchObject({
        displayName: name,
        number: shown['AccountNumber'],
        country: shown['BillingCountry']
      });
      expect(shown['ERP_Sync_State__c']).toBe('Synced');
      expect(shown['ERP_Record_Link__c']).toContain(`page=21`);
      expect(shown['ERP_Last_Sync__c']).not.toBeNull();
    }
  }, 60_000);

  it('come to rest: the second run writes nothing and costs at most three calls per system', async () => {
    await customers.run();
    const idle = await customers.run();
    expect(idle.counts).toMatchObject({ updatedLeft: 0, updatedRight: 0, told: 0, created: 0 });
    for (const calls of Object.values(idle.calls)) expect(calls).toBeLessThanOrEqual(3);
  });

  it('carry an edit of either side, and name both values where both edited the same field', async () => {
    const [first = '', second = '', third = ''] = ids;
    await rig.people.update([record('Account', { Id: first, Phone: '+31 1' })]);
    await rig.change(`customers(${await rightOf(second)})`, { website: 'www.second.example' });
    await rest();
    const summary = await settled();
    expect(summary.counts).toMatchObject({ updatedRight: 1, updatedLeft: 1 });
    expect((await customer(await rightOf(first)))['phoneNumber']).toBe('+31 1');
    expect((await row(second, 'Website'))['Website']).toBe('www.second.example');
    await rig.people.update([record('Account', { Id: third, Phone: '+31 2' })]);
    await rest();
    await rig.change(`customers(${await rightOf(third)})`, { phoneNumber: '+31 3' });
    await settled();
    const key = await rightOf(third);
    expect([(await row(third, 'Phone'))['Phone'], (await customer(key))['phoneNumber']]).toEqual(['+31 3', '+31 3']);
    const runs = await couplings.ledger.runs('account-customer', 20);
    const lines = (await Promise.all(runs.map(({ id }) => couplings.ledger.journal('account-customer', id)))).flat();
    const lost = lines.filter(({ kind }) => kind === 'lost').flatMap(({ changes }) => changes);
    expect(lost).toContainEqual(expect.objectContaining({ field: 'phone', oldValue: '+31 2', newValue: '+31 3' }));
  }, 60_000);

  it('get a new customer where somebody asks for one, once, although the answer is lost', async () => {
    const newcomer = ids[4] ?? '';
    const before = (await rig.rows('customers')).length;
    await askFor(customers.context(), { left: [newcomer] });
    rig.center.faults.add({ kind: 'cut', when: 'after', method: 'POST', path: '/customers', count: 1 } as never);
    const first = await customers.run();
    expect(first.counts.created).toBe(0);
    await rest();
    await settled();
    expect((await rig.rows('customers')).length).toBe(before + 1);
    expect(await customer(await rightOf(newcomer))).toMatchObject({ displayName: 'Newcomer' });
    expect(await row(newcomer, 'ERP_Sync_State__c')).toMatchObject({ ERP_Sync_State__c: 'Synced' });
  }, 60_000);

  it('get a new account where somebody asks for one, once, although it is asked twice', async () => {
    const made = await rig.make('customers', { displayName: 'Only in the ERP', city: 'Delft' });
    const key = String(made['id']);
    await askFor(customers.context(), { right: [key] });
    expect((await customers.run()).counts.takenIn).toBe(1);
    await askFor(customers.context(), { right: [key] });
    await rest();
    await settled();
    const found = await rig.people.query<Record<string, unknown>>(
      "SELECT Id, Type, BillingCity, ERP_Record_Id__c, AccountNumber, ERP_Sync_State__c FROM Account WHERE Name = 'Only in the ERP'"
    );
    expect(found).toEqual([
      expect.objectContaining({
        ...{ Type: 'Customer - Direct', BillingCity: 'Delft', ERP_Record_Id__c: key, ERP_Sync_State__c: 'Synced' },
        AccountNumber: made['number']
      })
    ]);
  }, 60_000);

  it('translate the salesperson into the owner once the two are coupled, and leave others alone', async () => {
    const sam = rig.users.get('sam.seller@cosell.example') ?? '';
    const [salesperson] = await rig.rows("salespeoplePurchasers?$filter=code eq 'JO'");
    const people = await couplings.open('user-salesperson');
    await people.context().ledger.commit('user-salesperson', [
      {
        leftKey: sam,
        coupling: {
          ...{
            leftKey: sam,
            rightKey: String(salesperson?.['id']),
            state: 'active',
            base: {},
            seenLeft: '',
            seenRight: ''
          },
          ...{ leftAt: '2026-01-01T00:00:00Z', rightAt: '2026-01-01T00:00:00Z' },
          ...{ createdAt: '2026-01-01T00:00:00Z', updatedAt: '2026-01-01T00:00:00Z' }
        }
      }
    ]);
    const [first = '', second = ''] = ids;
    const before = (await row(second, 'OwnerId'))['OwnerId'];
    await rig.change(`customers(${await rightOf(first)})`, { salespersonCode: 'JO' });
    await rig.change(`customers(${await rightOf(second)})`, { salespersonCode: 'LT' });
    await rest();
    await settled();
    expect((await row(first, 'OwnerId'))['OwnerId']).toBe(sam);
    expect(await row(second, 'OwnerId, ERP_Sync_State__c')).toMatchObject({
      OwnerId: before,
      ERP_Sync_State__c: 'Synced'
    });
  }, 60_000);

  it('a contact of a coupled account becomes a person of its customer; others take no part', async () => {
    const [first = '', , , , , prospect = ''] = ids;
    const contacts = await couplings.open('contact-contact');
    const [anna = '', bob = ''] = await rig.people.insert([
      record('Contact', { FirstName: 'Anna', LastName: 'New', AccountId: first, Email: 'anna@new.example' }),
      record('Contact', { FirstName: 'Bob', LastName: 'Loose', AccountId: prospect })
    ]);
    await askFor(contacts.context(), { left: [anna, bob] });
    await contacts.run();
    const [made] = await rig.rows("contacts?$filter=displayName eq 'Anna New'");
    const [company] = await rig.rows(
      `customers(${await rightOf(first)})/contactsInformation?$filter=contactType eq 'Company'`
    );
    expect(made).toMatchObject({
      type: 'Person',
      companyNumber: company?.['contactNumber'],
      email: 'anna@new.example'
    });
    expect(await rig.rows("contacts?$filter=displayName eq 'Bob Loose'")).toEqual([]);
  }, 60_000);

  it('a person of a coupled customer becomes a contact of its account', async () => {
    const [first = ''] = ids;
    const contacts = await couplings.open('contact-contact');
    const [company] = await rig.rows(
      `customers(${await rightOf(first)})/contactsInformation?$filter=contactType eq 'Company'`
    );
    const number = String(company?.['contactNumber']);
    const made = await rig.make('contacts', { type: 'Person', displayName: 'Ada van Dijk', companyNumber: number });
    await askFor(contacts.context(), { right: [String(made['id'])] });
    expect((await contacts.run()).counts.takenIn).toBe(1);
    const found = await rig.people.query<Record<string, unknown>>(
      `SELECT FirstName, LastName, AccountId FROM Contact WHERE ERP_Record_Id__c = '${String(made['id'])}'`
    );
    expect(found).toEqual([expect.objectContaining({ FirstName: 'Ada van', LastName: 'Dijk', AccountId: first })]);
  }, 60_000);
});
