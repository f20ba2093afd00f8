import { ticksOf } from '../core/clock.js';
import type { World } from '../core/world.js';
import type { Writer } from '../store/referral-store.js';
import { commitChanges, draftOf } from './write.js';

const service: Writer = { kind: 'system', name: 'Partner Center', callerId: null, correlationId: null };

/** Closes New referrals nobody answered in time as Closed/Expired (Partner Center: manage co-sell opportunities). */
export function expireOverdue(world: World): void {
  const now = BigInt(world.clock.now()) * 10_000n;
  const overdue = world.store
    .all()
    .filter(
      ({ document }) =>
        document.status === 'New' && document.expirationDateTime !== null && ticksOf(document.expirationDateTime) <= now
    );
  if (overdue.length === 0) return;
  const changes = overdue.map((before) => {
    const after = draftOf(before);
    Object.assign(after.document, {
      status: 'Closed',
      substatus: 'Expired',
      closedDateTime: before.document.expirationDateTime
    });
    return { before, after, action: 'Expired' };
  });
  commitChanges(world, service, changes);
}
