import type { JsonValue } from '../../ports/json.js';

/** Length of the long text fields that hold a value or a sentence, as the package defines them. */
const valueLength = 4000;

export function clip(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}

/** A value as text for people; `null` when there is none. */
export function valueText(value: JsonValue | undefined): string | null {
  if (value === undefined || value === null) return null;
  return clip(typeof value === 'string' ? value : JSON.stringify(value), valueLength);
}
