import { expect, it } from 'vitest';
import type { Session } from './session.js';

const queries: readonly (readonly [soql: string, code: string, message: RegExp])[] = [
  [
    'SELECT Nope FROM Account',
    'INVALID_FIELD',
    /\^\nERROR at Row:1:Column:8\nNo such column 'Nope' on entity 'Account'/
  ],
  ['SELECT Id FROM Nope', 'INVALID_TYPE', /sObject type 'Nope' is not supported/],
  ['SELECT Id FROM Account WHERE', 'MALFORMED_QUERY', /unexpected token: '<EOF>'/],
  ['SELECT Id FROM Account WERE Name = null', 'MALFORMED_QUERY', /\^\nERROR at Row:1:Column:\d+\nunexpected token: /]
];

export const wrongInput = (session: () => Session): void => {
  it('is explained as in an org, for a query', async () => {
    const { sf } = session();
    const answers = await Promise.all(queries.map(([soql]) => sf.json(['data', 'query', '--query', soql])));
    for (const [index, [soql, code, message]] of queries.entries()) {
      expect(answers[index], soql).toMatchObject({ status: 1, name: code });
      expect(answers[index]?.message, soql).toMatch(message);
    }
  });

  it('is explained to a person', async () => {
    const { sf, write } = session();
    const create = ['data', 'create', 'record', '--sobject', 'Opportunity', '--values'];
    const tree = { records: [{ attributes: { type: 'Account', referenceId: 'nameless' }, Phone: '1' }] };
    const [column, stage, imported] = await Promise.all([
      sf.print([...create, 'Nope=1']),
      sf.print([...create, 'Name=A StageName=Prospecting CloseDate=soon']),
      sf.print(['data', 'import', 'tree', '--files', write('nameless.json', JSON.stringify(tree))])
    ]);
    expect(column.stderr).toContain("No such column 'Nope' on sobject of type Opportunity");
    expect(stage.stderr).toContain('Cannot deserialize instance of date from VALUE_STRING value soon');
    expect(imported.stdout + imported.stderr).toMatch(
      /nameless\s+REQUIRED_FIELD_MISSING\s+Required fields are missing: \[Name\]/
    );
  });

  it('fails a bulk job whose columns or line ends do not fit', async () => {
    const { sf, write } = session();
    const job = (...more: string[]) =>
      sf.json(['data', 'import', 'bulk', '--sobject', 'Account', '--wait', '5', ...more]);
    const [column, lines] = await Promise.all([
      job('--file', write('column.csv', 'Name,Nope\nA,1\n')),
      job('--file', write('lines.csv', 'Name,Phone\r\nA,1\r\n'), '--line-ending', 'LF')
    ]);
    expect(column.message).toContain('InvalidBatch : Field name not found : Nope');
    expect(lines.message).toContain('LineEnding is invalid on user data. Current LineEnding setting is LF');
  });
};
