import type { JsonObject, JsonValue } from '../ports/json.js';
import { isEmpty } from './compare.js';
import { toCanonical } from './convert.js';
import { transformFault } from './faults.js';
import { valueAt } from './paths.js';
import { transformedSide } from './transform.js';
import type { FieldRule, Mapping, Side } from './types.js';

/** Where the value of a field comes from on one side. */
export interface TracedValue {
  /** The value that is compared; absent when it could not be read. */
  value?: JsonValue;
  /** The path that held it; null for a default, and where nothing is. */
  path: string | null;
  from: 'path' | 'alternative' | 'default' | 'implied' | 'nothing';
  transformed: boolean;
  /** Why the transform failed. */
  fault?: string;
}

const filled = (document: JsonObject, path: string): boolean => {
  const raw = valueAt(document, path);
  return raw !== '' && !isEmpty(raw);
};

function sourceOf(field: FieldRule, side: Side, document: JsonObject, value: JsonValue | undefined) {
  const { path, alternatives = [], default: standIn } = field[side];
  if (filled(document, path)) return { from: 'path', path } as const;
  const other = alternatives.find((candidate) => filled(document, candidate));
  if (other !== undefined) return { from: 'alternative', path: other } as const;
  if (standIn !== undefined && value !== undefined) return { from: 'default', path: null } as const;
  return { from: 'nothing', path: null } as const;
}

/** How each field of a side's document came to its value; for people who wonder about a mapping. */
export function traceValues(mapping: Mapping, side: Side, document: JsonObject): ReadonlyMap<string, TracedValue> {
  const values = toCanonical(mapping, side, document);
  return new Map(
    mapping.fields.map((field): [string, TracedValue] => {
      const value = values[field.name];
      const source = sourceOf(field, side, document, value);
      const implied =
        side === 'left' &&
        field.impliedBy !== undefined &&
        !isEmpty(values[field.impliedBy.field]) &&
        source.from === 'nothing';
      const fault = transformFault(field, side, document)?.message;
      return [
        field.name,
        {
          ...(value === undefined ? {} : { value }),
          ...source,
          ...(implied ? { from: 'implied' as const } : {}),
          transformed: transformedSide(field) === side,
          ...(fault === undefined ? {} : { fault })
        }
      ];
    })
  );
}
