import type { JsonValue } from '../ports/json.js';

/** Longer values would push the other columns off the screen; they are complete in `--json`. */
const WIDTH = 60;

/** A canonical value in one line of a table. */
export function shownValue(value: JsonValue): string {
  if (value === null) return '–';
  const text = typeof value === 'string' ? value.replaceAll('\n', ' ⏎ ') : JSON.stringify(value);
  return text.length <= WIDTH ? text : `${text.slice(0, WIDTH - 1)}…`;
}
