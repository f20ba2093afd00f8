import { CosellError } from '../../ports/errors.js';

/** Reads text in pieces and gives rows; the CSV reader of the Salesforce connector is one. */
export interface RowReader {
  push(piece: string): string[][];
  end(): string[][];
}

/** A row of the file, by our names of the columns, with the line on which it begins. */
export interface CsvRow {
  line: number;
  values: Partial<Record<Column, string>>;
}

export type Column = 'id' | 'name' | 'type' | 'publisher' | 'active';

/**
 * Headings by column, without case. The first of each is what Microsoft's own list "Microsoft Solution Details" calls it, so
 * that a spreadsheet made for it can be taken as it is.
 */
const HEADINGS: Readonly<Record<Column, readonly string[]>> = {
  id: ['solution identifier', 'solution id', 'id', 'solution_identifier__c'],
  name: ['solution name', 'name'],
  type: ['type', 'solution type', 'type__c'],
  publisher: ['publisher name', 'publisher', 'publisher_name__c'],
  active: ['active', 'active__c']
};
const REQUIRED: readonly Column[] = ['id', 'name'];

function columnOf(heading: string): Column | undefined {
  const wanted = heading.trim().toLowerCase();
  return (Object.keys(HEADINGS) as Column[]).find((column) => HEADINGS[column].includes(wanted));
}

function invalid(message: string): CosellError {
  return new CosellError('SOLUTION_FILE_INVALID', message, [
    'Give the file the headings Solution Identifier, Solution Name, Type, Publisher Name and Active; the first two are needed.'
  ]);
}

/** Rows with the line on which each begins: a quoted value may go over several lines. */
function numbered(text: string, reader: RowReader): { line: number; cells: string[] }[] {
  const rows: { line: number; cells: string[] }[] = [];
  let begin = 1;
  const take = (found: string[][], line: number): void => {
    for (const cells of found) rows.push({ line: begin, cells });
    if (found.length > 0) begin = line + 1;
  };
  const lines = text.split('\n');
  lines.forEach((piece, index) => {
    // An empty line is no row; the next row begins after it.
    if (begin === index + 1 && piece.trim() === '') begin = index + 2;
    take(reader.push(index === lines.length - 1 ? piece : `${piece}\n`), index + 1);
  });
  take(reader.end(), lines.length);
  return rows;
}

/**
 * Reads a list of solutions. Columns that are not known are passed over.
 * @throws CosellError `SOLUTION_FILE_INVALID` without the columns that are needed, or where a quoted value never ends
 */
export function readSolutionCsv(text: string, reader: RowReader): CsvRow[] {
  let rows: { line: number; cells: string[] }[];
  try {
    rows = numbered(text, reader);
  } catch (error) {
    throw invalid(`The file is not CSV: ${(error as Error).message}`);
  }
  const [head, ...body] = rows;
  const columns = (head?.cells ?? []).map(columnOf);
  const lacking = REQUIRED.filter((column) => !columns.includes(column)).map((column) => HEADINGS[column][0]);
  if (lacking.length > 0) throw invalid(`The file has no column ${lacking.join(' and no column ')}.`);
  return body.map(({ line, cells }) => {
    const values: CsvRow['values'] = {};
    columns.forEach((column, index) => {
      if (column !== undefined && values[column] === undefined) values[column] = (cells[index] ?? '').trim();
    });
    return { line, values };
  });
}
