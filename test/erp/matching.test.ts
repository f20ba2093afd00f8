import { describe, expect, it } from 'vitest';
import { counterpartOf } from '../../plugin/src/erp/index.js';

const all = [
  { id: 'aaaa', number: '1000' },
  { id: 'bbbb', number: 'ab-1' },
  { id: 'cccc', number: '2000' },
  { id: 'dddd', number: '2000' }
];
const match = (coupledId: string | undefined, number: string | undefined) => {
  const result = counterpartOf({ coupledId, number }, all);
  return 'found' in result ? result.found.id : result.reason;
};

describe('the counterpart of a record', () => {
  it.each([
    ['the coupled one, whatever its number', 'CCCC', '1000', 'cccc'],
    ['none when the coupled one is gone, even if a number fits', 'eeee', '1000', 'NO_MATCH'],
    ['the only one with the number', undefined, ' 1000 ', 'aaaa'],
    ['found in capitals too', '', 'AB-1', 'bbbb'],
    ['none of several', undefined, '2000', 'SEVERAL_MATCHES'],
    ['none for an unknown number', undefined, '9', 'NO_MATCH'],
    ['not looked for without a number', undefined, undefined, 'NO_NUMBER']
  ])('is %s', (_, coupledId, number, expected) => {
    expect(match(coupledId, number)).toBe(expected);
  });
});
