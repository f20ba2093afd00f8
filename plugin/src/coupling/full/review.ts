import type { Side } from '../../mapping/types.js';
import type { MappingCounts, NotAvailable } from './port.js';

/** A mapping in the order of a full synchronization. */
export interface FullMapping {
  name: string;
  label: string;
  /** Mappings that have to be done before. One that does not take part counts as done. */
  after: readonly string[];
  /** Sides on which missing records may be created. */
  creates: readonly Side[];
}

/**
 * What is recommended for a mapping. `match`: both sides have records that are not coupled; those that fit exactly are coupled,
 * the rest is left to people. `create`: only one side has such records; the other one gets them. `sync`: all are coupled.
 * `nothing`: there is nothing to do.
 */
export type FullAction = 'match' | 'create' | 'sync' | 'nothing';

export type FullReason =
  'bothSides' | 'leftOnly' | 'rightOnly' | 'allCoupled' | 'noRecords' | 'createdByHand' | 'unavailable';

/** One line of the review. */
export interface FullStep {
  mapping: string;
  label: string;
  after: readonly string[];
  action: FullAction;
  reason: FullReason;
  /** Side that gets the records; `create` only. */
  create?: Side;
  counts: MappingCounts;
  /** Why the mapping cannot take part; reason `unavailable` only. */
  unavailable?: { code: string; message: string };
}

const NONE: MappingCounts = { left: 0, right: 0, coupled: 0 };

type Recommendation = Pick<FullStep, 'action' | 'reason'> & { create?: Side };

function recommend({ creates }: FullMapping, { left, right, coupled }: MappingCounts): Recommendation {
  const pairs = coupled > 0 ? 'sync' : 'nothing';
  if (left > 0 && right > 0) return { action: 'match', reason: 'bothSides' };
  if (left === 0 && right === 0) return { action: pairs, reason: coupled > 0 ? 'allCoupled' : 'noRecords' };
  const create: Side = left > 0 ? 'right' : 'left';
  if (!creates.includes(create)) return { action: pairs, reason: 'createdByHand' };
  return { action: 'create', create, reason: left > 0 ? 'leftOnly' : 'rightOnly' };
}

/**
 * The review of a full synchronization: one line per mapping, in an order in which parents come first (Business Central: "Full
 * synchronization review"; where Microsoft says "no records" for pairs that are coupled, these are brought in step here).
 * @throws RangeError for mappings that wait for each other
 */
export function review(
  mappings: readonly FullMapping[],
  counts: ReadonlyMap<string, MappingCounts | NotAvailable>
): FullStep[] {
  return inOrder(mappings).map((mapping): FullStep => {
    const { name, label } = mapping;
    const known = counts.get(name) ?? NONE;
    const after = mapping.after.filter((parent) => mappings.some((other) => other.name === parent));
    const about = { mapping: name, label, after };
    if ('unavailable' in known) return { ...about, action: 'nothing', reason: 'unavailable', counts: NONE, ...known };
    return { ...about, ...recommend(mapping, known), counts: known };
  });
}

/**
 * Parents before children, and otherwise as given. Also the order in which the mappings are synchronized in everyday runs.
 * @throws RangeError for mappings that wait for each other
 */
export function inOrder<M extends Pick<FullMapping, 'name' | 'after'>>(mappings: readonly M[]): M[] {
  const byName = new Map(mappings.map((mapping) => [mapping.name, mapping]));
  const ordered = new Set<M>();
  const visit = (mapping: M, path: readonly string[]): void => {
    if (ordered.has(mapping)) return;
    if (path.includes(mapping.name)) {
      throw new RangeError(`These mappings wait for each other: ${[...path, mapping.name].join(' → ')}.`);
    }
    for (const parent of mapping.after) {
      const other = byName.get(parent);
      if (other) visit(other, [...path, mapping.name]);
    }
    ordered.add(mapping);
  };
  for (const mapping of mappings) visit(mapping, []);
  return [...ordered];
}
