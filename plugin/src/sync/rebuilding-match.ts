import type { RemoteRecord } from './ports.js';
import type { RightIndex, RightNote } from './rebuilding-index.js';

/** What both sides say about a left record. */
export type Match =
  /** Both name each other, or one names the other and that one names nobody. */
  | { kind: 'pair'; right: RightNote; twins: readonly RightNote[] }
  /** It names a record that names nobody: known only when all left records were asked whom they name. */
  | { kind: 'named'; right: RightNote }
  /** It names a record that is not in the feed. */
  | { kind: 'missing'; rightKey: string }
  /** It names a record that belongs to somebody else; the engine refuses that by itself. */
  | { kind: 'elsewhere'; right: RightNote }
  /** It names one record and is named by another. */
  | { kind: 'unclear'; rightKey: string; marking: readonly RightNote[] }
  /** Neither names nor is named. */
  | { kind: 'alone' };

/**
 * Whom a left record belongs to, by what the records of both sides carry. Pure; where they disagree it is not guessed.
 * A twin that the left record names itself is preferred to an older one, because the people see that one.
 */
export function matchOf({ key, counterpart }: RemoteRecord, index: RightIndex): Match {
  const marking = index.marking(key);
  const others = (chosen: RightNote): RightNote[] => marking.filter((note) => note !== chosen);
  const [oldest] = marking;
  if (counterpart === undefined)
    return oldest === undefined ? { kind: 'alone' } : { kind: 'pair', right: oldest, twins: others(oldest) };
  const named = index.get(counterpart);
  if (named?.marker === key) return { kind: 'pair', right: named, twins: others(named) };
  if (oldest !== undefined) return { kind: 'unclear', rightKey: counterpart, marking };
  if (named === undefined) return { kind: 'missing', rightKey: counterpart };
  return named.marker === undefined ? { kind: 'named', right: named } : { kind: 'elsewhere', right: named };
}
