import { text } from '../core/values.js';
import type { Series } from './number-series.js';
import { nextNumber } from './number-series.js';
import type { Draft } from './types.js';

/** Gives a row the next number of its series unless the writer gave one. */
export function numbered({ scope, values }: Draft, series: Series): void {
  if (text(values, 'number') !== '') return;
  const taken = (number: string): boolean =>
    scope.world.store.find(scope.company, series, (row) => row['number'] === number) !== undefined;
  values['number'] = nextNumber(scope, series, taken);
}
