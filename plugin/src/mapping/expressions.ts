import { createContext, Script } from 'node:vm';
import type { Expression } from 'jsonata';
import type { JsonObject, JsonValue } from '../ports/json.js';
import type { ExpressionFacts } from './expression-check.js';
import { factsOf } from './expression-check.js';

/** Evaluation steps after which an expression is stopped: a thousand times what a transform of a field needs. */
const MAX_STEPS = 20_000;
/** Milliseconds after which an expression is stopped whose single steps may take long, for example a regular expression. */
const MAX_MS = 250;

/** Why an expression gave no value. */
export interface ExpressionFault {
  /** Code of JSONata, or `STEPS` and `TIME` for an expression that was stopped. */
  code: string;
  message: string;
  /** Characters from the beginning of the expression, where known. */
  position?: number;
}

export type Evaluated = { value: JsonValue; fault?: undefined } | { fault: ExpressionFault; value?: undefined };

interface Compiled {
  facts: ExpressionFacts;
  run: (input: JsonValue | undefined, record: JsonObject | undefined) => unknown;
}

/** By text: expressions come from mappings, so they are few and live as long as the process. */
const compiled = new Map<string, Compiled>();

const sandbox: { run?: () => unknown } = {};
const script = new Script('run()');

/** A watchdog costs a third of a millisecond, so only expressions that need one get it. */
function withinTime(run: () => unknown): unknown {
  sandbox.run = run;
  return script.runInContext(createContextOnce(), { timeout: MAX_MS });
}

let context: ReturnType<typeof createContext> | undefined;
const createContextOnce = (): ReturnType<typeof createContext> => (context ??= createContext(sandbox));

function faultOf(error: unknown): ExpressionFault {
  const { code, message, position } = error as { code?: string; message?: string; position?: number };
  const stopped = code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
  return {
    code: stopped ? 'TIME' : (code ?? 'UNKNOWN'),
    message: stopped ? `it takes longer than ${MAX_MS} ms` : (message ?? 'it cannot be evaluated').replace(/\.$/, ''),
    ...(position === undefined ? {} : { position })
  };
}

function prepare(expression: Expression, facts: ExpressionFacts): Compiled {
  let steps = 0;
  // The hook that JSONata's own playground uses to stop expressions.
  expression.assign('__evaluate_entry', () => {
    if (++steps > MAX_STEPS) throw Object.assign(new Error(`it takes more than ${MAX_STEPS} steps`), { code: 'STEPS' });
  });
  const run = (input: JsonValue | undefined, record: JsonObject | undefined): unknown => {
    steps = 0;
    return expression.evaluate(input, record === undefined ? {} : { record });
  };
  return { facts, run: facts.heavy ? (input, record) => withinTime(() => run(input, record)) : run };
}

/**
 * Compiles an expression once and looks at it. `inDocument`: see `factsOf`.
 * @returns what is wrong with it, or what there is to know about it
 */
export async function compileExpression(
  text: string,
  inDocument: boolean
): Promise<{ faults: readonly ExpressionFault[]; facts?: ExpressionFacts }> {
  // Loaded when the first mapping needs it: most mappings have no expression, and every command pays for what is imported.
  const { default: jsonata } = await import('jsonata');
  try {
    const expression = jsonata(text);
    const facts = factsOf(expression.ast(), inDocument);
    if (facts.problems.length > 0)
      return { faults: facts.problems.map((problem) => ({ code: 'REFUSED', ...problem })) };
    if (!compiled.has(text)) compiled.set(text, prepare(expression, facts));
    return { faults: [], facts };
  } catch (error) {
    return { faults: [faultOf(error)] };
  }
}

/** Whether an expression reads more of the document than the value that it is given. */
export const usesRecord = (text: string): boolean => compiled.get(text)?.facts.usesRecord === true;

/** What the look at a compiled expression told. */
export function factsOfCompiled(text: string): ExpressionFacts {
  return compiled.get(text)?.facts ?? { problems: [], paths: [], usesRecord: false, heavy: false };
}

/** JSONata takes null for a value and joins it to texts as "null"; for people an empty field is nothing. */
const filled = new WeakMap<JsonObject, JsonObject>();

function withoutNulls(value: JsonValue): JsonValue | undefined {
  if (value === null) return undefined;
  if (Array.isArray(value)) return value.map(withoutNulls).filter((item) => item !== undefined);
  if (typeof value !== 'object') return value;
  const result: JsonObject = {};
  for (const [name, member] of Object.entries(value)) {
    const kept = member === undefined ? undefined : withoutNulls(member);
    if (kept !== undefined) result[name] = kept;
  }
  return result;
}

function filledOf(document: JsonObject): JsonObject {
  let result = filled.get(document);
  if (result === undefined) filled.set(document, (result = withoutNulls(document) as JsonObject));
  return result;
}

/** A plain copy: JSONata marks its arrays, and functions or symbols are no values. */
function plain(result: unknown): Evaluated {
  if (result === undefined || result === null) return { value: null };
  const lambda = (result as { _jsonata_lambda?: boolean })._jsonata_lambda === true;
  const text = lambda ? undefined : (JSON.stringify(result) as string | undefined);
  return text === undefined
    ? { fault: { code: 'NO_VALUE', message: 'its result is a function, not a value' } }
    : { value: JSON.parse(text) as JsonValue };
}

/**
 * Evaluates an expression that a loaded mapping holds. Never throws, never changes what it is given, and gives the same
 * result for the same input. An empty value stays empty, unless the expression looks at other fields too.
 */
export function evaluate(text: string, value: JsonValue | undefined, document?: JsonObject): Evaluated {
  const known = compiled.get(text);
  if (known === undefined) return { fault: { code: 'UNKNOWN', message: 'it was never compiled' } };
  const record = known.facts.usesRecord && document !== undefined ? filledOf(document) : undefined;
  const input = value === '' ? undefined : withoutNulls(value ?? null);
  if (input === undefined && !known.facts.usesRecord) return { value: null };
  try {
    return plain(known.run(input, record));
  } catch (error) {
    return { fault: faultOf(error) };
  }
}

/** Evaluates a filter on a document. */
export function evaluateOn(text: string, document: JsonObject): Evaluated {
  const known = compiled.get(text);
  if (known === undefined) return { fault: { code: 'UNKNOWN', message: 'it was never compiled' } };
  const record = filledOf(document);
  try {
    return plain(known.run(record, record));
  } catch (error) {
    return { fault: faultOf(error) };
  }
}
