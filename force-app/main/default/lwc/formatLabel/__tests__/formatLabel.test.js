import { formatLabel } from 'c/formatLabel';

describe('formatLabel', () => {
  it.each([
    ['Remove {0}', ['Alpha'], 'Remove Alpha'],
    ['from {0} to {1}', ['a', 'b'], 'from a to b'],
    ['{1} before {0}', ['a', 'b'], 'b before a'],
    ['At most {0}', [50], 'At most 50'],
    ['Keeps {1}', ['a'], 'Keeps {1}'],
    ['Value {0}', ['$&'], 'Value $&']
  ])('%s with %j', (label, values, expected) => {
    expect(formatLabel(label, ...values)).toBe(expected);
  });
});
