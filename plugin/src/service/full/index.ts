export type { FullInput } from './commands.js';
export { fullSync } from './commands.js';
export type { FullRequest, FullSync } from './full-sync.js';
export { beginFull, fullExitCode, resumeFull, reviewFull } from './full-sync.js';
export type { FullOrder } from './order.js';
export { loadOrder, takingPart } from './order.js';
export { FULL_SYNC, readFull, saveFull } from './store.js';
