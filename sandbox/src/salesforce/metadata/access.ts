import type { Session } from '../core/contract.js';
import { RequestFault } from './deploy/options.js';

/** Every call of the Metadata API needs Modify Metadata or Modify All Data; only administrators have them here. */
export function requireMetadataAccess(session: Session): void {
  if (session.admin) return;
  throw new RequestFault(
    'INSUFFICIENT_ACCESS',
    'INSUFFICIENT_ACCESS: use of the Metadata API requires a user with the ModifyAllData or ModifyMetadata permissions'
  );
}
