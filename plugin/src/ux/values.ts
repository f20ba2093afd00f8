import type { JsonValue } from '../ports/json.js';

/** Longer values would push the other columns off the screen; they are complete in `--json`. */
const WIDTH = 60;

/** A canonical value in one line of a table. */
export function shownValue(value: JsonValue): string {
  if (value === null) return '–';
  const text = typeof value === 'string' ? value.replaceAll('\n', ' ⏎ ') : JSON.stringify(value);
  return text.length <= WIDTH ? text : `${text.slice(0, WIDTH - 1)}…`;
}

/** What people call a row of a list: its name, a person's name, or its first text. */
function nameOf(row: JsonValue): string {
  if (row === null || typeof row !== 'object' || Array.isArray(row)) return shownValue(row);
  const { name, firstName, lastName } = row;
  if (typeof name === 'string' && name !== '') return name;
  const person = [firstName, lastName].filter((part) => typeof part === 'string' && part !== '').join(' ');
  return (
    person ||
    Object.values(row)
      .find((value) => typeof value === 'string' && value !== '')
      ?.toString() ||
    shownValue(row)
  );
}

/** A value for a glance: of a list only what its rows are called. Not for telling two values apart. */
export function briefValue(value: JsonValue): string {
  if (!Array.isArray(value)) return shownValue(value);
  return value.length === 0 ? '–' : shownValue(value.map(nameOf).join(', '));
}
