export { engineOf, shownLocation } from './location.js';
export type { Engine } from './location.js';
export { MemoryLedger } from './memory.js';
export { openDatabase, openLedger } from './open.js';
export type { DatabaseOptions, LedgerDatabase } from './open.js';
export type * from './port.js';
export type { Tables } from './schema.js';
export { SqlLedger } from './sql.js';
export type { Durability } from './sqlite.js';
