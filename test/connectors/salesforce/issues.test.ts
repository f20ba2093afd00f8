import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SalesforceConnector } from '../../../plugin/src/connectors/salesforce/connector.js';
import type { IssueRow, RecordReport, RemoteRecord, RunRow } from '../../../plugin/src/sync/ports.js';
import { collect } from '../../support/salesforce-answers.js';
import { salesforceRig } from '../../support/salesforce-rig.js';
import type { SalesforceRig } from '../../support/salesforce-rig.js';

const seller = 'sam.seller@cosell.example';

let rig: SalesforceRig;
let connector: SalesforceConnector;
let id: string;

beforeAll(async () => {
  rig = await salesforceRig();
});
afterAll(() => rig.close());

beforeEach(async () => {
  connector = rig.connector();
  const [account = ''] = rig.create('Account', [{ Name: 'Acme' }]);
  [id = ''] = rig.create('Opportunity', [
    {
      Name: 'Deal',
      AccountId: account,
      StageName: 'Prospecting',
      CloseDate: '2027-01-31',
      Amount: 5,
      OwnerId: rig.users.get(seller),
      Sync_with_Partner_Center__c: true
    }
  ]);
  await connector.shape();
});

const now = (): string => `${new Date().toISOString().slice(0, 19)}.000Z`;
const conflict = (changes: Partial<IssueRow> = {}): IssueRow => ({
  key: `${id}:conflict:dealValue`,
  kind: 'conflict',
  code: 'CONFLICT',
  message: 'Deal value was changed in both.',
  nextStep: 'Keep one.',
  at: '2026-01-05T09:05:00.000Z',
  field: 'Deal value',
  left: 5,
  right: 6,
  base: 1000,
  leftAt: '2026-01-05T09:01:00.000Z',
  rightAt: '2026-01-05T09:02:00.000Z',
  ...changes
});

async function read(): Promise<RemoteRecord> {
  const found = (await connector.read([{ key: id }])).get(id);
  if (!found) throw new Error('gone');
  return found;
}

async function tell(rows: IssueRow[], changes: Partial<RecordReport> = {}, run?: RunRow): Promise<void> {
  const left = await read();
  const report: RecordReport = {
    key: id,
    state: 'Conflict',
    issues: [],
    rows,
    settled: [],
    audit: [],
    left,
    ...changes
  };
  expect(await connector.tell([report], run)).toEqual([{ key: id }]);
}

interface Shown {
  Id: string;
  Status__c: string;
  Resolution__c: string | null;
  Resolved_By__c: string | null;
  First_Seen__c: string;
}
const rows = (): Promise<Shown[]> =>
  rig.asAdmin.query<Shown>(
    `SELECT Id, Kind__c, Code__c, Field__c, Salesforce_Value__c, Partner_Center_Value__c, Agreed_Value__c, Status__c, Resolution__c, Resolved_By__c, First_Seen__c, Last_Seen__c FROM Cosell_Issue__c WHERE Opportunity__c = '${id}'`
  );

/** A person changes an issue, as the page or a list does. */
function answer(issue: string, fields: Record<string, unknown>, username = seller): void {
  rig.salesforce.org.data.update(rig.salesforce.org.sessionFor(username), 'Cosell_Issue__c', issue, fields);
}

const run = (n: number): RunRow => ({
  id: `run-${n}`,
  mapping: 'opportunity-referral',
  startedAt: '2026-01-05T09:00:00.000Z',
  toldAt: '2026-01-05T09:00:01.000Z',
  outcome: 'partial',
  counts: { considered: 3, created: 1, conflicts: 1, takenIn: 4, accepted: 2, declined: 1 },
  calls: { salesforce: 2, 'partner-center': 4 }
});

describe('what waits for somebody', () => {
  it('is a row with both values, told again it stays one row, and it costs no call of its own', async () => {
    const left = await read();
    const report: RecordReport = {
      key: id,
      state: 'Conflict',
      issues: [],
      rows: [conflict()],
      settled: [],
      audit: [],
      left
    };
    const before = connector.calls();
    await connector.tell([report]);
    expect(connector.calls() - before).toBe(1);
    const [first] = await rows();
    expect(first).toMatchObject({
      Kind__c: 'Conflict',
      Code__c: 'CONFLICT',
      Field__c: 'Deal value',
      Salesforce_Value__c: '5',
      Partner_Center_Value__c: '6',
      Agreed_Value__c: '1000',
      Status__c: 'Open',
      Resolution__c: null
    });
    await tell([conflict({ at: '2026-01-06T09:05:00.000Z', right: 7 })]);
    const again = await rows();
    expect(again).toMatchObject([{ Id: first?.Id, Partner_Center_Value__c: '7', First_Seen__c: first?.First_Seen__c }]);
  });

  it('is answered by a rep: the next look brings the record with the answer, in the one call of an idle look', async () => {
    await tell([conflict()]);
    await new Promise((resolve) => setTimeout(resolve, 1100));
    const since = now();
    const quiet = (await collect(connector.changes(since))).flatMap((page) => page.records);
    expect(quiet.map(({ key }) => key)).not.toContain(id);
    answer((await rows())[0]?.Id ?? '', { Resolution__c: 'KeepPartnerCenter' });
    const calls = connector.calls();
    const pages = await collect(connector.changes(since));
    const found = pages.flatMap((page) => page.records).find(({ key }) => key === id);
    expect(found?.resolutions).toEqual([
      expect.objectContaining({ key: `${id}:conflict:dealValue`, choice: 'right', by: 'Sam Seller' })
    ]);
    // One for the look, one for the record whose child only changed.
    expect(connector.calls() - calls).toBe(2);
    await tell([], { state: 'Synced' });
    expect(await rows()).toMatchObject([
      { Status__c: 'Resolved', Resolution__c: 'KeepPartnerCenter', Resolved_By__c: 'Sam Seller' }
    ]);
    const idle = connector.calls();
    expect((await read()).resolutions).toBeUndefined();
    expect(connector.calls() - idle).toBe(1);
  });

  it('keeps an answer that was given after the record was read', async () => {
    await tell([conflict()]);
    const left = await read();
    answer((await rows())[0]?.Id ?? '', { Resolution__c: 'KeepSalesforce' });
    await connector.tell([
      { key: id, state: 'Conflict', issues: [], rows: [conflict()], settled: [], audit: [], left }
    ]);
    expect(await rows()).toMatchObject([{ Resolution__c: 'KeepSalesforce', Status__c: 'Open' }]);
  });

  it('takes an answer back that could not be carried out, and keeps one that still can', async () => {
    await tell([conflict()]);
    answer((await rows())[0]?.Id ?? '', { Resolution__c: 'KeepSalesforce' });
    await tell([conflict({ waiting: true })]);
    expect(await rows()).toMatchObject([{ Resolution__c: 'KeepSalesforce' }]);
    await tell([conflict({ message: 'Cannot be kept.' })]);
    expect(await rows()).toMatchObject([{ Resolution__c: null, Status__c: 'Open' }]);
  });

  it('names who decided on the command line, and opens again without the old answer', async () => {
    await tell([conflict()]);
    await tell([], { settled: [{ key: `${id}:conflict:dealValue`, keep: 'left', by: 'ada' }] });
    expect(await rows()).toMatchObject([
      { Status__c: 'Resolved', Resolution__c: 'KeepSalesforce', Resolved_By__c: 'ada' }
    ]);
    await tell([conflict({ at: '2026-02-05T09:05:00.000Z' })]);
    expect(await rows()).toMatchObject([{ Status__c: 'Open', Resolution__c: null, Resolved_By__c: null }]);
  });

  it('may only be answered by reps, not changed', async () => {
    await tell([conflict()]);
    const issue = (await rows())[0]?.Id ?? '';
    expect(() => answer(issue, { Salesforce_Value__c: '9' })).toThrow();
    expect(() => answer(issue, { Resolution__c: 'Whatever' })).toThrow();
    answer(issue, { Resolution__c: 'Retry' });
    expect((await rows())[0]?.Resolution__c).toBe('Retry');
  });
});

describe('the query of the record page', () => {
  it('finds what is open, with its values, as the rep who may see the opportunity', async () => {
    await tell([
      conflict(),
      conflict({ key: `${id}:problem:REJECTED`, kind: 'problem', code: 'REJECTED', parked: true, attempts: 2 })
    ]);
    const source = readFileSync('force-app/main/default/lwc/cosellDecisions/openIssues.js', 'utf8');
    const query = /gql`([^`]+)`/.exec(source)?.[1] ?? '';
    const answer = await fetch(`${rig.salesforce.url}/services/data/v66.0/graphql`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${rig.salesforce.org.auth.issueAccessToken(seller)}`,
        'content-type': 'application/json'
      },
      body: JSON.stringify({ query, variables: { recordId: id } })
    });
    const { data, errors } = (await answer.json()) as {
      data: { uiapi: { query: { Cosell_Issue__c: { edges: { node: Record<string, { value: unknown }> }[] } } } };
      errors: unknown[];
    };
    expect(errors).toEqual([]);
    const nodes = data.uiapi.query.Cosell_Issue__c.edges.map(({ node }) => node);
    expect(nodes.map((node) => [node['Kind__c']?.value, node['Status__c']?.value]).sort()).toEqual([
      ['Conflict', 'Open'],
      ['Problem', 'Parked']
    ]);
    expect(nodes.find((node) => node['Kind__c']?.value === 'Conflict')?.['Partner_Center_Value__c']?.value).toBe('6');
    await tell([]);
    expect((await rows()).every((row) => row.Status__c === 'Resolved')).toBe(true);
  });
});

describe('the list of runs', () => {
  const runs = () =>
    rig.asAdmin.query(
      `SELECT Run_Identifier__c, Outcome__c, Conflicts__c, Taken_In__c, Accepted__c, Declined__c FROM Cosell_Run__c`
    );

  it('gets a row with the reports of a run, the same one however often it is told', async () => {
    const before = connector.calls();
    await tell([conflict()], {}, run(1));
    await tell([conflict()], {}, run(1));
    // Two reads and two deliveries.
    expect(connector.calls() - before).toBe(4);
    expect(await runs()).toMatchObject([
      {
        Run_Identifier__c: 'run-1',
        Outcome__c: 'Partial',
        Conflicts__c: 1,
        Taken_In__c: 4,
        Accepted__c: 2,
        Declined__c: 1
      }
    ]);
  });

  it('is kept short: rows beyond the newest 500 are removed with later deliveries', async () => {
    const old = Array.from({ length: 510 }, (_, n) => ({ Run_Identifier__c: `old-${n}` }));
    rig.create('Cosell_Run__c', old);
    for (const n of [2, 3, 4, 5]) await tell([conflict()], {}, run(n));
    const left = await rig.asAdmin.query<{ n: number }>('SELECT COUNT(Id) n FROM Cosell_Run__c');
    expect(left[0]?.n).toBeLessThanOrEqual(502);
    expect(left[0]?.n).toBeGreaterThanOrEqual(500);
  });
});
