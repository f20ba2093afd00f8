import { factsOfCompiled } from './expressions.js';
import { transformedSide } from './transform.js';
import type { Mapping, Side } from './types.js';

/** Every path of a side's document that a mapping reads: its fields with their fallbacks, and what expressions look at. */
export function pathsRead(mapping: Mapping, side: Side): string[] {
  const paths = mapping.fields.flatMap((field) => {
    const { path, alternatives = [] } = field[side];
    const { toRight, toLeft } = field.transform ?? {};
    const expression = transformedSide(field) === side ? (toRight ?? toLeft) : undefined;
    return [path, ...alternatives, ...(expression === undefined ? [] : factsOfCompiled(expression).paths)];
  });
  const { where } = mapping.left;
  const filter = side === 'left' && where !== undefined ? factsOfCompiled(where).paths : [];
  return [...new Set([...paths, ...filter])];
}
