import type { ProjectionStep } from './availability.js';

/** Days kept; an item with more keeps its first ones. The field holds 32,768 characters, a line has at most 50. */
const LONGEST = 600;

/** The projection as the field `Projection__c` keeps it: a line for each day, with the day, the stock and what can be promised. */
export const projectionText = (projection: readonly ProjectionStep[]): string =>
  projection
    .slice(0, LONGEST)
    .map(({ date, stock, promisable }) => `${date} ${stock} ${promisable}`)
    .join('\n');

/** Reads it back; lines that are none are left out. */
export function readProjection(text: string): ProjectionStep[] {
  return text.split('\n').flatMap((line) => {
    const [date = '', stock, promisable] = line.trim().split(' ');
    const step = { date, stock: Number(stock), promisable: Number(promisable) };
    const valid = /^\d{4}-\d{2}-\d{2}$/.test(date) && Number.isFinite(step.stock) && Number.isFinite(step.promisable);
    return valid ? [step] : [];
  });
}
