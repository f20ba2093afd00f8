import type { ValidateFunction } from 'ajv';
import { Ajv } from 'ajv';
import type { JsonObject } from '../ports/json.js';
import { evaluateOn } from './expressions.js';
import { transformFaults } from './faults.js';
import type { Mapping, PreflightCheck, RecordIssue } from './types.js';

/** How far the counterpart is: it does not exist, is open, or is closed. */
export type Phase = 'create' | 'update' | 'closed';

const phasesOf = ({ onCreateOnly = false, afterClose = false }: PreflightCheck): readonly Phase[] =>
  afterClose ? ['closed'] : onCreateOnly ? ['create'] : ['create', 'update'];

interface Compiled {
  keptOut: (document: JsonObject) => 'scope' | 'filter' | undefined;
  /** Some field or the filter has an expression, which may fail. */
  expressions: boolean;
  checks: readonly {
    issue: RecordIssue;
    phases: readonly Phase[];
    applies?: ValidateFunction;
    holds: ValidateFunction;
  }[];
}

/** Compiling costs milliseconds, validating microseconds; a mapping lives as long as the process. */
const compiled = new WeakMap<Mapping, Compiled>();

/** A filter that cannot be evaluated keeps no record out: what is wrong is said on the record, and nothing is sent. */
function passes({ left: { where } }: Mapping, document: JsonObject): boolean {
  if (where === undefined) return true;
  const { value, fault } = evaluateOn(where, document);
  return fault !== undefined || !(value === null || value === false || value === '' || value === 0);
}

function compile(mapping: Mapping): Compiled {
  const known = compiled.get(mapping);
  if (known) return known;
  // Loading a mapping has checked its schemas; checking them again would compile the schema of schemas once more.
  const ajv = new Ajv({ strict: false, validateSchema: false });
  const scope = mapping.left.scope === undefined ? undefined : ajv.compile(mapping.left.scope);
  const result: Compiled = {
    keptOut: (document) => {
      if (scope !== undefined && scope(document) !== true) return 'scope';
      return passes(mapping, document) ? undefined : 'filter';
    },
    expressions: mapping.left.where !== undefined || mapping.fields.some(({ transform }) => transform !== undefined),
    checks: mapping.preflight.map((check) => ({
      issue: { code: check.code, message: check.message, nextStep: check.nextStep },
      phases: phasesOf(check),
      ...(check.when === undefined ? {} : { applies: ajv.compile(check.when) }),
      holds: ajv.compile(check.schema)
    }))
  };
  compiled.set(mapping, result);
  return result;
}

/**
 * What is missing on the left record before anything may be sent, in the mapping's order.
 * `phase` is `update` once the counterpart exists: what only mattered for its creation is not asked for again. A `closed` one is
 * only asked for what is settled afterwards.
 */
export function preflight(mapping: Mapping, leftDocument: JsonObject, phase: Phase = 'create'): RecordIssue[] {
  const { checks, expressions } = compile(mapping);
  const missing = checks
    .filter(({ phases }) => phases.includes(phase))
    .filter(({ applies, holds }) => applies?.(leftDocument) !== false && !holds(leftDocument))
    .map(({ issue }) => issue);
  return expressions ? [...missing, ...transformFaults(mapping, leftDocument, phase)] : missing;
}

/** Whether the left record is to be shared. */
export function inScope(mapping: Mapping, leftDocument: JsonObject): boolean {
  return keptOut(mapping, leftDocument) === undefined;
}

/** What keeps a record from taking part: the mapping's scope, which people set on the record, or its filter. */
export function keptOut(mapping: Mapping, leftDocument: JsonObject): 'scope' | 'filter' | undefined {
  return compile(mapping).keptOut(leftDocument);
}
