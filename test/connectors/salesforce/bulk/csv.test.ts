import { describe, expect, it } from 'vitest';
import { CsvParser, csvRows } from '../../../../plugin/src/connectors/salesforce/bulk/csv-parser.js';
import { csvLine, recordTexts } from '../../../../plugin/src/connectors/salesforce/bulk/csv-writer.js';
import { unsuitable } from '../../../../plugin/src/connectors/salesforce/bulk/suitable.js';
import { SeededRandom } from '../../../../plugin/src/ports/random.js';

function parse(...pieces: string[]): string[][] {
  const parser = new CsvParser();
  return [...pieces.flatMap((piece) => parser.push(piece)), ...parser.end()];
}

describe('the CSV parser', () => {
  it.each([
    {
      name: 'quoted and plain values',
      text: 'a,"b",c\n1,"2",3\n',
      rows: [
        ['a', 'b', 'c'],
        ['1', '2', '3']
      ]
    },
    {
      name: 'CRLF, also after a quote',
      text: 'a,b\r\n1,"2"\r\n',
      rows: [
        ['a', 'b'],
        ['1', '2']
      ]
    },
    { name: 'a quoted CR that belongs to the value', text: '"a\r"\n', rows: [['a\r']] },
    { name: 'line ends and delimiters in a value', text: '"a\r\nb,c\n"\n', rows: [['a\r\nb,c\n']] },
    { name: 'doubled quotes', text: '"say ""x""",""""\n', rows: [['say "x"', '"']] },
    { name: 'a last line without an end', text: 'a\n1', rows: [['a'], ['1']] },
    {
      name: 'empty values at every place',
      text: ',a,\n"",,""\n',
      rows: [
        ['', 'a', ''],
        ['', '', '']
      ]
    },
    { name: 'empty lines, which are none', text: 'a\n\n\r\n1\n\n', rows: [['a'], ['1']] },
    { name: 'one empty quoted value, which is a row', text: 'a\n""\n', rows: [['a'], ['']] },
    { name: 'a byte-order mark', text: '\uFEFF"a"\n', rows: [['a']] },
    { name: 'nothing', text: '', rows: [] }
  ])('reads $name, wherever it is cut', ({ text, rows }) => {
    expect(parse(text)).toEqual(rows);
    expect(parse(...text)).toEqual(rows);
    for (let cut = 1; cut < text.length; cut += 1) expect(parse(text.slice(0, cut), text.slice(cut))).toEqual(rows);
  });

  it('refuses a text that ends inside a quoted value', () => {
    expect(() => parse('a\n"b')).toThrow(SyntaxError);
  });

  it('gives back what was written, for any text in any pieces', () => {
    const random = new SeededRandom(11);
    const pick = (from: string): string => from[Math.floor(random.next() * from.length)] ?? '';
    const text = (): string => Array.from({ length: random.next() * 12 }, () => pick('ab,"\r\n é😀;#')).join('');
    for (let round = 0; round < 500; round += 1) {
      const columns = 1 + Math.floor(random.next() * 4);
      const rows = Array.from({ length: 1 + random.next() * 5 }, () => Array.from({ length: columns }, text));
      const written = rows.map(csvLine).join('');
      const cuts = [0, Math.floor(random.next() * written.length), Math.floor(random.next() * written.length)].sort(
        (a, b) => a - b
      );
      expect(parse(...cuts.map((cut, index) => written.slice(cut, cuts[index + 1])))).toEqual(rows);
    }
  });

  it('names values by the header, and fills short rows', async () => {
    const pieces = async function* (): AsyncGenerator<string> {
      yield await Promise.resolve('Id,Na');
      yield 'me\n1,x\n2\n';
    };
    const rows = [];
    for await (const row of csvRows(pieces())) rows.push(row);
    expect(rows).toEqual([
      { Id: '1', Name: 'x' },
      { Id: '2', Name: '' }
    ]);
  });
});

describe('a record as CSV', () => {
  it.each([
    [null, '#N/A'],
    ['', '#N/A'],
    [false, 'false'],
    [0, '0'],
    [' x ', ' x ']
  ])('%j is %j', (value, text) => {
    expect(recordTexts(['F'], { F: value })).toEqual([text]);
  });

  it.each([
    { record: { A: 'x' }, reason: undefined },
    { record: { attributes: { type: 'Account' }, A: 'x' }, reason: undefined },
    { record: { A: '#N/A' }, reason: '#N/A' },
    { record: { A: { b: 1 } }, reason: 'single value' },
    { record: { A: 'x'.repeat(32_001) }, reason: '32000' },
    {
      record: Object.fromEntries(Array.from({ length: 13 }, (_, n) => [`A${n}`, 'x'.repeat(31_000)])),
      reason: '400000'
    },
    { record: Object.fromEntries(Array.from({ length: 5001 }, (_, n) => [`A${n}`, 1])), reason: '5000' }
  ])('cannot always travel: $reason', ({ record, reason }) => {
    if (reason === undefined) expect(unsuitable(record)).toBeUndefined();
    else expect(unsuitable(record)).toContain(reason);
  });
});
