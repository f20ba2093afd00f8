/** Order of the three checksum characters of an 18-character id. */
const CHECKSUM = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';
/** ASCII order, so that ids of one object sort by age. */
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** Characters 4 to 6 of an id name the instance that made it. */
const INSTANCE = '5g0';
const SERIAL_LENGTH = 9;
const ID = /^[a-zA-Z0-9]{15}(?:[A-Z0-5]{3})?$/;

/** Appends the three characters that make a 15-character id safe in systems that ignore case. */
export function withChecksum(id15: string): string {
  let suffix = '';
  for (let block = 0; block < 3; block++) {
    let bits = 0;
    for (let position = 0; position < 5; position++) {
      const character = id15.charAt(block * 5 + position);
      if (character >= 'A' && character <= 'Z') bits |= 1 << position;
    }
    suffix += CHECKSUM.charAt(bits);
  }
  return id15 + suffix;
}

/** The 18-character form of an id given with 15 or 18 characters; undefined when it is not an id. */
export function normalizeId(value: string): string | undefined {
  if (!ID.test(value)) return undefined;
  const full = withChecksum(value.slice(0, 15));
  return value.length === 15 || value === full ? full : undefined;
}

/** The id number `serial` (from 1) of the objects with this key prefix. */
export function formatId(keyPrefix: string, serial: number): string {
  let rest = serial;
  let digits = '';
  while (rest > 0) {
    digits = DIGITS.charAt(rest % DIGITS.length) + digits;
    rest = Math.floor(rest / DIGITS.length);
  }
  return withChecksum(keyPrefix + INSTANCE + digits.padStart(SERIAL_LENGTH, '0'));
}

/** Key prefix of the n-th custom object: a00, a01, … a0Z, a10 … */
export function customKeyPrefix(index: number): string {
  const base = 36;
  const second = DIGITS.charAt(Math.floor(index / base) % base);
  return `a${second}${DIGITS.charAt(index % base)}`;
}
