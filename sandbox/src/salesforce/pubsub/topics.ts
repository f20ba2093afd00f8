import { entityOf, mayReceive } from '../core/change-access.js';
import { ALL_CHANGES } from '../core/change-bus.js';
import type { Session } from '../core/contract.js';
import type { OrgHandle } from '../core/org-handle.js';
import type { EventCodec } from './event-codec.js';
import { failure } from './failures.js';

export interface Topic {
  topicName: string;
  tenantGuid: string;
  canPublish: boolean;
  canSubscribe: boolean;
  /** Empty for the channel of all changes, whose events have several schemas. */
  schemaId: string;
}

/** What the user may do with a topic. Throws the error to end the call with. */
export function topicFor(org: OrgHandle, codec: EventCodec, session: Session, name: string): Topic {
  if (name === '') throw failure('topic.validation.empty');
  const entity = entityOf(org, name);
  if (name !== ALL_CHANGES && (entity === undefined || !org.changes.isSelected(entity)))
    throw failure('topic.not.found');
  if (entity !== undefined && !org.access.object(session, entity).read) throw failure('topic.meta.permission');
  return {
    topicName: name,
    tenantGuid: `core/${org.id}`,
    canPublish: false,
    canSubscribe: mayReceive(org, session, name),
    schemaId: entity === undefined ? '' : codec.schemaId(entity)
  };
}

/** The same for somebody who wants its events. */
export function topicToFollow(org: OrgHandle, codec: EventCodec, session: Session, name: string): Topic {
  const topic = topicFor(org, codec, session, name);
  if (!topic.canSubscribe) throw failure('subscription.topic.cannot.subscribe');
  return topic;
}
