import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Connection } from '@jsforce/jsforce-node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_TIMEOUT_MS, undiciHttp } from '../../../plugin/src/connectors/http/undici-http.js';
import { bulkQuery, bulkWrite } from '../../../plugin/src/connectors/salesforce/bulk/index.js';
import type { BulkWrite, RowResult } from '../../../plugin/src/connectors/salesforce/bulk/index.js';
import { allRecords, pageOf, queryPath } from '../../../plugin/src/connectors/salesforce/query.js';
import { SalesforceRest } from '../../../plugin/src/connectors/salesforce/rest.js';
import { systemClock } from '../../../plugin/src/ports/clock.js';
import type { JsonObject } from '../../../plugin/src/ports/json.js';
import { SeededRandom } from '../../../plugin/src/ports/random.js';
import type { RecordReport } from '../../../plugin/src/sync/ports.js';
import { collect, FakeSession } from '../../support/salesforce-answers.js';
import { admin, connect } from '../../support/salesforce-org.js';
import type { SalesforceRig } from '../../support/salesforce-rig.js';
import { accounts, quick, salesforceRig } from '../../support/salesforce-rig.js';

const child = fileURLToPath(new URL('../../support/jsforce-child.mjs', import.meta.url));
const connectorFolder = fileURLToPath(new URL('../../../plugin/src/connectors/salesforce/', import.meta.url));
const many = "SELECT Id, Name FROM Account WHERE Name LIKE 'Many%'";

let rig: SalesforceRig;
let jsforce: Connection;
let token: string;

beforeAll(async () => {
  rig = await salesforceRig({ limits: { bulkResultRows: 500 } }, { changeEvents: true });
  rig.create('Account', accounts('Many', 2100));
  token = rig.salesforce.org.auth.issueAccessToken(admin);
  jsforce = new Connection({ instanceUrl: rig.salesforce.url, accessToken: token, version: '66.0' });
  jsforce.bulk2.pollInterval = 10;
}, 60_000);
afterAll(() => rig.close());
afterEach(() => rig.salesforce.org.faults.clear());

const write = (changes: Partial<BulkWrite<JsonObject>>): BulkWrite<JsonObject> => ({
  object: 'Account',
  operation: 'insert',
  recordOf: (record) => record,
  ...changes
});
const ours = (changes: Partial<BulkWrite<JsonObject>>, inputs: JsonObject[]): Promise<RowResult<JsonObject>[]> =>
  collect(bulkWrite(rig.bulk(), write(changes), inputs));
const phones = (ids: readonly string[]): Promise<{ Phone: string | null }[]> =>
  rig.asAdmin.query(`SELECT Phone FROM Account WHERE Id IN ('${ids.join("','")}') ORDER BY Name`);
const solution = (identifier: string): JsonObject => ({ Solution_Identifier__c: identifier, Name: 'A solution' });
const found = (identifier: string): Promise<unknown[]> =>
  rig.asAdmin.query(`SELECT Id FROM Microsoft_Solution__c WHERE Solution_Identifier__c = '${identifier}'`);

/** A server that answers what `answer` says, and the times at which it was asked. */
async function server(answer: (call: number) => { status: number; headers?: Record<string, string> } | 'silence') {
  const asked: number[] = [];
  const running: Server = createServer((_request, response) => {
    asked.push(Date.now());
    const said = answer(asked.length);
    if (said !== 'silence') response.writeHead(said.status, said.headers).end('{}');
  });
  await new Promise<void>((resolve) => running.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(running.address() as AddressInfo).port}`;
  const close = (): void => {
    running.closeAllConnections();
    running.close();
  };
  return { url, asked, close };
}

function restTo(url: string, timeoutMs?: number): { rest: SalesforceRest; close: () => Promise<void> } {
  const http = undiciHttp(timeoutMs === undefined ? {} : { timeoutMs });
  const session = Object.assign(new FakeSession(), { instanceUrl: url });
  const rest = new SalesforceRest({
    session,
    http,
    clock: systemClock,
    random: new SeededRandom(2),
    retry: { ...quick, maxRetryAfterMs: 5000, transport: [] }
  });
  return { rest, close: () => http.close() };
}

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => readFileSync(`${entry.parentPath}/${entry.name}`, 'utf8'));
}

interface Trap {
  name: string;
  /** Shows that jsforce does have it. */
  jsforce?: () => Promise<void>;
  ours: () => Promise<void>;
}

const traps: Trap[] = [
  {
    name: 'a query gives its first page only',
    jsforce: async () => {
      expect(await jsforce.query(many)).toMatchObject({ totalSize: 2100, done: false, records: { length: 2000 } });
    },
    ours: async () => {
      const { rest } = rig.bulk();
      const answer = await rest.call({ method: 'GET', path: queryPath(many), repeatable: true });
      expect(await allRecords(rest, pageOf(answer.json))).toHaveLength(2100);
    }
  },
  {
    name: 'a collection of more than 200 records is refused as a whole',
    jsforce: async () => {
      await expect(jsforce.sobject('Account').create(accounts('Too many', 201))).rejects.toThrow(/EXCEEDED|200/i);
    },
    ours: async () => {
      const fields = { StageName: 'Prospecting', CloseDate: '2027-01-31' };
      const ids = rig.create(
        'Opportunity',
        accounts('Told', 201).map((record) => ({ ...record, ...fields }))
      );
      const reports = ids.map((key): RecordReport => {
        const left = { key, document: {}, version: '', modifiedAt: '', lifecycle: 'open' as const };
        return { key, state: 'Pending', issues: [], rows: [], settled: [], audit: [], left };
      });
      const told = await rig.connector().tell(reports);
      expect(told.filter(({ error }) => error === undefined)).toHaveLength(201);
    }
  },
  {
    name: 'a field called type is taken for the object type and lost',
    jsforce: async () => {
      await jsforce
        .sobject('Account')
        .create([{ Name: 'Typed J', type: 'Prospect' }])
        .catch(() => undefined);
      expect(await rig.asAdmin.query("SELECT Id FROM Account WHERE Name = 'Typed J' AND Type = 'Prospect'")).toEqual(
        []
      );
    },
    ours: async () => {
      const [result] = await ours({}, [{ Name: 'Typed', type: 'Prospect' }]);
      const id = result?.outcome === 'success' ? result.id : '';
      expect(await rig.asAdmin.query(`SELECT Type FROM Account WHERE Id = '${id}'`)).toMatchObject([
        { Type: 'Prospect' }
      ]);
    }
  },
  {
    name: 'the external id of an upsert is not encoded in the address',
    jsforce: async () => {
      await jsforce
        .sobject('Microsoft_Solution__c')
        .upsert(solution('J?B c') as never, 'Solution_Identifier__c')
        .catch(() => undefined);
      expect(await found('J?B c')).toHaveLength(0);
    },
    ours: async () => {
      const spec = {
        object: 'Microsoft_Solution__c',
        operation: 'upsert',
        externalId: 'Solution_Identifier__c'
      } as const;
      expect(await ours(spec, [solution('O?/B c')])).toMatchObject([{ outcome: 'success', created: true }]);
      expect(await ours(spec, [solution('O?/B c')])).toMatchObject([{ outcome: 'success', created: false }]);
      expect(await found('O?/B c')).toHaveLength(1);
    }
  },
  {
    name: 'the columns of a Bulk upload come from the first record, later fields are lost',
    jsforce: async () => {
      const ids = rig.create('Account', accounts('Columns J', 2));
      const input = [{ Id: ids[0] }, { Id: ids[1], Phone: '1' }] as never;
      await jsforce.bulk2.loadAndWaitForResults({ object: 'Account', operation: 'update', input });
      expect(await phones(ids)).toMatchObject([{ Phone: null }, { Phone: null }]);
    },
    ours: async () => {
      const ids = rig.create('Account', accounts('Columns O', 2));
      await ours({ operation: 'update' }, [{ Id: ids[0] ?? '' }, { Id: ids[1] ?? '', Phone: '1' }]);
      expect(await phones(ids)).toMatchObject([{ Phone: null }, { Phone: '1' }]);
    }
  },
  {
    name: 'a Bulk upsert gets an empty Id column',
    jsforce: async () => {
      const input = [solution('J-1')] as never;
      const results = await jsforce.bulk2.loadAndWaitForResults({
        object: 'Microsoft_Solution__c',
        operation: 'upsert',
        externalIdFieldName: 'Solution_Identifier__c',
        input
      });
      expect(Object.keys([...results.successfulResults, ...results.failedResults][0] ?? {})).toContain('Id');
    },
    ours: async () => {
      rig.sent.length = 0;
      await ours({ object: 'Microsoft_Solution__c', operation: 'upsert', externalId: 'Solution_Identifier__c' }, [
        solution('O-1')
      ]);
      const upload = rig.sent.find(({ method }) => method === 'PUT');
      expect(upload?.body?.split('\n')[0]).toBe('"Name","Solution_Identifier__c"');
    }
  },
  {
    name: 'a Bulk query with several pages of results ends the process',
    jsforce: async () => {
      const run = promisify(execFile)(process.execPath, [child, rig.salesforce.url, token, many], { timeout: 20_000 });
      await expect(run).rejects.toMatchObject({ stderr: expect.stringContaining('write after end') });
    },
    ours: async () => {
      expect(await collect(bulkQuery(rig.bulk(), many))).toHaveLength(2100);
    }
  },
  {
    name: 'one failed look at a job ends the wait',
    jsforce: async () => {
      const job = jsforce.bulk2.createJob({ operation: 'insert', object: 'Account' });
      await job.open();
      await job.uploadData('Name\nLooked J\n');
      await job.close();
      await rig.faults({ dropBefore: 12 });
      await expect(job.poll(50, 20_000)).rejects.toThrow();
    },
    ours: async () => {
      const ports = rig.bulk();
      const looks = ports.rest.call.bind(ports.rest);
      let cut = false;
      ports.rest.call = async (request) => {
        if (request.method === 'GET' && !cut) await rig.faults({ dropBefore: 12 });
        cut ||= request.method === 'GET';
        return looks(request);
      };
      expect(await collect(bulkWrite(ports, write({}), [{ Name: 'Looked O' }]))).toMatchObject([
        { outcome: 'success' }
      ]);
      expect(cut).toBe(true);
    }
  },
  {
    name: 'POST and PATCH are never repeated',
    jsforce: async () => {
      await rig.faults({ unavailable: 1 });
      await expect(jsforce.sobject('Account').create([{ Name: 'Once' }])).rejects.toThrow();
    },
    ours: async () => {
      const [key = ''] = rig.create('Opportunity', [
        { Name: 'Once', StageName: 'Prospecting', CloseDate: '2027-01-31' }
      ]);
      const left = { key, document: {}, version: '', modifiedAt: '', lifecycle: 'open' as const };
      const connector = rig.connector();
      await rig.faults({ unavailable: 1 });
      expect(
        await connector.tell([{ key, state: 'Pending', issues: [], rows: [], settled: [], audit: [], left }])
      ).toEqual([{ key }]);
      expect(connector.calls()).toBe(2);
    }
  },
  {
    name: 'Retry-After is ignored',
    jsforce: async () => {
      const busy = await server((call) =>
        call === 1 ? { status: 503, headers: { 'retry-after': '3' } } : { status: 200 }
      );
      const connection = new Connection({ instanceUrl: busy.url, accessToken: 'x', version: '66.0' });
      await connection.request('/services/data/v66.0/limits').catch(() => undefined);
      busy.close();
      expect(busy.asked.length).toBeGreaterThanOrEqual(2);
      expect((busy.asked[1] ?? 0) - (busy.asked[0] ?? 0)).toBeLessThan(2900);
    },
    ours: async () => {
      const busy = await server((call) =>
        call === 1 ? { status: 503, headers: { 'retry-after': '1' } } : { status: 200 }
      );
      const { rest, close } = restTo(busy.url);
      await rest.call({ method: 'PATCH', path: '/services/data/v66.0/x', body: {}, repeatable: true });
      await close();
      busy.close();
      expect((busy.asked[1] ?? 0) - (busy.asked[0] ?? 0)).toBeGreaterThanOrEqual(990);
    }
  },
  {
    name: 'a call waits for 30 minutes',
    ours: async () => {
      const silent = await server(() => 'silence');
      const { rest, close } = restTo(silent.url, 100);
      const call = rest.call({ method: 'GET', path: '/services/data/v66.0/limits', repeatable: true });
      await expect(call).rejects.toMatchObject({ code: 'TRANSPORT_TIMEOUT', kind: 'retryable' });
      silent.close();
      await close();
      // Without an option it is the default of the HTTP client: 30 seconds.
      expect(DEFAULT_TIMEOUT_MS).toBe(30_000);
    }
  },
  {
    name: 'the call options of a connection of @salesforce/core are ignored',
    jsforce: async () => {
      const core = await connect(rig.salesforce);
      Object.assign(core, { connectionOptions: { callOptions: { client: 'mine' } } });
      const before = rig.salesforce.org.changes.replay('/data/ChangeEvents', -2).length;
      await core.sobject('Opportunity').create([{ Name: 'Core', StageName: 'Prospecting', CloseDate: '2027-01-31' }]);
      const [notice] = rig.salesforce.org.changes.replay('/data/ChangeEvents', -2).slice(before);
      expect(notice?.changeOrigin).not.toContain('mine');
    },
    ours: async () => {
      rig.sent.length = 0;
      await rig.connector().shape();
      expect(rig.sent.map(({ headers }) => headers?.['sforce-call-options'])).toEqual(['client=sf-plugin-cosell']);
    }
  },
  {
    name: 'CometD falls silent on an expired replay id',
    ours: async () => {
      // Made impossible: neither jsforce nor a CometD client is behind the connector; polling is the floor.
      for (const source of sources(connectorFolder)) expect(source).not.toMatch(/from '(@jsforce|jsforce|faye)/);
      const [id] = rig.create('Opportunity', [
        { Name: 'Late', StageName: 'Prospecting', CloseDate: '2027-01-31', Sync_with_Partner_Center__c: true }
      ]);
      const pages = await collect(rig.connector().changes('2001-01-01T00:00:00.000Z'));
      expect(pages.flatMap((page) => page.records.map(({ key }) => key))).toContain(id);
    }
  }
];

for (const trap of traps) {
  describe(`The trap that ${trap.name}`, () => {
    if (trap.jsforce) it('is there in jsforce', trap.jsforce, 40_000);
    it('is avoided here', () => trap.ours(), 40_000);
  });
}
