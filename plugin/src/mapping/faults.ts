import type { JsonObject } from '../ports/json.js';
import type { ExpressionFault } from './expressions.js';
import { evaluateOn } from './expressions.js';
import { valueAt } from './paths.js';
import { transformedSide, transformRead } from './transform.js';
import type { FieldRule, Mapping, RecordIssue, Side } from './types.js';

const nextStep = 'Correct the value, or ask the administrator to correct the mapping.';

const place = ({ position }: ExpressionFault): string => (position === undefined ? '' : ` at character ${position}`);

/** Why a field's transform cannot read the document of a side; undefined when it can, or has nothing to do with that side. */
export function transformFault(field: FieldRule, side: Side, document: JsonObject): ExpressionFault | undefined {
  if (transformedSide(field) !== side) return undefined;
  const { path, alternatives = [] } = field[side];
  for (const candidate of [path, ...alternatives]) {
    const fault = transformRead(field, side, valueAt(document, candidate), document)?.fault;
    if (fault) return fault;
  }
  return undefined;
}

const failedTransform = (field: FieldRule, fault: ExpressionFault, of: string): RecordIssue => ({
  code: 'TRANSFORM_FAILED',
  message: `${field.label ?? field.name}${of} cannot be transformed: ${fault.message} (transform of the mapping${place(fault)}).`,
  nextStep
});

/**
 * The same for values of a right record. Nothing is held back for them: the field alone stays as it is on both sides, and people are told.
 * @param label the other system's name for people
 */
export function rightTransformFaults(mapping: Mapping, document: JsonObject, label: string): RecordIssue[] {
  return mapping.fields.flatMap((field): RecordIssue[] => {
    const fault = field.onCreateOnly === true ? undefined : transformFault(field, 'right', document);
    return fault === undefined ? [] : [failedTransform(field, fault, ` of ${label}`)];
  });
}

/**
 * What expressions of the mapping cannot do with a left record. It says so on the record, because a value that cannot be
 * transformed does not travel (principle: nothing is lost in silence).
 */
export function transformFaults(
  mapping: Mapping,
  document: JsonObject,
  phase: 'create' | 'update' | 'closed'
): RecordIssue[] {
  if (phase === 'closed') return [];
  const { where } = mapping.left;
  const filter = where === undefined ? undefined : evaluateOn(where, document).fault;
  const filtered: RecordIssue[] = filter
    ? [
        {
          code: 'FILTER_FAILED',
          message: `Whether the record is to be shared cannot be said: ${filter.message} (filter of the mapping${place(filter)}).`,
          nextStep
        }
      ]
    : [];
  const failed = mapping.fields
    .filter(({ onCreateOnly }) => phase === 'create' || !onCreateOnly)
    .flatMap((field): RecordIssue[] => {
      const fault = transformFault(field, 'left', document);
      return fault === undefined ? [] : [failedTransform(field, fault, '')];
    });
  return [...filtered, ...failed];
}
