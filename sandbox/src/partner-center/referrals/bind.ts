import { formatTicks, ticksOf } from '../core/clock.js';
import { invalid } from '../core/errors.js';
import type { FromShape, Shape } from './shape.js';

const NUMBER = /^[+-]?\d+(\.\d+)?$/;

/**
 * Reads a JSON value by its shape: property names in any case, unknown properties dropped, absent ones null (lists
 * empty), numeric strings taken for numbers, instants put into the API's own form. A value of the wrong type is a
 * 400 `invalidRequest` whose target is the path of the property.
 */
export function bind<S extends Shape>(shape: S, value: unknown, path = ''): FromShape<S> {
  return bindAny(shape, value, path) as FromShape<S>;
}

function bindAny(shape: Shape, value: unknown, path: string): unknown {
  switch (shape.kind) {
    case 'list':
      return bindList(shape.of, value, path);
    case 'object':
      return bindObject(shape, value, path);
    default:
      return value === null || value === undefined ? null : bindLeaf(shape, value, path);
  }
}

function bindList(of: Shape, value: unknown, path: string): unknown[] {
  if (value === null || value === undefined) return [];
  if (!Array.isArray(value)) throw invalid(path, `The property ${path} must be an array.`);
  return value.map((entry, index) => {
    if (entry === null) throw invalid(`${path}[${index}]`, `The array ${path} holds null.`);
    return bindAny(of, entry, `${path}[${index}]`);
  });
}

function bindObject(shape: Extract<Shape, { kind: 'object' }>, value: unknown, path: string): unknown {
  if (value === null || value === undefined) {
    if (shape.nullable) return null;
    value = {};
  }
  if (typeof value !== 'object' || Array.isArray(value)) throw invalid(path, `The property ${path} must be an object.`);
  const given = new Map(Object.entries(value as object).map(([name, entry]) => [name.toLowerCase(), entry as unknown]));
  const bound: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(shape.members)) {
    bound[name] = bindAny(member, given.get(name.toLowerCase()), path === '' ? name : `${path}.${name}`);
  }
  return bound;
}

function bindLeaf(shape: Shape, value: unknown, path: string): unknown {
  switch (shape.kind) {
    case 'text':
      if (typeof value === 'string') return value;
      throw invalid(path, `The property ${path} must be a string.`);
    case 'flag':
      if (typeof value === 'boolean') return value;
      throw invalid(path, `The property ${path} must be true or false.`);
    case 'number':
      return bindNumber(value, path);
    case 'instant':
      return bindInstant(value, path);
    case 'choice':
      return bindChoice(shape.values, value, path);
    default:
      return value;
  }
}

function bindNumber(value: unknown, path: string): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'string' && NUMBER.test(value.trim())) return Number(value);
  throw invalid(path, `The property ${path} must be a number.`);
}

function bindInstant(value: unknown, path: string): string {
  if (typeof value === 'string') {
    try {
      return formatTicks(ticksOf(value));
    } catch {
      // Falls through to the refusal below.
    }
  }
  throw invalid(path, `The property ${path} must be a date and time in ISO 8601.`);
}

function bindChoice(values: readonly string[], value: unknown, path: string): string {
  const found = typeof value === 'string' && values.find((known) => known.toLowerCase() === value.toLowerCase());
  if (found) return found;
  throw invalid(path, `The property ${path} must be one of ${values.join(', ')}.`);
}
