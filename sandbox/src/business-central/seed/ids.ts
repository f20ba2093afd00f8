import { createHash } from 'node:crypto';

/** The same id for the same thing at every start, in the form of a guid. */
export function stableId(...parts: readonly string[]): string {
  const hex = createHash('sha1').update(parts.join('/')).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `5${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-'
  );
}
