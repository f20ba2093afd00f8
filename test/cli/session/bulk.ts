import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parseCsv } from '../../../sandbox/src/salesforce/bulk/csv.js';
import { resultRows, type Session } from './session.js';

interface Job {
  state: string;
  numberRecordsProcessed: number;
  numberRecordsFailed: number;
}

interface Upserted {
  jobInfo: Job;
  records: { successfulResults: Record<string, string>[]; failedResults: Record<string, string>[] };
}

const columns = 'Solution_Identifier__c,Name,Publisher_Name__c\n';
const solutions = `${columns}S-1,"One, ""1""",Contoso\nS-2,Two,"two\nlines"\nS-3,Three,\nS-4,Four,\nS-5,Five,\nS-6,Six,\nS-7,Seven,\n`;

export const bulk = (session: () => Session): void => {
  const upsert = (file: string) =>
    session().sf.ok<Upserted>([
      ...['data', 'upsert', 'bulk', '--sobject', 'Microsoft_Solution__c', '--external-id', 'Solution_Identifier__c'],
      ...['--file', file, '--wait', '5']
    ]);

  it('upserts by external id: creates, changes, empties with #N/A and leaves alone what is empty', async () => {
    const { sf, write } = session();
    const first = await upsert(write('solutions.csv', solutions));
    expect(first.jobInfo).toMatchObject({ state: 'JobComplete', numberRecordsProcessed: 7, numberRecordsFailed: 0 });
    const second = await upsert(write('changes.csv', `${columns}S-1,Uno,\nS-2,Two,#N/A\nS-8,Eight,\n`));
    expect(second.records.successfulResults.map((row) => row['sf__Created'])).toEqual(['false', 'false', 'true']);
    const rows = await sf.ok<{ records: unknown[] }>([
      ...['data', 'query', '--query'],
      "SELECT Name, Publisher_Name__c FROM Microsoft_Solution__c WHERE Solution_Identifier__c IN ('S-1', 'S-2')"
    ]);
    expect(rows.records).toMatchObject([
      { Name: 'Uno', Publisher_Name__c: 'Contoso' },
      { Name: 'Two', Publisher_Name__c: null }
    ]);
  });

  it('exports every page of a result', async () => {
    const { sf, control } = session();
    await control('DELETE', '/counters');
    const soql =
      'SELECT Solution_Identifier__c, Name, CreatedBy.Name FROM Microsoft_Solution__c ORDER BY Solution_Identifier__c';
    const file = join(sf.project, 'export.csv');
    await sf.ok(['data', 'export', 'bulk', '--query', soql, '--output-file', file, '--wait', '5']);
    const rows = parseCsv(readFileSync(file, 'utf8'), ',');
    expect(rows[0]).toEqual(['Solution_Identifier__c', 'Name', 'CreatedBy.Name']);
    expect(rows.slice(1).map(([id]) => id)).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((id) => `S-${id}`));
    expect(rows[1]).toEqual(['S-1', 'Uno', 'Ada Admin']);
    const { calls } = await control<{ calls: Record<string, number> }>('GET', '/counters');
    expect(calls['GET /services/data/vXX.X/jobs/query/{id}/results']).toBe(Math.ceil(8 / resultRows));
  });

  it('imports what is good and says what is not', async () => {
    const { sf, write } = session();
    const csv = write('accounts.csv', 'Name;Phone\nAdatum;1\n;2\nNorthwind;3\n');
    const job = ['data', 'import', 'bulk', '--sobject', 'Account', '--file', csv, '--wait', '5'];
    const imported = await sf.json(job);
    expect(imported).toMatchObject({ status: 1, name: 'FailedRecordDetailsError' });
    const id = /--job-id (\w+)/.exec(JSON.stringify(imported))?.[1] ?? '';
    const results = await sf.ok<{ successFilePath: string; failedFilePath: string }>([
      ...['data', 'bulk', 'results', '--job-id', id]
    ]);
    const read = (path: string) => parseCsv(readFileSync(join(sf.project, path), 'utf8'), ';');
    expect(read(results.successFilePath).map((row) => row[2])).toEqual(['Name', 'Adatum', 'Northwind']);
    const failed = read(results.failedFilePath)[1] ?? [];
    expect(failed[1]).toBe('REQUIRED_FIELD_MISSING:Required fields are missing: [Name]:Name --');
    expect(failed.slice(2)).toEqual(['', '2']);
  });

  it('deletes in bulk', async () => {
    const { sf, write } = session();
    const rows = await sf.ok<{ records: { Id: string }[] }>([
      ...['data', 'query', '--query', "SELECT Id FROM Account WHERE Name IN ('Adatum', 'Northwind')"]
    ]);
    const csv = write('ids.csv', `Id\n${rows.records.map(({ Id }) => Id).join('\n')}\n`);
    const removal = ['data', 'delete', 'bulk', '--sobject', 'Account', '--file', csv, '--wait', '5'];
    expect(await sf.ok<Upserted>(removal)).toMatchObject({
      jobInfo: { state: 'JobComplete', numberRecordsProcessed: 2 }
    });
    const hard = await sf.json([...removal, '--hard-delete']);
    expect(hard).toMatchObject({ status: 1, name: 'HardDeletePermissionError' });
  });
};
