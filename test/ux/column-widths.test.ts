import { describe, expect, it } from 'vitest';
import { columnWidths } from '../../plugin/src/ux/column-widths.js';

const sentence = 'The account has no street, which Partner Center needs.';
/** Cells, the borders between them and at both ends. */
const total = (widths: { width: number }[] | undefined): number =>
  (widths ?? []).reduce((sum, { width }) => sum + width + 1, 1);
const widthOf = (widths: { key: string; width: number }[] | undefined, key: string): number =>
  widths?.find((one) => one.key === key)?.width ?? 0;

describe('widths of the columns of a table', () => {
  it('are left to the table where it fits, where there is no terminal, and where there are no rows', () => {
    expect(columnWidths([{ Code: 'A', Problem: 'Short.' }], 80)).toBeUndefined();
    expect(columnWidths([{ Code: 'A', Problem: sentence.repeat(9) }], 0)).toBeUndefined();
    expect(columnWidths([], 80)).toBeUndefined();
  });

  it('fill the terminal to the last character, and take the room from the longest column only', () => {
    const widths = columnWidths([{ Code: 'ADDRESS_INCOMPLETE', Problem: sentence, Lines: 3 }], 60);
    expect(total(widths)).toBe(60);
    expect(widthOf(widths, 'Code')).toBe('ADDRESS_INCOMPLETE'.length + 2);
    expect(widthOf(widths, 'Lines')).toBe('Lines'.length + 2);
  });

  it('share what is missing among long columns, so that none is left with a few letters', () => {
    const widths = columnWidths([{ One: sentence, Two: `${sentence} ${sentence}`, Three: sentence }], 80);
    expect(total(widths)).toBe(80);
    expect(Math.min(...(widths ?? []).map(({ width }) => width))).toBeGreaterThanOrEqual(25);
  });

  it('break the longest words first where not even the words have room', () => {
    const widths = columnWidths([{ Rule: 'salesforceWins', Path: 'x'.repeat(60), Other: 'y'.repeat(60) }], 50);
    expect(total(widths)).toBeLessThanOrEqual(50);
    expect(widthOf(widths, 'Rule')).toBe(16);
  });

  it('count the lines of a cell, not the cell', () => {
    expect(
      columnWidths([{ Calls: 'one line\nand one more line of twenty\nand so on until it is long' }], 40)
    ).toBeUndefined();
  });
});
