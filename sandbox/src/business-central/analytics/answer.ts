import type { Segment } from '../api/address.js';
import type { Answer, ScopedCall } from '../api/call.js';
import { queryAnswer } from '../api/query-answer.js';
import { notAllowed, segmentNotFound } from '../core/errors.js';
import { analyticsSets } from './sets.js';

/** GET on a set of the analytics API; everything else is refused, as its objects are read-only. */
export function analyticsAnswer(call: ScopedCall, segments: readonly Segment[]): Answer {
  const [first, ...rest] = segments;
  const name = first?.name ?? '';
  const set = analyticsSets[name];
  if (!set || call.scope.company === '' || rest.length > 0 || first?.key !== undefined) throw segmentNotFound(name);
  if (call.method !== 'GET') throw notAllowed(call.method, name);
  call.permit(name, 'read');
  return queryAnswer(call, name, set.fields, set.rows(call.scope));
}
