import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fieldName } from 'c/cosellFieldNames';

const mapping = readFileSync(join(__dirname, '../../../../../../plugin/mappings/opportunity-referral.yaml'), 'utf8');
const delivered = [...mapping.matchAll(/^ {4}label: (.+)$/gm)].map(([, label]) => label);

describe('fieldName', () => {
  it.each(delivered)('knows %s of the delivered mapping', (label) => {
    expect(fieldName(label)).toMatch(/^c\.Cosell_Field_/);
  });

  it('leaves the name of an administrator’s own field as it is', () => {
    expect(delivered.length).toBeGreaterThan(5);
    expect(fieldName('Margin')).toBe('Margin');
  });
});
