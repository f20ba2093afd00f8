export { MemoryQueue } from './memory.js';
export type * from './port.js';
