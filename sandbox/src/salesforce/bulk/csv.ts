/** Names of delimiters in the Bulk API 2.0. */
export const delimiters: Readonly<Record<string, string>> = {
  COMMA: ',',
  SEMICOLON: ';',
  TAB: '\t',
  PIPE: '|',
  CARET: '^',
  BACKQUOTE: '`'
};

/** Rows of an RFC 4180 text; quotes inside quotes are doubled, line ends may be LF or CRLF. Throws on an open quote. */
export function parseCsv(text: string, delimiter: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let position = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  while (position < text.length) {
    const { value, end } =
      text[position] === '"' ? readQuoted(text, position + 1) : readPlain(text, position, delimiter);
    row.push(value);
    position = end;
    if (text[position] === delimiter) {
      position++;
      if (position < text.length && text[position] !== '\n' && text[position] !== '\r') continue;
      row.push('');
    }
    if (text[position] === '\r') position++;
    if (text[position] === '\n') position++;
    rows.push(row);
    row = [];
  }
  return rows.filter((each) => each.length > 1 || each[0] !== '');
}

/** True when every line outside quotes ends as the job says; an org refuses a file that mixes them. */
export function hasLineEnding(text: string, lineEnding: 'LF' | 'CRLF'): boolean {
  for (const [found] of text.matchAll(/"(?:[^"]|"")*"|\r?\n/g)) {
    if (found[0] !== '"' && (found === '\r\n') !== (lineEnding === 'CRLF')) return false;
  }
  return true;
}

function readPlain(text: string, start: number, delimiter: string): { value: string; end: number } {
  let end = start;
  while (end < text.length && text[end] !== delimiter && text[end] !== '\n' && text[end] !== '\r') end++;
  return { value: text.slice(start, end), end };
}

function readQuoted(text: string, start: number): { value: string; end: number } {
  let value = '';
  let from = start;
  for (;;) {
    const quote = text.indexOf('"', from);
    if (quote < 0) throw new Error('A quoted value has no closing quote.');
    value += text.slice(from, quote);
    if (text[quote + 1] !== '"') return { value, end: quote + 1 };
    value += '"';
    from = quote + 2;
  }
}

/** One line with every value quoted: clients guess the delimiter from the text, and quotes keep values out of the guess. */
export function csvLine(values: readonly unknown[], delimiter: string, lineEnd: string): string {
  return values.map((value) => `"${String(value ?? '').replaceAll('"', '""')}"`).join(delimiter) + lineEnd;
}
