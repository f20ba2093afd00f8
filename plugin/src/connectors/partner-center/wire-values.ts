import type { JsonValue } from '../../ports/json.js';

/** Path of the kind of help; writing it invites Microsoft. */
export const helpPath = 'microsoft.inviteContext.assistanceRequestCode';
/** Virtual path for status and substatus, which only change together. */
export const outcomePath = 'outcome';
/** What Partner Center calls "no help required". */
export const noHelp = 'Unknown';

const plainDate = /^\d{4}-\d{2}-\d{2}$/;

/**
 * A value in the form the API wants it: numbers as numbers, an instant where only a day is known. Noon UTC, because
 * midnight would show as the day before in the Americas.
 */
export function wireValue(path: string, value: JsonValue): JsonValue {
  if (path === 'details.dealValue' && typeof value === 'string' && value.trim() !== '') return Number(value);
  if (path.endsWith('DateTime') && typeof value === 'string' && plainDate.test(value)) return `${value}T12:00:00.000Z`;
  return value;
}
