import { isEmpty } from '../mapping/compare.js';
import type { CanonicalRecord } from '../mapping/types.js';
import type { Criterion } from './criteria.js';
import { rounds } from './criteria.js';

/** A record that is not coupled yet. */
export interface Candidate {
  key: string;
  /** Canonical values, see `toCanonical`. */
  values: CanonicalRecord;
}

/** Two records that are taken for the same thing. */
export interface ProposedCoupling {
  leftKey: string;
  rightKey: string;
  /** Of the criteria that found them. */
  priority: number;
}

/** A right-hand record for a person to look at. */
export interface Unmatched {
  rightKey: string;
  /** `none`: nothing on the left fits. `several`: more than one does, or what fits also fits others on the right. */
  reason: 'none' | 'several';
  /** What fits on the left, sorted. */
  leftKeys: string[];
  /** Further records on the right that the same left ones fit, sorted. */
  rivals: string[];
}

/** What coupling would do: data, to be shown before anything is stored. */
export interface MatchResult {
  /** By right key. */
  couplings: ProposedCoupling[];
  /** By right key. */
  unmatched: Unmatched[];
  /** Left keys that nothing was found for, sorted. */
  leftOver: string[];
}

const byText = (first: string, second: string): number => (first < second ? -1 : first > second ? 1 : 0);

/** What two records have to have in common; undefined when something of it is blank, because blanks never match. */
function signature({ values }: Candidate, criteria: readonly Criterion[]): string | undefined {
  const parts: string[] = [];
  for (const { field, caseSensitive = false } of criteria) {
    const value = values[field];
    if (isEmpty(value) || typeof value === 'object') return undefined;
    const text = String(value).trim();
    if (text === '') return undefined;
    parts.push(caseSensitive ? text : text.toLowerCase());
  }
  return JSON.stringify(parts);
}

interface Group {
  left: string[];
  right: string[];
}

/** Records of both sides that have a signature in common. */
function groupsOf(left: Iterable<Candidate>, right: Iterable<Candidate>, criteria: readonly Criterion[]): Group[] {
  const groups = new Map<string, Group>();
  const sort = (side: keyof Group, candidates: Iterable<Candidate>): void => {
    for (const candidate of candidates) {
      const text = signature(candidate, criteria);
      if (text === undefined) continue;
      const group = groups.get(text) ?? { left: [], right: [] };
      group[side].push(candidate.key);
      groups.set(text, group);
    }
  };
  sort('left', left);
  sort('right', right);
  return [...groups.values()].filter((group) => group.left.length > 0 && group.right.length > 0);
}

function contested({ left, right }: Group): Unmatched[] {
  return right.map((rightKey) => ({
    rightKey,
    reason: 'several',
    leftKeys: [...left].sort(byText),
    rivals: right.filter((key) => key !== rightKey).sort(byText)
  }));
}

/**
 * Match-based coupling: the criteria of each priority are tried in turn on what is left. Exactly one record on either side couples;
 * several are put before a person and take no part in later, weaker criteria. The result does not depend on the order of the
 * records, and stores nothing.
 */
export function matchRecords(
  left: readonly Candidate[],
  right: readonly Candidate[],
  criteria: readonly Criterion[]
): MatchResult {
  const open = {
    left: new Map(left.map((candidate) => [candidate.key, candidate])),
    right: new Map(right.map((candidate) => [candidate.key, candidate]))
  };
  const couplings: ProposedCoupling[] = [];
  const unmatched: Unmatched[] = [];
  const undecided: string[] = [];
  for (const { priority, criteria: together } of rounds(criteria)) {
    for (const group of groupsOf(open.left.values(), open.right.values(), together)) {
      const [leftKey = '', otherLeft] = group.left;
      const [rightKey = '', otherRight] = group.right;
      for (const key of group.left) open.left.delete(key);
      for (const key of group.right) open.right.delete(key);
      if (otherLeft === undefined && otherRight === undefined) couplings.push({ leftKey, rightKey, priority });
      else {
        unmatched.push(...contested(group));
        undecided.push(...group.left);
      }
    }
  }
  for (const rightKey of open.right.keys()) unmatched.push({ rightKey, reason: 'none', leftKeys: [], rivals: [] });
  return {
    couplings: couplings.sort((first, second) => byText(first.rightKey, second.rightKey)),
    unmatched: unmatched.sort((first, second) => byText(first.rightKey, second.rightKey)),
    leftOver: [...open.left.keys(), ...undecided].sort(byText)
  };
}
