/** Why a figure or a whole record has none. The page has a sentence for each in the reader's language. */
export type Reason =
  /** The API of Business Central has no such figure. */
  | 'NOT_IN_API'
  /** The Analytics API is not there or may not be read. */
  | 'ANALYTICS_MISSING'
  /** The set may not be read, or could not be. */
  | 'NOT_READ'
  /** Neither coupled nor numbered, so nothing can be looked for. */
  | 'NO_NUMBER'
  /** Nothing in Business Central has the number. */
  | 'NO_MATCH'
  /** Several have it. */
  | 'SEVERAL_MATCHES'
  /** A service or a non-inventory item. */
  | 'NOT_STOCKED'
  /** The item is blocked. */
  | 'BLOCKED'
  /** Depends on a figure that is missing. */
  | 'INCOMPLETE'
  /** Only the quantity of all locations is known. */
  | 'LEGACY_SERVICE';

/** Figures that are missing, by name of the figure. */
export type Missing = Readonly<Record<string, Reason>>;

/** One `Name=REASON` per line, as the field `Not_Available__c` keeps it; sorted, so that equal answers are equal texts. */
export const missingText = (missing: Missing): string =>
  Object.entries(missing)
    .map(([name, reason]) => `${name}=${reason}`)
    .sort()
    .join('\n');
