/**
 * Names of fields as events carry them: bit n of the hexadecimal number stands for field n of the schema, the lowest bit
 * being on the right (Pub/Sub API guide, "Event Deserialization Considerations").
 */
export function bitmap(positions: Iterable<number>): string {
  let bits = 0n;
  for (const position of positions) bits |= 1n << BigInt(position);
  const digits = bits.toString(16).toUpperCase();
  return `0x${digits.length % 2 === 0 ? digits : `0${digits}`}`;
}

/** Top-level fields first, then one bitmap per compound field: its position, a hyphen, the bits of its members. */
export function bitmaps(topLevel: readonly number[], nested: ReadonlyMap<number, readonly number[]>): string[] {
  return [
    ...(topLevel.length === 0 ? [] : [bitmap(topLevel)]),
    ...[...nested].map(([position, members]) => `${String(position)}-${bitmap(members)}`)
  ];
}
