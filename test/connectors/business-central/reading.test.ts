import { describe, expect, it } from 'vitest';
import type { ChangePage } from '../../../plugin/src/sync/ports.js';
import { businessCentralRig, COMPANY, COMPANY_ROOT, HOST, idOf, row } from '../../support/business-central-rig.js';
import { collect } from '../../support/salesforce-answers.js';

const DATE = { headers: { date: 'Mon, 05 Jan 2026 09:00:00 GMT' } };
const page = (rows: object[], next?: string): object => ({
  json: { value: rows, ...(next === undefined ? {} : { '@odata.nextLink': next }) },
  ...DATE
});
const pagesOf = async (feed: AsyncIterable<ChangePage>): Promise<ChangePage[]> => collect(feed);

describe('the feed of changes', () => {
  it('walks everything oldest first at the start, and keeps a cursor with each page', async () => {
    const link = `${COMPANY_ROOT}/customers?$skiptoken=opaque`;
    const rig = businessCentralRig([page([row(1), row(2)], link), page([row(3)])]);
    const pages = await pagesOf(rig.connector.changes(undefined));
    expect(rig.asked()).toEqual(['GET customers?$orderby=lastModifiedDateTime', 'GET customers?$skiptoken=opaque']);
    expect(pages.map(({ records }) => records.map(({ key }) => key))).toEqual([[idOf(1), idOf(2)], [idOf(3)]]);
    // Two minutes behind the last row that was seen, and in the end behind the server's time at the start.
    expect(pages.map(({ cursor }) => cursor)).toEqual(['2026-01-05T08:00:00.000Z', '2026-01-05T08:58:00.000Z']);
  });

  it('asks for what changed since the cursor, and a quiet poll is one call that moves it', async () => {
    const rig = businessCentralRig([page([])], { options: { overlapMs: 1000, filter: `blocked eq '_x0020_'` } });
    const pages = await pagesOf(rig.connector.changes('2026-01-05T08:00:00.000Z'));
    expect(rig.asked()).toEqual([
      "GET customers?$filter=(blocked eq '_x0020_') and (lastModifiedDateTime ge 2026-01-05T08:00:00.000Z)&$orderby=lastModifiedDateTime"
    ]);
    expect(pages).toEqual([{ records: [], cursor: '2026-01-05T08:59:59.000Z' }]);
    expect(rig.connector.calls()).toBe(1);
  });

  it('never moves its cursor back', async () => {
    const rig = businessCentralRig([page([])]);
    expect(await pagesOf(rig.connector.changes('2026-01-05T08:59:30.000Z'))).toMatchObject([
      { cursor: '2026-01-05T08:59:30.000Z' }
    ]);
  });

  it('follows no link to another host', async () => {
    const rig = businessCentralRig([page([row(1)], 'https://evil.example/v2.0/x')]);
    await expect(pagesOf(rig.connector.changes(undefined))).rejects.toMatchObject({
      code: 'FOREIGN_LINK',
      kind: 'connection'
    });
    expect(rig.http.requests.every(({ url }) => url.startsWith(HOST))).toBe(true);
  });

  it('brings the lines of documents along, as they cannot be read by themselves', async () => {
    const order = row(1, { externalDocumentNumber: '801', salesOrderLines: [{ itemId: idOf(9), lineType: 'Item' }] });
    const rig = businessCentralRig([page([order])], { set: 'salesOrders' });
    const [{ records }] = (await pagesOf(rig.connector.changes(undefined))) as [ChangePage];
    expect(rig.asked()[0]).toContain('$expand=salesOrderLines');
    expect(records[0]).toMatchObject({
      counterpart: '801',
      document: { salesOrderLines: [{ itemId: idOf(9), lineType: 'Item' }] }
    });
  });
});

describe('reading records', () => {
  it('asks for fifty ids per call and leaves out what is gone', async () => {
    const refs = Array.from({ length: 51 }, (_, n) => ({ key: idOf(n) }));
    const rig = businessCentralRig([page([row(1)]), page([])]);
    expect([...(await rig.connector.read(refs)).keys()]).toEqual([idOf(1)]);
    expect(rig.asked()[0]).toContain(`id eq ${idOf(0)} or id eq ${idOf(1)}`);
    expect(rig.asked()[1]).toBe(`GET customers?$filter=id eq ${idOf(50)}`);
  });

  it('reads empty markers as null and enumerations as people call them', async () => {
    const rig = businessCentralRig([
      page([
        row(1, {
          displayName: 'Coho',
          paymentTermsId: '00000000-0000-0000-0000-000000000000',
          blocked: '_x0020_',
          type: 'Company'
        })
      ]),
      page([row(2, { blocked: ' ', creditLimit: 0 })])
    ]);
    const first = (await rig.connector.read([{ key: idOf(1) }])).get(idOf(1));
    expect(first).toMatchObject({
      version: 'W/"1"',
      modifiedAt: '2026-01-05T08:01:00.000Z',
      lifecycle: 'open',
      context: { companyId: COMPANY },
      document: { displayName: 'Coho', paymentTermsId: null, blocked: null, type: 'Company' }
    });
    const second = (await rig.connector.read([{ key: idOf(2) }])).get(idOf(2));
    expect(second?.document).toMatchObject({ blocked: null, creditLimit: 0 });
  });

  it.each([
    ['In_x0020_Review', 'In Review', 'open'],
    ['Draft', 'Draft', 'open'],
    ['Paid', 'Paid', 'final']
  ])('knows that an invoice that is %s is %s and %s', async (sent, status, lifecycle) => {
    const rig = businessCentralRig([page([row(1, { status: sent })])], { set: 'salesInvoices' });
    const found = (await rig.connector.read([{ key: idOf(1) }])).get(idOf(1));
    expect([found?.document['status'], found?.lifecycle]).toEqual([status, lifecycle]);
  });

  it('reads nothing for a coupling of another company, which may be a copy with the same ids', async () => {
    const rig = businessCentralRig([]);
    const ref = { key: idOf(1), context: { companyId: idOf(7) } };
    await expect(rig.connector.read([ref])).rejects.toMatchObject({ code: 'OTHER_COMPANY', kind: 'connection' });
  });

  it('lists the ids that are there, so that deletions are found', async () => {
    const rig = businessCentralRig([page([{ id: idOf(1) }, { id: idOf(3) }])]);
    expect(await rig.connector.keys()).toEqual(new Set([idOf(1), idOf(3)]));
    expect(rig.asked()).toEqual(['GET customers?$select=id']);
  });
});
