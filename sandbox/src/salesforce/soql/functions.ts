import type { SObjectFieldType } from '../core/schema.js';
import { invalidField, malformed } from './errors.js';
import type { QueryScope, ResolvedField } from './scope.js';

export interface SoqlFunction {
  functionName?: string;
  parameters?: readonly (string | SoqlFunction)[];
  rawValue?: string;
}

export interface FunctionSql {
  sql: string;
  /** Type of the result, for conversion and for literals compared with it. */
  type: SObjectFieldType;
  aggregate: boolean;
  argument?: ResolvedField;
}

const part = (start: number, length: number) => (column: string) =>
  `CAST(substr(${column}, ${String(start)}, ${String(length)}) AS INTEGER)`;
const month = part(6, 2);
const day = part(9, 2);

/** Date functions; the fiscal year begins in January, the default of an org. */
const dateFunctions: Readonly<Record<string, (column: string) => string>> = {
  CALENDAR_YEAR: part(1, 4),
  FISCAL_YEAR: part(1, 4),
  CALENDAR_MONTH: month,
  FISCAL_MONTH: month,
  CALENDAR_QUARTER: (column) => `((${month(column)} + 2) / 3)`,
  FISCAL_QUARTER: (column) => `((${month(column)} + 2) / 3)`,
  DAY_IN_MONTH: day,
  DAY_IN_WEEK: (column) => `(CAST(strftime('%w', ${column}) AS INTEGER) + 1)`,
  DAY_IN_YEAR: (column) => `CAST(strftime('%j', ${column}) AS INTEGER)`,
  WEEK_IN_MONTH: (column) => `((${day(column)} - 1) / 7 + 1)`,
  WEEK_IN_YEAR: (column) => `((CAST(strftime('%j', ${column}) AS INTEGER) - 1) / 7 + 1)`,
  HOUR_IN_DAY: part(12, 2)
};

const numeric: ReadonlySet<SObjectFieldType> = new Set(['int', 'double', 'currency', 'percent']);

/** SQL of a date function or an aggregate. Throws for what SOQL does not have or does not allow on the field's type. */
export function compileFunction(scope: QueryScope, fn: SoqlFunction): FunctionSql {
  const name = (fn.functionName ?? '').toUpperCase();
  const [parameter] = fn.parameters ?? [];
  if (name === 'COUNT' && parameter === undefined) return { sql: 'COUNT(*)', type: 'int', aggregate: true };
  if (typeof parameter === 'object') return compileFunction(scope, { ...fn, parameters: unwrap(parameter) });
  if (parameter === undefined) throw malformed(`unexpected token: '${fn.rawValue ?? name}'`);
  const argument = scope.resolve(parameter);
  const dated = dateFunctions[name];
  if (dated !== undefined || name === 'DAY_ONLY') return dateFunction(scope, name, argument, dated);
  return aggregate(scope, name, argument);
}

/** `CALENDAR_MONTH(convertTimezone(CreatedDate))`: users keep GMT, so the inner function changes nothing. */
function unwrap(inner: SoqlFunction): readonly (string | SoqlFunction)[] {
  if (inner.functionName?.toLowerCase() !== 'converttimezone')
    throw malformed(`unexpected token: '${inner.rawValue ?? ''}'`);
  return inner.parameters ?? [];
}

function dateFunction(
  scope: QueryScope,
  name: string,
  argument: ResolvedField,
  compile: ((column: string) => string) | undefined
): FunctionSql {
  if (argument.field.type !== 'date' && argument.field.type !== 'datetime') throw notAllowed(scope, name, argument);
  if (compile !== undefined) return { sql: compile(argument.sql), type: 'int', aggregate: false, argument };
  return { sql: `substr(${argument.sql}, 1, 10)`, type: 'date', aggregate: false, argument };
}

function aggregate(scope: QueryScope, name: string, argument: ResolvedField): FunctionSql {
  const { sql, field } = argument;
  if (field.longText === true || field.type === 'address') throw notAllowed(scope, name, argument);
  switch (name) {
    case 'COUNT':
      return { sql: `COUNT(${sql})`, type: 'int', aggregate: true, argument };
    case 'COUNT_DISTINCT':
      return { sql: `COUNT(DISTINCT ${sql})`, type: 'int', aggregate: true, argument };
    case 'SUM':
    case 'AVG':
      if (!numeric.has(field.type)) throw notAllowed(scope, name, argument);
      return { sql: `${name}(${sql})`, type: 'double', aggregate: true, argument };
    case 'MIN':
    case 'MAX':
      if (field.type === 'boolean') throw notAllowed(scope, name, argument);
      return { sql: `${name}(${sql})`, type: field.type, aggregate: true, argument };
    default:
      throw malformed(`unexpected token: '${name}'`);
  }
}

function notAllowed(scope: QueryScope, name: string, { field }: ResolvedField): Error {
  return invalidField(
    scope.environment.soql,
    field.name,
    `field ${field.name} does not support aggregate operator ${name}`
  );
}
