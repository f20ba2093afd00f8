import { describe, expect, it } from 'vitest';
import { briefValue, shownValue } from '../../plugin/src/ux/values.js';

describe('values in a table', () => {
  it('show one line of at most 60 characters, and a dash for nothing', () => {
    expect(shownValue(null)).toBe('–');
    expect(shownValue('One\nTwo')).toBe('One ⏎ Two');
    expect(shownValue('x'.repeat(61))).toBe(`${'x'.repeat(59)}…`);
  });

  it('name the rows of a list at a glance', () => {
    expect(briefValue([])).toBe('–');
    expect(briefValue([{ id: 'SOL-1', name: 'Demand Forecasting' }, { id: 'SOL-2' }])).toBe(
      'Demand Forecasting, SOL-2'
    );
    expect(briefValue([{ firstName: 'Sam', lastName: 'Seller', email: 'sam@cosell.example' }])).toBe('Sam Seller');
    expect(briefValue([true, {}])).toBe('true, {}');
    expect(briefValue(12)).toBe('12');
  });
});
