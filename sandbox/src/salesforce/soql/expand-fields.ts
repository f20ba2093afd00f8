import type { FieldType } from '@jetstreamapp/soql-parser-js';
import { malformed } from './errors.js';
import type { QueryScope } from './scope.js';

const MAX_LIMIT = 200;

/** Replaces FIELDS(ALL), FIELDS(STANDARD) and FIELDS(CUSTOM) by the fields the caller can read. */
export function expandFields(scope: QueryScope, fields: readonly FieldType[], limit: number | undefined): FieldType[] {
  const named = new Set(fields.flatMap((field) => (field.type === 'Field' ? [field.field.toLowerCase()] : [])));
  return fields.flatMap((field) => {
    if (field.type !== 'FieldFunctionExpression' || field.functionName.toUpperCase() !== 'FIELDS') return [field];
    const [kind] = field.parameters;
    const group = typeof kind === 'string' ? kind.toUpperCase() : '';
    if (!['ALL', 'STANDARD', 'CUSTOM'].includes(group)) throw malformed(`unexpected token: '${group}'`);
    // How many custom fields there are is not bounded, so these two need a limit; FIELDS(STANDARD) does not.
    if (group !== 'STANDARD' && (limit === undefined || limit > MAX_LIMIT)) {
      throw malformed(`The SOQL FIELDS function must have a LIMIT of at most ${String(MAX_LIMIT)}`);
    }
    return [...scope.object.fields.values()]
      .filter((each) => group === 'ALL' || each.custom === (group === 'CUSTOM'))
      .filter((each) => scope.readable(scope.object, each) && !named.has(each.name.toLowerCase()))
      .map((each): FieldType => ({ type: 'Field', field: each.name }));
  });
}
