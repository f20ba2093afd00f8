import { ALL_CHANGES, changeEventName } from './change-bus.js';
import type { ChangeBus, Session } from './contract.js';
import type { OrgHandle } from './org-handle.js';

/** The object whose changes a channel carries; undefined for the channel of all changes and for unknown ones. */
export function entityOf(org: Pick<OrgHandle, 'schema'>, channel: string): string | undefined {
  return org.schema.objects().find((object) => `/data/${changeEventName(object.name)}` === channel)?.name;
}

/**
 * Who may receive change events: View All on the object, or View All Data; all changes together need View All Data and View
 * All Users (Change Data Capture guide, "Required Permissions for Change Events"). Sharing does not matter.
 */
export function mayReceive(org: Pick<OrgHandle, 'schema' | 'access'>, session: Session, channel: string): boolean {
  const all = org.access.hasUserPermission(session, 'ViewAllData');
  if (channel === ALL_CHANGES) return all && org.access.hasUserPermission(session, 'ViewAllUsers');
  const entity = entityOf(org, channel);
  return entity !== undefined && (all || org.access.object(session, entity).viewAll);
}

/** The bus together with the question who may hear it, for servers that know users by name only. */
export function changeSource(org: OrgHandle): Pick<ChangeBus, 'subscribe'> & {
  mayReceive(username: string, channel: string): boolean;
} {
  return {
    subscribe: (channel, listener) => org.changes.subscribe(channel, listener),
    mayReceive: (username, channel) => mayReceive(org, org.sessionFor(username), channel)
  };
}
