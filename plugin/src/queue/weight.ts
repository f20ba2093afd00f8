import type { Priority } from './port.js';

/** pg-boss takes the highest number first. */
export const WEIGHT: Readonly<Record<Priority, number>> = { 0: 2, 1: 1, 2: 0 };

export const priorityOf = (weight: number): Priority => (weight >= 2 ? 0 : weight === 1 ? 1 : 2);
