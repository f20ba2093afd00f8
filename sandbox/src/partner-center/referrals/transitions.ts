import { invalid } from '../core/errors.js';
import type { Referral } from './resource.js';

type Status = NonNullable<Referral['status']>;
type Substatus = NonNullable<Referral['substatus']>;

/** Where a status may go and which substatus it may carry (Partner Center: referral resources, status). */
export const STATUS_MACHINE: Readonly<
  Record<Status, { readonly next: readonly Status[]; readonly substatus: readonly Substatus[] }>
> = {
  New: { next: ['New', 'Active', 'Closed'], substatus: ['Pending', 'Received'] },
  Active: { next: ['Active', 'Closed'], substatus: ['Accepted'] },
  Closed: { next: ['Closed'], substatus: ['Won', 'Lost', 'Declined', 'Expired', 'Error'] }
};

/** Throws 400 when the pair of status and substatus does not exist or cannot follow the one before. */
export function checkTransition(before: Referral, after: Referral): void {
  const { status, substatus } = after;
  if (status === null) throw invalid('status', 'The property status is required.');
  if (substatus === null || !STATUS_MACHINE[status].substatus.includes(substatus)) {
    throw invalid('substatus', `The substatus ${substatus ?? 'null'} is not valid for the status ${status}.`);
  }
  if (before.status !== null && !STATUS_MACHINE[before.status].next.includes(status)) {
    throw invalid('status', `The status cannot change from ${before.status} to ${status}.`);
  }
  if (substatus === 'Expired' && before.substatus !== 'Expired') {
    throw invalid('substatus', 'The substatus Expired is set by the service only.');
  }
}
