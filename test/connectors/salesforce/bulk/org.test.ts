import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { bulkQuery, bulkWrite, resumeWrite } from '../../../../plugin/src/connectors/salesforce/bulk/index.js';
import type { BulkWrite, RowResult } from '../../../../plugin/src/connectors/salesforce/bulk/index.js';
import type { JsonObject } from '../../../../plugin/src/ports/json.js';
import { collect } from '../../../support/salesforce-answers.js';
import type { SalesforceRig } from '../../../support/salesforce-rig.js';
import { accounts, salesforceRig } from '../../../support/salesforce-rig.js';

let rig: SalesforceRig;
beforeAll(async () => {
  rig = await salesforceRig();
});
afterAll(() => rig.close());
afterEach(() => rig.salesforce.org.faults.clear());

const write = (changes: Partial<BulkWrite<JsonObject>>): BulkWrite<JsonObject> => ({
  object: 'Account',
  operation: 'insert',
  recordOf: (record) => record,
  ...changes
});
const outcomes = (results: RowResult<JsonObject>[]): string[] => results.map(({ outcome }) => outcome).sort();
const names = async (like: string): Promise<string[]> =>
  (await rig.asAdmin.query<{ Name: string }>(`SELECT Name FROM Account WHERE Name LIKE '${like}%' ORDER BY Name`)).map(
    ({ Name }) => Name
  );

describe('a Bulk query', () => {
  it('reads all pages, whole texts and nothing twice', async () => {
    const odd = 'Odd "quoted", comma\nand line';
    rig.create('Account', [...accounts('Query', 250), { Name: odd, Description: 'a\r\nb' }]);
    rig.sent.length = 0;
    const rows = await collect(
      bulkQuery(
        rig.bulk(),
        "SELECT Id, Name, Description, Owner.Name FROM Account WHERE Name LIKE 'Query%' OR Name LIKE 'Odd%'",
        {
          maxRecords: 60
        }
      )
    );
    expect(new Set(rows.map((row) => row['Id'])).size).toBe(251);
    expect(rows).toContainEqual(expect.objectContaining({ Name: odd, 'Owner.Name': expect.stringMatching(/./) }));
    const pages = rig.sent.filter(({ url }) => url.includes('/results'));
    expect(pages.map(({ url }) => /maxRecords=60/.test(url))).toEqual([true, true, true, true, true]);
  });

  it('is refused where Salesforce refuses it, and nothing is left running', async () => {
    await expect(collect(bulkQuery(rig.bulk(), 'SELECT Nope FROM Account'))).rejects.toMatchObject({
      code: 'INVALID_FIELD'
    });
  });
});

describe('a Bulk write', () => {
  it('inserts, updates under different columns, upserts and deletes', async () => {
    const made = await collect(bulkWrite(rig.bulk(), write({}), accounts('Write', 3)));
    expect(outcomes(made)).toEqual(['success', 'success', 'success']);
    const ids = new Map(made.map((result) => [result.input['Name'], result.outcome === 'success' ? result.id : '']));
    const changes: JsonObject[] = [
      { Id: ids.get('Write 0') ?? '', Phone: '1', BillingCity: 'Utrecht' },
      { Id: ids.get('Write 1') ?? '', Phone: '2' },
      { Id: ids.get('Write 0') ?? '', BillingCity: null }
    ];
    expect(outcomes(await collect(bulkWrite(rig.bulk(), write({ operation: 'update' }), changes)))).toEqual(
      Array<string>(3).fill('success')
    );
    expect(
      await rig.asAdmin.query("SELECT Name, Phone, BillingCity FROM Account WHERE Name LIKE 'Write%' ORDER BY Name")
    ).toMatchObject([{ Phone: '1', BillingCity: null }, { Phone: '2', BillingCity: null }, { Phone: null }]);
    const doomed = [...ids.values()].map((Id) => ({ Id }));
    expect(outcomes(await collect(bulkWrite(rig.bulk(), write({ operation: 'delete' }), doomed)))).toHaveLength(3);
    expect(await names('Write')).toEqual([]);
  });

  it('tells of every record what became of it, and which one it was', async () => {
    const inputs = [
      { Name: 'Mixed 0' },
      { Phone: '1' },
      { Name: 'Mixed 1' },
      { Name: 'x'.repeat(300) },
      { Name: '#N/A' }
    ];
    const results = await collect(bulkWrite(rig.bulk(), write({}), inputs));
    expect(results).toHaveLength(5);
    const byInput = inputs.map((input) => results.find((result) => result.input === input));
    expect(byInput).toMatchObject([
      { outcome: 'success', created: true, id: expect.stringMatching(/^001/) },
      { outcome: 'failed', code: 'REQUIRED_FIELD_MISSING' },
      { outcome: 'success' },
      { outcome: 'failed', code: 'STRING_TOO_LONG' },
      { outcome: 'unprocessed', code: 'NOT_FOR_BULK' }
    ]);
  });

  it('gives a job that fails as a whole as unprocessed records', async () => {
    const results = await collect(bulkWrite(rig.bulk(), write({}), [{ Name: 'Whole', Nope__c: 1 }]));
    expect(results).toMatchObject([
      { outcome: 'unprocessed', code: 'BULK_JOB_FAILED', message: expect.stringContaining('Nope__c') }
    ]);
    expect(await names('Whole')).toEqual([]);
  });

  it('splits uploads and keeps results apart', async () => {
    const results = await collect(bulkWrite(rig.bulk(), write({ limits: { records: 20 } }), accounts('Split', 50)));
    expect(new Set(results.map(({ jobId }) => jobId)).size).toBe(3);
    expect(await names('Split')).toHaveLength(50);
  });

  it('finds an ended job again by its id', async () => {
    const inputs = accounts('Resume', 5);
    const [first] = await collect(bulkWrite(rig.bulk(), write({}), inputs));
    const again = await collect(
      resumeWrite(rig.bulk(), write({}), first?.jobId ?? '', [...inputs, { Name: 'Never sent' }])
    );
    expect(outcomes(again)).toEqual([...Array<string>(5).fill('success'), 'unknown']);
    expect(await names('Resume')).toHaveLength(5);
  });

  it('hands back the id of a job that takes too long', async () => {
    const ports = { ...rig.bulk(), polling: { firstMs: 1, capMs: 1, timeoutMs: 0 } };
    const large = accounts('Slow', 6000);
    const failure = await collect(bulkWrite(ports, write({}), large)).catch((error: unknown) => error);
    expect(failure).toMatchObject({
      code: 'BULK_JOB_TIMEOUT',
      kind: 'unknownOutcome',
      jobId: expect.stringMatching(/^750/)
    });
    const { jobId } = failure as { jobId: string };
    expect(outcomes(await collect(resumeWrite(rig.bulk(), write({}), jobId, large)))).toHaveLength(6000);
  });
});

/** Faults between our side and the org, at each call of a write. */
describe('a Bulk write over a bad connection has its effect once', () => {
  const steps = ['create', 'upload', 'close', 'look', 'results'];
  const cases = steps.flatMap((step, index) =>
    (['dropBefore', 'dropAfter'] as const).map((fault) => ({ step, index, fault }))
  );
  it.each(cases)('$fault at $step', async ({ step, index, fault }) => {
    const prefix = `Fault ${step} ${fault}`;
    const ports = rig.bulk();
    const { rest } = ports;
    let calls = 0;
    const cutting = async (): Promise<void> => {
      if (calls === index) await rig.faults({ [fault]: 1 });
      calls += 1;
    };
    ports.rest = Object.assign(Object.create(rest) as typeof rest, {
      call: async (request: Parameters<typeof rest.call>[0]) => (await cutting(), rest.call(request)),
      open: async (request: Parameters<typeof rest.open>[0]) => (await cutting(), rest.open(request))
    });
    const results = await collect(bulkWrite(ports, write({}), accounts(prefix, 5)));
    expect(outcomes(results)).toEqual(Array<string>(5).fill('success'));
    expect(calls).toBeGreaterThan(index);
    expect(await names(prefix)).toHaveLength(5);
  });
});
