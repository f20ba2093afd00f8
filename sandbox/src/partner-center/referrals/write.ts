import { ticksOf } from '../core/clock.js';
import { PARTNER } from '../core/directory.js';
import type { World } from '../core/world.js';
import type { ChangeEvent, Commit, StoredReferral, Writer } from '../store/referral-store.js';
import { changedFields } from './changes.js';
import type { Referral } from './resource.js';

/** One referral of a write; `before` is absent when it is new. */
export interface Change {
  before?: StoredReferral;
  after: StoredReferral;
  action: string;
}

/** `"00006d10-0000-0000-0000-5c70aa630000"`, quotes included: new for every write. */
function versionTag(instant: string): string {
  const ticks = ticksOf(instant);
  const low = (ticks % 0x1_0000_0000n).toString(16).padStart(8, '0');
  const seconds = (ticks / 10_000_000n).toString(16).padStart(8, '0');
  return `"${low}-0000-0000-0000-${seconds}0000"`;
}

/**
 * Stores the changes of one call in one transaction: new `updatedDateTime` and `eTag` on each referral, a history
 * line, and the change notices for the partner.
 */
export function commitChanges(world: World, writer: Writer, changes: readonly Change[]): void {
  const commit: { [K in keyof Commit]: Commit[K][number][] } = { referrals: [], history: [], events: [] };
  for (const { before, after, action } of changes) {
    const at = world.clock.stamp();
    stampDocument(after.document, at, world.settings().callerIdShown ? writer.callerId : null);
    commit.referrals.push(after);
    commit.history.push({
      referralId: after.id,
      engagementId: after.engagementId,
      at,
      action,
      writer,
      changes: before ? changedFields(before.document, after.document) : []
    });
    const event = noticeFor(world, changes, after, before === undefined, at);
    if (event) commit.events.push(event);
  }
  world.store.commit(commit);
}

function stampDocument(document: Referral, at: string, via: string | null): void {
  document.createdDateTime ??= at;
  document.updatedDateTime = at;
  document.eTag = versionTag(at);
  document.lastModifiedVia = via;
}

/** The partner hears of its own referrals and, as `related-…`, of the others in its engagements. */
function noticeFor(
  world: World,
  changes: readonly Change[],
  changed: StoredReferral,
  created: boolean,
  at: string
): Omit<ChangeEvent, 'seq'> | undefined {
  const own = changed.owner === PARTNER.id;
  const partners = own ? changed : partnersReferral(world, changes, changed.engagementId);
  if (!partners) return undefined;
  const verb = created ? 'created' : 'updated';
  return {
    at,
    organization: PARTNER.id,
    eventName: own ? `referral-${verb}` : `related-referral-${verb}`,
    referralId: world.settings().relatedEventNames === 'changed' ? changed.id : partners.id
  };
}

function partnersReferral(world: World, changes: readonly Change[], engagementId: string): StoredReferral | undefined {
  return [...changes.map((change) => change.after), ...world.store.engagement(engagementId)].find(
    (stored) => stored.owner === PARTNER.id && stored.engagementId === engagementId
  );
}

/** A copy to change; the stored one stays as it was until the commit. */
export function draftOf(stored: StoredReferral): StoredReferral {
  return { ...stored, document: structuredClone(stored.document) };
}
