import type { Reason } from './reasons.js';

/** A record of Salesforce that may have a counterpart. */
export interface Candidate {
  /** Identifier of the coupled record in Business Central, where there is a coupling. */
  coupledId: string | undefined;
  /** Account number or product code. */
  number: string | undefined;
}

/** A customer or an item. */
export interface Counterpart {
  id: string;
  number: string;
}

export type Match<T> = { found: T } | { reason: Extract<Reason, 'NO_NUMBER' | 'NO_MATCH' | 'SEVERAL_MATCHES'> };

/**
 * The counterpart of a record: the coupled one, whatever the numbers say; without a coupling the only one that has exactly this
 * number. Names are never compared: figures of the wrong customer are worse than none.
 */
export function counterpartOf<T extends Counterpart>(candidate: Candidate, all: readonly T[]): Match<T> {
  const coupledId = candidate.coupledId?.trim().toLowerCase() ?? '';
  if (coupledId !== '') {
    const coupled = all.find(({ id }) => id.toLowerCase() === coupledId);
    return coupled === undefined ? { reason: 'NO_MATCH' } : { found: coupled };
  }
  const number = candidate.number?.trim() ?? '';
  if (number === '') return { reason: 'NO_NUMBER' };
  // Codes of Business Central are stored in capitals.
  const hits = all.filter((each) => each.number.toUpperCase() === number.toUpperCase());
  const [hit] = hits;
  if (hit === undefined) return { reason: 'NO_MATCH' };
  return hits.length > 1 ? { reason: 'SEVERAL_MATCHES' } : { found: hit };
}
