import { normalizeId } from '../core/ids.js';
import type { OrgHandle } from '../core/org-handle.js';
import type { RunningPubSub } from '../pubsub/pub-sub-server.js';

interface Command {
  gap?: { entity?: unknown; recordIds?: unknown; changeType?: unknown };
  overflow?: { entity?: unknown };
  disconnect?: unknown;
}

const members: ReadonlySet<string> = new Set(['gap', 'overflow', 'disconnect']);

function idsOf(value: unknown): string[] {
  if (!Array.isArray(value) || value.length === 0) throw new Error('recordIds must be a list of record ids.');
  return value.map((id) => {
    const normal = normalizeId(String(id));
    if (normal === undefined) throw new Error(`${String(id)} is not a record id.`);
    return normal;
  });
}

/**
 * What the event bus does on its own account: `{"gap": {"entity": "Opportunity", "recordIds": ["006…"], "changeType":
 * "GAP_UPDATE"}}`, `{"overflow": {"entity": "Opportunity"}}`, and `{"disconnect": true}`, which ends all subscriptions.
 * Throws for anything else.
 */
export function interruptEvents(org: OrgHandle, pubSub: RunningPubSub | undefined, command: unknown): void {
  if (typeof command !== 'object' || command === null) throw new Error('An event command is a JSON object.');
  const unknown = Object.keys(command).find((name) => !members.has(name));
  if (unknown !== undefined) throw new Error(`There is no event command ${unknown}.`);
  const { gap, overflow, disconnect } = command as Command;
  const admin = org.auth.firstAdmin();
  if (gap !== undefined) {
    const { entity, changeType = 'GAP_UPDATE', recordIds } = gap;
    org.changes.interrupt(admin, String(entity), String(changeType), idsOf(recordIds));
  }
  if (overflow !== undefined) org.changes.interrupt(admin, String(overflow.entity), 'GAP_OVERFLOW', []);
  if (disconnect === true) pubSub?.disconnect();
}
