import { describe, expect, it } from 'vitest';
import { componentSources, customFields, customLabels } from './metadata-files.js';

/** Object Reference and Metadata API Developer Guide, CustomField and CustomLabel. */
const LIMITS = { label: 40, inlineHelpText: 510, description: 1000, labelName: 80, shortDescription: 80 };

describe('every field explains itself within the limits of the platform', () => {
  it.each([...customFields()])('%s', (_, { label, inlineHelpText = '', description = '' }) => {
    expect(label.length).toBeLessThanOrEqual(LIMITS.label);
    expect(inlineHelpText.length).toBeGreaterThan(10);
    expect(inlineHelpText.length).toBeLessThanOrEqual(LIMITS.inlineHelpText);
    expect(description.length).toBeGreaterThan(10);
    expect(description.length).toBeLessThanOrEqual(LIMITS.description);
  });
});

describe('custom labels', () => {
  const labels = customLabels();

  it('stay within the limits of the platform and are told apart', () => {
    expect(new Set(labels.map(({ fullName }) => fullName.toLowerCase())).size).toBe(labels.length);
    const tooLong = labels.filter(
      ({ fullName, shortDescription }) =>
        fullName.length > LIMITS.labelName || shortDescription.length > LIMITS.shortDescription
    );
    expect(tooLong).toEqual([]);
  });

  it('are all shown somewhere', () => {
    const sources = componentSources();
    const unused = labels.filter(({ fullName }) => !sources.includes(`c.${fullName}'`)).map(({ fullName }) => fullName);
    expect(unused).toEqual([]);
  });
});
