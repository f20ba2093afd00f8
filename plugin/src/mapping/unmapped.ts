import type { JsonObject } from '../ports/json.js';
import { valueAt } from './paths.js';
import { canonicalText } from './scalars.js';
import type { Mapping, Side } from './types.js';

/** A choice of a system that the mapping has no word for: the field is left alone wherever it holds this value. */
export interface UnmappedValue {
  field: string;
  value: string;
}

/** Choices in a document that the mapping does not know; a `*` in the values of a field knows all. */
export function unmappedValues(mapping: Mapping, side: Side, document: JsonObject): UnmappedValue[] {
  return mapping.fields.flatMap((field): UnmappedValue[] => {
    const { path, values } = field[side];
    if (field.type !== 'choice' || values === undefined || '*' in values) return [];
    const raw = valueAt(document, path);
    if (raw === undefined || raw === null || typeof raw === 'object') return [];
    const value = canonicalText(String(raw));
    return value === null || value in values ? [] : [{ field: field.name, value }];
  });
}
