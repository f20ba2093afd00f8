import { describe, expect, it } from 'vitest';
import { CsvParser } from '../../plugin/src/connectors/salesforce/index.js';
import { readSolutionCsv } from '../../plugin/src/service/solutions/csv.js';
import { planImport, planLearning } from '../../plugin/src/service/solutions/plan.js';

const read = (text: string) => readSolutionCsv(text, new CsvParser());
const known = {
  recordId: 'a01',
  id: 'SOL-1-ABC',
  name: 'Planner',
  type: '3P',
  publisher: 'Contoso',
  active: true
};
const planned = (text: string) =>
  planImport(read(text), [known]).map(({ line, action, reason }) => [line, action, reason]);

describe('a CSV file of solutions', () => {
  it("may have the headings of Microsoft's own list, in any order and case, and others besides", () => {
    expect(read('Publisher Name,SOLUTION NAME,Solution Identifier,Owner\nContoso, Planner ,SOL-1-ABC,Sam\n')).toEqual([
      { line: 2, values: { publisher: 'Contoso', name: 'Planner', id: 'SOL-1-ABC' } }
    ]);
  });

  it('is counted by lines, over empty lines and over values that go over several lines', () => {
    const text = '\uFEFFid,name\r\nSOL-1,"A\r\nB"\r\n\r\nSOL-2,C\r\nSOL-3,D';
    expect(read(text).map(({ line, values }) => [line, values.id])).toEqual([
      [2, 'SOL-1'],
      [5, 'SOL-2'],
      [6, 'SOL-3']
    ]);
  });

  it.each([
    ['', /no column solution identifier and no column solution name/],
    ['id,title\nx,y\n', /no column solution name/],
    ['id,name\nx,"y\n', /not CSV/]
  ])('that cannot be read is refused: %j', (text, message) => {
    expect(() => read(text)).toThrow(message);
  });
});

describe('an import', () => {
  it('creates, changes and leaves alone, by the identifier without case', () => {
    expect(
      planned('id,name,type,publisher\nsol-1-abc,Planner,3P,Contoso\nSOL-2-XYZ,New,,\nSOL-1-ABD,Other,IP,\n')
    ).toEqual([
      [2, 'same', ''],
      [3, 'create', ''],
      [4, 'create', '']
    ]);
    expect(planned('id,name,publisher,active\nSOL-1-ABC,Planner 2,,no\n')).toEqual([
      [2, 'update', 'name: Planner → Planner 2; active: true → false']
    ]);
  });

  it('keeps what a missing column or an empty value does not say', () => {
    expect(planned('id,name\nSOL-1-ABC,Planner\n')).toEqual([[2, 'same', '']]);
    expect(planImport(read('id,name,type\nSOL-9,New,\n'), [])[0]?.row).toEqual({
      id: 'SOL-9',
      name: 'New',
      type: null,
      publisher: null,
      active: true
    });
  });

  it.each([
    [',Planner', 'The solution identifier is empty.'],
    ['SOL 1,Planner', 'The solution identifier holds a blank.'],
    ['SOL-1,', 'The solution name is empty.'],
    [`SOL-1,${'x'.repeat(81)}`, 'The name has 81 characters; 80 are possible.'],
    ['SOL-1,Planner,maybe', 'Active is neither true nor false.']
  ])('refuses %s with its line and the reason, and goes on', (row, reason) => {
    expect(planned(`id,name,active\n${row}\nSOL-2-XYZ,Fine,yes\n`)).toEqual([
      [2, 'refused', reason],
      [3, 'create', '']
    ]);
  });

  it('refuses an identifier that stands in the file already', () => {
    expect(planned('id,name\nSOL-5,A\nsol-5,B\n')).toEqual([
      [2, 'create', ''],
      [3, 'refused', 'The same identifier stands on line 2.']
    ]);
  });
});

describe('learning from referrals', () => {
  it('adds what is missing once, with the best name seen, and leaves the rest alone', () => {
    const seen = [
      { id: 'SOL-7', name: null, publisher: null },
      { id: 'sol-7', name: 'Vision', publisher: 'Fabrikam' },
      { id: 'SOL-1-abc', name: 'Another name', publisher: null },
      { id: 'SOL-8', name: null, publisher: null }
    ];
    expect(planLearning(seen, [known]).map(({ id, name, action }) => [id, name, action])).toEqual([
      ['SOL-7', 'Vision', 'create'],
      ['SOL-1-abc', 'Another name', 'same'],
      ['SOL-8', 'SOL-8', 'create']
    ]);
  });
});
