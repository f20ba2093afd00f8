import { describe, expect, it } from 'vitest';
import type { OrgKind } from '../../support/salesforce-answers.js';
import { collect, compositeAnswer, headers, opportunity, rows, salesforce } from '../../support/salesforce-answers.js';

async function read(kind: OrgKind, row: object) {
  const { connector } = salesforce(
    kind,
    {},
    compositeAnswer(() => rows(row))
  );
  const records = await connector.read([{ key: '006000000000001AAA' }]);
  const record = records.get('006000000000001AAA');
  if (!record) throw new Error('not read');
  return record;
}

describe('the left document', () => {
  it('holds fields by API name without the attributes of the REST API', async () => {
    const { document } = await read({}, opportunity());
    expect(document).toMatchObject({ Id: '006000000000001AAA', Name: 'Big deal', Account: { Name: 'Acme' } });
    expect(JSON.stringify(document)).not.toContain('attributes');
  });

  it.each([
    { kind: { currency: 'EUR' }, row: {}, expected: 'EUR' },
    { kind: { multiCurrency: true }, row: { CurrencyIsoCode: 'USD' }, expected: 'USD' }
  ])('has the currency of the record or of the org: $expected', async ({ kind, row, expected }) => {
    expect((await read(kind, opportunity(row))).document['CurrencyIsoCode']).toBe(expected);
  });

  it('asks the Connect API for a currency the organization record does not show', async () => {
    const { connector } = salesforce(
      { currency: null },
      {},
      { headers, json: { features: { defaultCurrencyIsoCode: 'CHF', multiCurrency: false } } }
    );
    expect(await connector.shape()).toMatchObject({ defaultCurrency: 'CHF', multiCurrency: false });
  });

  it('lists contacts, the team with the owner first, and solutions', async () => {
    const person = (name: string) => ({ FirstName: name, LastName: 'X', Email: `${name}@x.example`, Phone: '1' });
    const row = opportunity({
      OpportunityContactRoles: {
        done: true,
        records: [
          { attributes: {}, Role: 'Decision Maker', IsPrimary: true, Contact: { attributes: {}, ...person('Cy') } }
        ]
      },
      OpportunityTeamMembers: {
        done: true,
        records: [{ User: { ...person('sam'), Email: 'SAM@x.example' } }, { User: person('Lena') }]
      },
      Microsoft_Solutions__r: {
        done: true,
        records: [
          {
            Microsoft_Solution__r: {
              Solution_Identifier__c: 'SOL-1-ABC',
              Name: 'One',
              Type__c: '3P',
              Publisher_Name__c: 'Contoso'
            }
          }
        ]
      }
    });
    const { document } = await read({}, row);
    expect(document['Contacts']).toEqual([{ ...person('Cy'), Role: 'Decision Maker', IsPrimary: true }]);
    expect(document['Team']).toMatchObject([{ FirstName: 'Sam' }, { FirstName: 'Lena' }]);
    expect(document['Team']).toHaveLength(2);
    expect(document['Solutions']).toEqual([{ Id: 'SOL-1-ABC', Name: 'One', Type: '3P', PublisherName: 'Contoso' }]);
    expect(document).not.toHaveProperty('OpportunityContactRoles');
  });

  it('follows the pages of a child that has very many rows', async () => {
    const child = (name: string) => ({ Role: null, IsPrimary: false, Contact: { LastName: name } });
    const row = opportunity({
      OpportunityContactRoles: {
        done: false,
        nextRecordsUrl: '/services/data/v66.0/query/01c-1',
        records: [child('A')]
      }
    });
    const { connector } = salesforce(
      {},
      {},
      compositeAnswer(() => rows(row)),
      {
        headers,
        json: { done: true, records: [child('B')] }
      }
    );
    const record = (await connector.read([{ key: '006000000000001AAA' }])).get('006000000000001AAA');
    expect(record?.document['Contacts']).toMatchObject([{ LastName: 'A' }, { LastName: 'B' }]);
  });

  it('carries the referral as counterpart, and times as ISO 8601 UTC', async () => {
    const record = await read({}, opportunity({ Referral_Identifier__c: 'r1' }));
    expect(record).toMatchObject({ counterpart: 'r1', modifiedAt: '2026-01-05T08:59:00.000Z', lifecycle: 'open' });
    expect(await read({}, opportunity())).not.toHaveProperty('counterpart');
  });
});

describe('reading many', () => {
  it('takes five queries of 200 ids per call', async () => {
    const refs = Array.from({ length: 1001 }, (_, index) => ({ key: `006${String(index).padStart(12, '0')}AAA` }));
    const empty = compositeAnswer(() => rows());
    const { connector, http } = salesforce({}, {}, empty, empty);
    expect((await connector.read(refs)).size).toBe(0);
    const sizes = [1, 2].map((call) => (http.bodyOf(call) as { compositeRequest: unknown[] }).compositeRequest.length);
    expect(sizes).toEqual([5, 1]);
  });
});

describe('an org in which something cannot be seen', () => {
  it.each([
    { hidden: ['Opportunity.Referral_Link__c'], target: 'Opportunity.Referral_Link__c' },
    { hidden: ['Contact.Email'], target: 'Contact.Email' },
    { hidden: ['Cosell_Audit__c'], target: 'Cosell_Audit__c' }
  ])('is refused, naming $target and what to do', async ({ hidden, target }) => {
    const { connector } = salesforce({ hidden }, {});
    await expect(collect(connector.changes(undefined))).rejects.toMatchObject({
      code: 'FIELD_NOT_VISIBLE',
      kind: 'connection',
      details: { target },
      nextSteps: [expect.stringContaining('sf cosell deploy'), expect.stringContaining('Cosell_Integration_User')]
    });
  });

  it('is looked at again on the next call', async () => {
    const { connector, http } = salesforce({ hidden: ['Cosell_Audit__c'] }, {});
    await expect(connector.shape()).rejects.toThrow();
    const { describeAnswer } = await import('../../support/salesforce-answers.js');
    http.add(describeAnswer());
    expect(await connector.shape()).toMatchObject({ teams: true });
  });

  it('includes fields the mapping names', async () => {
    const { connector } = salesforce({}, { extraFields: ['Region__c'] });
    await expect(connector.shape()).rejects.toMatchObject({ details: { target: 'Opportunity.Region__c' } });
  });
});
