/** What the parser is in the middle of. */
type State = 'fieldStart' | 'plain' | 'quoted' | 'afterQuote';

/**
 * Reads RFC 4180 text that arrives in pieces cut anywhere: inside a quoted value, between the two quotes of an escaped
 * one, or between CR and LF. Lines end with LF or CRLF; empty lines are skipped; a byte-order mark is dropped.
 */
export class CsvParser {
  private state: State = 'fieldStart';
  private row: string[] = [];
  private value = '';
  private started = false;
  private rows: string[][] = [];

  public constructor(private readonly delimiter = ',') {}

  /** Rows that this piece completed. */
  public push(piece: string): string[][] {
    let position = !this.started && piece.startsWith('\uFEFF') ? 1 : 0;
    this.started ||= piece !== '';
    while (position < piece.length) {
      position = this.state === 'quoted' ? this.quoted(piece, position) : this.outside(piece, position);
    }
    return this.taken();
  }

  /** The last row when the text did not end with a line end. Throws `SyntaxError` inside an open quote. */
  public end(): string[][] {
    if (this.state === 'quoted') throw new SyntaxError('The text ends inside a quoted value.');
    this.endRow();
    return this.taken();
  }

  /** Copies up to the next quote at once. Returns the position behind what was read. */
  private quoted(piece: string, position: number): number {
    const quote = piece.indexOf('"', position);
    const end = quote < 0 ? piece.length : quote;
    this.value += piece.slice(position, end);
    if (quote >= 0) this.state = 'afterQuote';
    return end + 1;
  }

  private outside(piece: string, position: number): number {
    const character = piece[position];
    if (character === '\n') this.endRow();
    else if (character === this.delimiter) this.endField();
    else if (character === '"' && this.state !== 'plain') {
      // Right after a closing quote it stands for a quote inside the value.
      if (this.state === 'afterQuote') this.value += '"';
      this.state = 'quoted';
    } else if (character !== '\r' || this.state !== 'afterQuote') return this.plain(piece, position);
    return position + 1;
  }

  private plain(piece: string, position: number): number {
    let end = position + 1;
    while (end < piece.length && piece[end] !== this.delimiter && piece[end] !== '\n') end += 1;
    this.value += piece.slice(position, end);
    this.state = 'plain';
    return end;
  }

  private endField(): void {
    this.row.push(this.value);
    this.value = '';
    this.state = 'fieldStart';
  }

  private endRow(): void {
    // Unquoted, a CR before the LF belongs to the line end.
    if (this.state === 'plain' && this.value.endsWith('\r')) this.value = this.value.slice(0, -1);
    const empty = this.row.length === 0 && this.value === '' && this.state !== 'afterQuote';
    if (!empty) this.rows.push([...this.row, this.value]);
    this.row = [];
    this.value = '';
    this.state = 'fieldStart';
  }

  private taken(): string[][] {
    const rows = this.rows;
    this.rows = [];
    return rows;
  }
}

/** A row by column name. */
export type CsvRow = Readonly<Record<string, string>>;

/** Rows of a text with a header line, as they arrive. */
export async function* csvRows(pieces: AsyncIterable<string>): AsyncGenerator<CsvRow> {
  const parser = new CsvParser();
  let header: string[] | undefined;
  const named = function* (rows: string[][]): Generator<CsvRow> {
    for (const row of rows) {
      if (header) yield Object.fromEntries(header.map((name, index) => [name, row[index] ?? '']));
      else header = row;
    }
  };
  for await (const piece of pieces) yield* named(parser.push(piece));
  yield* named(parser.end());
}
