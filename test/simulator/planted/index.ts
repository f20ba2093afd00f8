import { ARRIVING } from './arriving.js';
import { CREATING } from './creating.js';
import { DAMAGE } from './damage.js';
import { LOOKING } from './looking.js';
import { SHARING } from './sharing.js';
import { WRITING } from './writing.js';
import type { Planted } from './tools.js';

export type { Planted } from './tools.js';

/** Every defect that the simulator has to notice, one switched on at a time. */
export const PLANTED: readonly Planted[] = [...CREATING, ...WRITING, ...LOOKING, ...SHARING, ...DAMAGE, ...ARRIVING];
