import { expect, it } from 'vitest';
import type { Session } from './session.js';

interface Rows<T> {
  totalSize: number;
  done: boolean;
  records: T[];
}

interface Saved {
  id: string;
  success: boolean;
}

const nested = 'SELECT Name, Account.Name, Owner.Name, (SELECT Role FROM OpportunityContactRoles) FROM Opportunity';
const totals = 'SELECT StageName stage, COUNT(Id) number, SUM(Amount) total FROM Opportunity GROUP BY StageName';

export const records = (session: () => Session): void => {
  const query = <T>(soql: string) => session().sf.ok<Rows<T>>(['data', 'query', '--query', soql]);

  it('imports a tree of records', async () => {
    const { sf, write } = session();
    const record = (type: string, referenceId: string, values: object) => ({
      attributes: { type, referenceId },
      ...values
    });
    const contacts = { records: [record('Contact', 'person', { LastName: 'Smit' })] };
    const deal = { Name: 'Harbour', StageName: 'Prospecting', CloseDate: '2030-01-31', Amount: 1250.5 };
    const deals = { records: [record('Opportunity', 'deal', deal)] };
    const tree = {
      records: [record('Account', 'company', { Name: 'Fabrikam', Contacts: contacts, Opportunities: deals })]
    };
    const file = write('tree.json', JSON.stringify(tree));
    const imported = await sf.ok<{ refId: string; type: string; id: string }[]>([
      ...['data', 'import', 'tree', '--files', file]
    ]);
    expect(imported.map(({ refId, type }) => [refId, type])).toEqual([
      ['company', 'Account'],
      ['person', 'Contact'],
      ['deal', 'Opportunity']
    ]);
  });

  it('creates, reads, changes and deletes a record', async () => {
    const { sf } = session();
    const record = (verb: string, ...rest: string[]) => ['data', verb, 'record', '--sobject', 'Account', ...rest];
    const { id } = await sf.ok<Saved>(record('create', '--values', `Name='Contoso "North"' BillingCountry=NL`));
    await sf.ok(record('update', '--where', `Name='Contoso "North"'`, '--values', 'Phone=5'));
    expect(await sf.ok(record('get', '--record-id', id))).toMatchObject({
      attributes: { type: 'Account' },
      Name: 'Contoso "North"',
      BillingCountry: 'NL',
      Phone: '5'
    });
    await sf.ok(record('delete', '--record-id', id));
    expect(await sf.json(record('get', '--record-id', id))).toMatchObject({ status: 1, name: 'ENTITY_IS_DELETED' });
  });

  it('queries over relationships, with a sub-query and with totals', async () => {
    const { sf } = session();
    const [deals, stages, count, printed] = await Promise.all([
      query(nested),
      query(totals),
      query('SELECT COUNT() FROM Opportunity'),
      sf.print(['data', 'query', '--query', nested, '--result-format', 'csv'])
    ]);
    expect(deals.records).toMatchObject([
      { Name: 'Harbour', Account: { Name: 'Fabrikam' }, Owner: { Name: 'Ada Admin' }, OpportunityContactRoles: null }
    ]);
    expect(stages.records).toMatchObject([{ stage: 'Prospecting', number: 1, total: 1250.5 }]);
    expect(count).toMatchObject({ totalSize: 1, records: [] });
    expect(printed.stdout.split('\n')[1]).toMatch(/^Harbour,Fabrikam,Ada Admin/);
  });

  it('keeps a seller to the fields that the permission set grants', async () => {
    const { sf } = session();
    const deal = 'Name=Own StageName=Prospecting CloseDate=2030-01-31';
    const create = (values: string) =>
      sf.json<Saved>([
        ...['data', 'create', 'record', '--target-org', 'seller', '--sobject', 'Opportunity', '--values'],
        `${deal} ${values}`
      ]);
    expect(await create('Sync_with_Partner_Center__c=true')).toMatchObject({ status: 0, result: { success: true } });
    const refused = await create('Referral_Identifier__c=1');
    expect(refused).toMatchObject({ status: 1, name: 'INVALID_FIELD_FOR_INSERT_UPDATE' });
    expect(refused.message).toContain('Referral_Identifier__c');
  });
};
