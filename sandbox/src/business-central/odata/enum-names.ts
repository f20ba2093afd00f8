import type { Property } from '../contract/model.js';

/** XML name encoding of enumeration members: `Non_x002D_Inventory` is `Non-Inventory`, `_x0020_` is a blank. */
export const decodeName = (name: string): string =>
  name.replace(/_x([0-9A-F]{4})_/gi, (_whole, code: string) => String.fromCharCode(parseInt(code, 16)));

/**
 * The member that a text means, in the way `$metadata` writes it. Documentation samples print members decoded and blanks
 * as `" "`, so both forms are taken.
 */
export function memberOf(property: Property, text: string): string | undefined {
  return property.members?.find((member) => member === text || decodeName(member).trim() === text.trim());
}
