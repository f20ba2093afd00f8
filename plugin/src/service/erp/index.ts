export { refreshErp, showErp } from './commands.js';
export type { ErpFigures, ErpInput } from './commands.js';
export { openErp } from './open.js';
export type { ErpPorts, OpenErp } from './open.js';
export type { RefreshResult } from './refresh.js';
export { startErp } from './serve.js';
