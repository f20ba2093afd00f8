export { addBusinessCentral, testBusinessCentral } from './commands.js';
export type { AddBusinessCentralInput } from './commands.js';
export type { Pick } from './choices.js';
export { openConnection } from './session.js';
