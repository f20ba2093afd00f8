type Row = Readonly<Record<string, unknown>>;

/** Spaces on both sides of a cell, as the CLI's tables have them. */
const PADDING = 2;
/** Words up to this length are not broken where there is room; ids and paths may be. */
const WORD = 18;

const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);
const longest = (texts: readonly string[]): number => Math.max(0, ...texts.map(({ length }) => length));

/** Shares `room` out: who wants less than an equal share gets what it wants, the others share the rest. */
function shared(wanted: readonly number[], room: number): number[] {
  const widths = wanted.map(() => 0);
  let open = wanted.map((_, column) => column);
  let left = room;
  while (open.length > 0) {
    const share = Math.floor(left / open.length);
    const modest = open.filter((column) => (wanted[column] ?? 0) <= share);
    if (modest.length === 0) {
      open.forEach((column, position) => (widths[column] = share + (position < left % open.length ? 1 : 0)));
      return widths;
    }
    for (const column of modest) {
      widths[column] = wanted[column] ?? 0;
      left -= widths[column];
    }
    open = open.filter((column) => !modest.includes(column));
  }
  return widths;
}

/**
 * Widths of columns so that a table fits a terminal and its cells can be wrapped: every column keeps room for its longest word as far as
 * that goes, and the rest is shared fairly. The CLI's own tables take everything from the widest column.
 * @param width of the terminal, in characters; 0 where there is none
 * @returns undefined where the table fits as it is
 */
export function columnWidths(rows: readonly Row[], width: number): { key: string; width: number }[] | undefined {
  const keys = [...new Set(rows.flatMap(Object.keys))];
  const cells = keys.map((key) => [key, ...rows.map((row) => textOf(row[key]))]);
  const wanted = cells.map((texts) => longest(texts.flatMap((text) => text.split('\n'))) + PADDING);
  const room = width - keys.length - 1;
  if (width === 0 || keys.length === 0 || sum(wanted) <= room) return undefined;
  const words = cells.map((texts) => longest(texts.flatMap((text) => text.split(/\s+/))));
  const least = (limit: number): number[] => words.map((one) => Math.min(limit, one) + PADDING);
  // The narrower the terminal, the shorter the words that are broken.
  let limit = WORD;
  while (limit > 1 && sum(least(limit)) > room) limit -= 1;
  const kept = least(limit);
  const more = shared(
    wanted.map((one, column) => one - (kept[column] ?? 0)),
    Math.max(0, room - sum(kept))
  );
  const widths = kept.map((one, column) => one + (more[column] ?? 0));
  return keys.map((key, column) => ({ key, width: widths[column] ?? 0 }));
}

/** Width of the terminal in characters; 0 where the output goes into a file or a pipe, and lines may be as long as they are. */
export const terminalWidth = (): number =>
  Number.parseInt(process.env['OCLIF_TABLE_COLUMN_OVERRIDE'] ?? '', 10) || (process.stdout.columns ?? 0);
