import { describe, expect, it } from 'vitest';
import { markerOf } from '../../../plugin/src/connectors/partner-center/marker.js';

describe('the opportunity that a referral names', () => {
  it.each([
    ['006D000000Abcde', '006D000000AbcdeIAB'],
    ['006000000000001', '006000000000001AAA'],
    ['006D000000AbcdeIAB', '006D000000AbcdeIAB'],
    [' 006000000000001AAA ', '006000000000001AAA'],
    ['CRM-4711', 'CRM-4711'],
    ['', undefined],
    [null, undefined]
  ])('%s is %s', (reference, marker) => {
    expect(markerOf(reference)).toBe(marker);
  });
});
