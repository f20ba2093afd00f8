import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { entitySets, enumMembers } from '../../../plugin/src/connectors/business-central/contract.generated.js';
import { entities } from '../../../plugin/src/connectors/business-central/entities.js';
import { contractPath, generate, outputPath } from '../../../scripts/generate-business-central-types.mjs';

const present = existsSync(contractPath);

describe.skipIf(!present)('$metadata of Business Central API v2.0 (left out: ../shared/contracts is not there)', () => {
  it('is what the committed types were generated from', () => {
    expect(readFileSync(outputPath, 'utf8')).toBe(generate(readFileSync(contractPath, 'utf8')));
  });
});

describe('what the connector knows of entity sets', () => {
  it.each(Object.entries(entities))('names only fields of $metadata: %s', (set, facts) => {
    const { fields } = entitySets[set as keyof typeof entities];
    const named = [
      ...facts.readOnly,
      ...(facts.marking.by === 'field' ? [facts.marking.field] : [facts.marking.search]),
      ...('finalWhen' in facts ? [facts.finalWhen.field] : [])
    ];
    expect(named.filter((field) => !(field in fields))).toEqual([]);
    if ('lines' in facts) expect(facts.lines in entitySets).toBe(true);
    if ('finalWhen' in facts) {
      const type = (fields as Record<string, string>)[facts.finalWhen.field]?.replace('enum ', '');
      const members = Object.keys(enumMembers[type as keyof typeof enumMembers]);
      expect(facts.finalWhen.values.filter((value) => !members.includes(value))).toEqual([]);
    }
  });

  it('has no way to release an order, and keeps posting to people', () => {
    expect(entitySets.salesOrders.actions).toEqual(['shipAndInvoice']);
    expect(entitySets.salesQuotes.actions).toContain('makeOrder');
  });
});
