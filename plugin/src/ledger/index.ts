export { MemoryLedger } from './memory.js';
export { openLedger } from './open.js';
export type * from './port.js';
