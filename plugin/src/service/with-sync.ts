import type { RunContext, RunProgress, SyncPlan } from '../sync/index.js';
import type { SyncInput } from './commands.js';
import type { OpenSync } from './opened-sync.js';
import { openSync } from './open-sync.js';
import { settingsOf } from './settings-of.js';

/** What commands that work through the engine hand over. */
export interface EngineInput extends SyncInput {
  onProgress?: (progress: RunProgress) => void;
}

/** Opens the synchronization, does something with it, and closes it. */
export async function withSync<T>(
  input: EngineInput,
  work: (context: RunContext, sync: OpenSync) => Promise<T>
): Promise<T> {
  const { session, env, onProgress } = input;
  const sync = await openSync(settingsOf(input), session, { env });
  try {
    return await work(sync.context(onProgress ? { onProgress } : {}), sync);
  } finally {
    await sync.close();
  }
}

/** The org and the account that a plan belongs to. */
export function endsOf(
  { session, username }: SyncInput & { username?: string },
  { settings }: OpenSync
): Pick<SyncPlan, 'org' | 'partnerCenter'> {
  const { baseUrl, tenantId } = settings.partnerCenter;
  return {
    org: {
      ...(session.organizationId === undefined ? {} : { id: session.organizationId }),
      ...(username === undefined ? {} : { username })
    },
    partnerCenter: { baseUrl, ...(tenantId === undefined ? {} : { tenantId }) }
  };
}
