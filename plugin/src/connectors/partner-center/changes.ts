import type { JsonObject } from '../../ports/json.js';
import type { ChangePage, RemoteRecord } from '../../sync/ports.js';
import { listReferrals, updatedAt } from './listing.js';
import type { ReadingContext } from './reading.js';
import { engagementOf, isMicrosofts, mayHaveMicrosoft, recordsOf } from './referral.js';

/** Records handed over at once: their other halves are read, and people told, with one call for 200 records at the other system. */
const TOGETHER = 200;

export interface FeedOptions {
  /** How far a cursor stays behind the server's time; a list index may lag. */
  overlapMs: number;
  /** Leads take part, not only co-sell deals. */
  leads: boolean;
}

/** Referrals of one walk, held back until both halves of their engagement were seen. */
class Halves {
  private readonly waiting = new Map<string, JsonObject[]>();
  private readonly done = new Set<string>();
  private readonly changed = new Set<string>();

  public add(referral: JsonObject, isChange: boolean): void {
    const id = engagementOf(referral);
    this.waiting.set(id, [...(this.waiting.get(id) ?? []), referral]);
    if (isChange) this.changed.add(id);
  }

  /** Changed engagements that need no further look; each comes out once. */
  public takeComplete(everythingSeen: boolean): JsonObject[] {
    const complete: JsonObject[] = [];
    for (const [id, referrals] of this.waiting) {
      if (!this.changed.has(id) || this.done.has(id) || !(everythingSeen || this.isComplete(referrals))) continue;
      this.done.add(id);
      complete.push(...referrals);
    }
    return complete;
  }

  public incomplete(): string[] {
    return [...this.changed].filter((id) => !this.done.has(id));
  }

  private isComplete(referrals: readonly JsonObject[]): boolean {
    const own = referrals.filter((referral) => !isMicrosofts(referral));
    if (own.length === 0) return false;
    return own.length < referrals.length || !own.some(mayHaveMicrosoft);
  }
}

function takingPart(referrals: readonly JsonObject[], leads: boolean): RemoteRecord[] {
  return recordsOf(referrals).filter(({ category }) => leads || category !== 'lead');
}

/**
 * `Connector.changes`: walks the list from the newest change back to the cursor. A quiet poll is one call; so is a walk
 * that sees the whole list. Where the other half of a changed engagement lies beyond the walk, it is read by engagement
 * (40 per call). A change made during the walk moves to the front and is seen by the next poll, because the cursor is
 * taken from the start of this one.
 */
export async function* partnerCenterChanges(
  context: ReadingContext,
  options: FeedOptions,
  cursor: string | undefined
): AsyncGenerator<ChangePage> {
  const since = cursor === undefined ? Number.NEGATIVE_INFINITY : Date.parse(cursor);
  const halves = new Halves();
  let latest: number | undefined;
  let records: RemoteRecord[] = [];
  for await (const page of listReferrals(context.api)) {
    latest = Math.max(latest ?? page.serverTime, ...page.referrals.map(updatedAt));
    for (const referral of page.referrals) halves.add(referral, updatedAt(referral) >= since);
    const reachedCursor = page.referrals.some((referral) => updatedAt(referral) < since);
    records.push(...takingPart(halves.takeComplete(page.last), options.leads));
    if (page.last || reachedCursor) {
      const others = takingPart(await context.engagements.read(halves.incomplete()), options.leads);
      const next = new Date(latest - options.overlapMs).toISOString();
      yield { records: [...records, ...others], cursor: cursor !== undefined && cursor > next ? cursor : next };
      return;
    }
    // A broken walk starts again from the old cursor: pages come newest first, so nothing in between is covered yet.
    if (records.length < TOGETHER) continue;
    yield { records, cursor: cursor ?? new Date(0).toISOString() };
    records = [];
  }
}
