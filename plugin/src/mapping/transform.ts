import type { JsonObject, JsonValue } from '../ports/json.js';
import type { Evaluated } from './expressions.js';
import { evaluate } from './expressions.js';
import type { FieldRule, Side } from './types.js';

/**
 * The side whose values pass through a field's transform. Values are compared as the other side holds them: with a transform
 * towards the right, a left value is transformed when it is read and turned back when it is written.
 */
export function transformedSide({ transform }: FieldRule): Side | undefined {
  if (transform === undefined) return undefined;
  return transform.toRight === undefined ? 'right' : 'left';
}

const readBy = ({ transform }: FieldRule): string => transform?.toRight ?? transform?.toLeft ?? '';
const writtenBy = ({ transform }: FieldRule): string | undefined =>
  transform?.toRight === undefined ? undefined : transform.toLeft;

/** A system value as the field's transform reads it; what is not there stays away. */
export function transformRead(
  field: FieldRule,
  side: Side,
  raw: JsonValue | undefined,
  document: JsonObject
): Evaluated | undefined {
  if (raw === undefined) return undefined;
  if (transformedSide(field) !== side) return { value: raw };
  const result = evaluate(readBy(field), raw, document);
  // JSONata gives a list of one as the one.
  const single =
    field.type === 'list' && result.value !== undefined && result.value !== null && !Array.isArray(result.value);
  return single ? { value: [result.value] } : result;
}

/** A system value on its way out, turned back; `undefined` when nothing turns it back. */
export function transformWritten(field: FieldRule, side: Side, value: JsonValue): JsonValue | undefined {
  if (transformedSide(field) !== side) return value;
  const expression = writtenBy(field);
  return expression === undefined ? undefined : evaluate(expression, value).value;
}
