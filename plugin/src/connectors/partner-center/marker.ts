import type { JsonValue } from '../../ports/json.js';

const CHECKSUM = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';
const SHORT_ID = /^006[A-Za-z0-9]{12}$/;

/** The 18 characters of a Salesforce id of 15: one per five, which say where the capitals are (REST API guide, "ID fields"). */
function completeId(id: string): string {
  const suffix = [0, 5, 10].map((start) => {
    const capitals = [...id.slice(start, start + 5)].reduce(
      (bits, letter, index) => bits + (/[A-Z]/.test(letter) ? 2 ** index : 0),
      0
    );
    return CHECKSUM[capitals];
  });
  return `${id}${suffix.join('')}`;
}

/**
 * The opportunity that a referral names. Other connectors wrote the short form of its id; we write the long one, and only that
 * can be compared without regard to capitals.
 */
export function markerOf(reference: JsonValue | undefined): string | undefined {
  const text = typeof reference === 'string' ? reference.trim() : '';
  if (text === '') return undefined;
  return SHORT_ID.test(text) ? completeId(text) : text;
}
