import { contentHash, recordHash } from '../mapping/compare.js';
import { valueAt } from '../mapping/paths.js';
import { inScope, preflight } from '../mapping/preflight.js';
import type { CanonicalRecord, Mapping } from '../mapping/types.js';
import type { JournalLine, LedgerChange, LedgerEntry } from '../ledger/port.js';
import type { JsonObject, JsonValue } from '../ports/json.js';
import type { AuditEntry, RemoteRecord } from './ports.js';
import { hashOnce, valuesOf } from './values.js';

/** One left record and what belongs to it, while the engine has it in hand. */
export interface PairWork {
  leftKey: string;
  entry: LedgerEntry;
  /** Reads of this run; absent when not read yet or no longer to be trusted. */
  left?: RemoteRecord;
  right?: RemoteRecord;
  /** Looked for and not there: not to be read again. */
  gone?: { left?: boolean; right?: boolean };
  /** What became true while the pair was in hand. */
  audit: AuditEntry[];
  /** Lines for the ledger's journal, stored with the next change of the entry. */
  journal?: Omit<JournalLine, 'leftKey'>[];
  /** Part of `entry` already and stored with the next change of it; `before` is what is stored now. */
  unsaved?: { before: LedgerEntry; change: Omit<LedgerChange, 'leftKey'> };
  /** The fence of the claim under which the pair is worked on. */
  fence?: number;
  /** Start of the update intent whose outcome was looked up. */
  confirmed?: string;
}

/** Everything about a left document that decides what happens: its values, whether it is shared, what it lacks. */
export function leftHash(mapping: Mapping, left: RemoteRecord, values?: CanonicalRecord): string {
  if (left.lifecycle === 'deleted') return 'deleted';
  const read = valuesOf(mapping, 'left', left);
  const hash = (of: CanonicalRecord): string =>
    contentHash({
      values: recordHash(mapping, 'left', of),
      shared: inScope(mapping, left.document),
      ...heldHash(left),
      missing: preflight(mapping, left.document).map(({ code }) => code)
    });
  // After a write of ours the values are ahead of the read.
  if (values !== undefined && values !== read) return hash(values);
  return hashOnce(mapping, 'left', left, () => hash(read));
}

/** Leaving the state in which a request waits is news although no field changed; so is a successor. */
function heldHash({ answer, answerOnly }: RemoteRecord): JsonObject {
  if (answerOnly !== true && answer?.choice !== 'wait') return {};
  return { answer: [answer?.choice ?? null, answer?.successor?.key ?? null] };
}

/** The values on the right that people on the left are shown, in the mapping's order. */
export function watched(mapping: Mapping, right: RemoteRecord): JsonValue {
  return (mapping.right.watch ?? []).map((path) => valueAt(right.document, path) ?? null);
}

export function rightHash(mapping: Mapping, right: RemoteRecord): string {
  if (right.lifecycle === 'deleted') return 'deleted';
  return hashOnce(mapping, 'right', right, () =>
    contentHash({
      values: recordHash(mapping, 'right', valuesOf(mapping, 'right', right)),
      lifecycle: right.lifecycle,
      watched: watched(mapping, right)
    })
  );
}

const olderThan = (record: RemoteRecord | undefined, known: string | undefined): boolean =>
  record !== undefined && known !== undefined && Date.parse(record.modifiedAt) < Date.parse(known);

/** Takes away reads that are older than what is known already: a feed may lag behind our own writes. */
export function dropStaleReads(work: PairWork): void {
  const { coupling } = work.entry;
  if (olderThan(work.left, coupling?.leftAt)) delete work.left;
  if (olderThan(work.right, coupling?.rightAt)) delete work.right;
}

/** Whether the reads at hand carry nothing that was not worked off before; then no call is made at all (promise G7). */
export function isUnchanged(mapping: Mapping, work: PairWork, now: string): boolean {
  const { coupling, intent, issue, telling } = work.entry;
  if (intent !== undefined || telling?.pending !== undefined) return false;
  if ((work.left?.resolutions ?? []).length > 0) return false;
  const left = work.left && leftHash(mapping, work.left);
  const right = work.right && rightHash(mapping, work.right);
  if (issue !== undefined) {
    const sameLeft = left === undefined || left === issue.leftHash;
    const sameRight = right === undefined || right === issue.rightHash;
    return sameLeft && sameRight && (issue.state === 'parked' || issue.notBefore > now);
  }
  // A counterpart of a record that is not shared is news: it has to be coupled before sharing is switched on.
  if (coupling === undefined) return work.right === undefined && notShared(mapping, work.left) && telling === undefined;
  return (left === undefined || left === coupling.seenLeft) && (right === undefined || right === coupling.seenRight);
}

const notShared = (mapping: Mapping, left: RemoteRecord | undefined): boolean =>
  left !== undefined && (left.lifecycle === 'deleted' || !inScope(mapping, left.document));

/** When a record came into being, as far as its system tells; of two twins the older one is kept. */
export const bornAt = ({ createdAt, modifiedAt }: RemoteRecord): string => createdAt ?? modifiedAt;
