import { describe, expect, it } from 'vitest';
import { collect, compositeAnswer, headers, opportunity, rows, salesforce } from '../../support/salesforce-answers.js';

const cursor = '2026-01-05T08:00:00.000Z';
const id = (n: number): string => `00600000000000${n}AAA`;

interface Poll {
  opportunities?: object[];
  deleted?: object[];
  solutions?: object[];
  contacts?: object[];
  team?: object[];
}

const pollAnswer = (poll: Poll) =>
  compositeAnswer(({ referenceId }) => rows(...(poll[referenceId as keyof Poll] ?? [])));

describe('the Salesforce feed with a cursor', () => {
  it('costs one composite call of five queries when nothing changed', async () => {
    const { connector, http } = salesforce({}, {}, pollAnswer({}));
    const pages = await collect(connector.changes(cursor));
    expect(pages).toEqual([{ records: [], cursor: '2026-01-05T08:55:30.000Z' }]);
    expect(connector.calls()).toBe(2);
    const { compositeRequest } = http.bodyOf(1) as { compositeRequest: { url: string }[] };
    expect(compositeRequest).toHaveLength(5);
    const queries = compositeRequest.map(({ url }) => decodeURIComponent(url));
    expect(queries[0]).toContain(`(SystemModstamp >= ${cursor} OR Account.SystemModstamp >= ${cursor})`);
    expect(queries[0]).toContain('ORDER BY SystemModstamp, Id');
    expect(queries.slice(1).every((query) => query.startsWith('/services/data/v66.0/queryAll?q='))).toBe(true);
  });

  it('leaves the team out where the org has no opportunity teams', async () => {
    const { connector, http } = salesforce({ teams: false }, {}, pollAnswer({}));
    await collect(connector.changes(cursor));
    expect(http.requests[1]?.body).not.toContain('OpportunityTeamMember');
  });

  it('reads opportunities of which only a child changed, once each and not those already seen', async () => {
    const { connector, http } = salesforce(
      {},
      {},
      pollAnswer({
        opportunities: [opportunity({ Id: id(1) })],
        solutions: [{ Opportunity__c: id(1) }, { Opportunity__c: id(2) }],
        contacts: [{ OpportunityId: id(2) }, { OpportunityId: id(3) }]
      }),
      compositeAnswer(() => rows(opportunity({ Id: id(2) }), opportunity({ Id: id(3) })))
    );
    const [page] = await collect(connector.changes(cursor));
    expect(page?.records.map((record) => record.key)).toEqual([id(1), id(2), id(3)]);
    const read = decodeURIComponent(http.requests[2]?.body ?? '');
    expect(read).toContain(`WHERE Id IN ('${id(2)}', '${id(3)}')`);
    expect(http.unused()).toBe(0);
  });

  it('reports deleted opportunities', async () => {
    const gone = {
      Id: id(9),
      IsDeleted: true,
      Name: 'x',
      Referral_Identifier__c: 'r9',
      SystemModstamp: '2026-01-05T08:59:00.000+0000',
      LastModifiedDate: '2026-01-05T08:59:00.000+0000'
    };
    const { connector } = salesforce({}, {}, pollAnswer({ opportunities: [gone] }));
    const [page] = await collect(connector.changes(cursor));
    expect(page?.records).toMatchObject([{ key: id(9), lifecycle: 'deleted', counterpart: 'r9' }]);
  });

  it('moves the cursor with the last page only', async () => {
    const { connector } = salesforce(
      {},
      {},
      compositeAnswer(({ referenceId }) =>
        referenceId === 'opportunities'
          ? { body: { done: false, nextRecordsUrl: '/services/data/v66.0/query/01g-2000', records: [opportunity()] } }
          : rows()
      ),
      { json: { done: true, records: [opportunity({ Id: id(2) })] }, headers }
    );
    const pages = await collect(connector.changes(cursor));
    expect(pages.map((page) => [page.records.length, page.cursor])).toEqual([
      [1, cursor],
      [1, '2026-01-05T08:55:30.000Z']
    ]);
  });

  it('never moves the cursor back', async () => {
    const late = '2026-01-05T09:00:00.000Z';
    const { connector } = salesforce({}, {}, pollAnswer({}));
    expect((await collect(connector.changes(late)))[0]?.cursor).toBe(late);
  });

  it('subtracts the time the call took, because the server looked before it answered', async () => {
    const { connector, http, clock } = salesforce({}, { overlapMs: 0 });
    http.add((request) => {
      clock.advance(4000);
      const answer = pollAnswer({});
      return (answer as (r: typeof request) => object)(request);
    });
    expect((await collect(connector.changes(cursor)))[0]?.cursor).toBe('2026-01-05T09:00:26.000Z');
  });
});

describe('the Salesforce feed without a cursor', () => {
  it('reads everything in scope page by page, with a cursor that lets it go on after each page', async () => {
    const { connector, http } = salesforce(
      {},
      {},
      {
        headers,
        json: {
          done: false,
          nextRecordsUrl: '/services/data/v66.0/query/01g-2000',
          records: [opportunity({ SystemModstamp: '2025-03-01T10:00:00.000+0000' })]
        }
      },
      { headers, json: { done: true, records: [opportunity({ Id: id(2) })] } }
    );
    const pages = await collect(connector.changes(undefined));
    expect(pages.map((page) => page.cursor)).toEqual(['2025-03-01T09:55:00.000Z', '2026-01-05T08:55:30.000Z']);
    expect(decodeURIComponent(http.requests[1]?.url ?? '')).toContain(
      'WHERE (Sync_with_Partner_Center__c = true OR Referral_Identifier__c != null) ORDER BY'
    );
    expect(http.requests[2]?.url).toBe('https://org.example/services/data/v66.0/query/01g-2000');
  });
});
