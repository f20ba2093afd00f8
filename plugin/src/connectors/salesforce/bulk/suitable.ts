import type { JsonObject } from '../../../ports/json.js';
import { bulkLimits } from './limits.js';

/**
 * Why a record cannot travel as CSV, or undefined when it can: a text of exactly `#N/A` would empty the field, objects
 * have no form, and the Bulk API takes shorter texts than the other resources do.
 */
export function unsuitable(record: JsonObject): string | undefined {
  const entries = Object.entries(record).filter(([name]) => name !== 'attributes');
  if (entries.length > bulkLimits.fields) return `It has more than ${bulkLimits.fields} fields.`;
  let characters = 0;
  for (const [name, value] of entries) {
    if (typeof value === 'object' && value !== null) return `${name} is not a single value.`;
    if (value === '#N/A') return `${name} is the text #N/A, which would empty the field.`;
    const { length } = String(value ?? '');
    if (length > bulkLimits.fieldCharacters) return `${name} has more than ${bulkLimits.fieldCharacters} characters.`;
    characters += length;
  }
  return characters > bulkLimits.recordCharacters
    ? `It has more than ${bulkLimits.recordCharacters} characters.`
    : undefined;
}
