export { MemoryQueue } from './memory.js';
export { openQueue } from './open.js';
export type { QueueOptions } from './open.js';
export type * from './port.js';
