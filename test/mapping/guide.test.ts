import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { referralContract } from '../../plugin/src/connectors/partner-center/index.js';
import { checkRight } from '../../plugin/src/mapping/check-right.js';
import { inScope, keptOut, loadMapping, toCanonical } from '../../plugin/src/mapping/index.js';
import { loadSettings } from '../../plugin/src/service/settings.js';

const guide = readFileSync(new URL('../../docs/mapping.md', import.meta.url), 'utf8');
const blocks = [...guide.matchAll(/```yaml\n(.*?)```/gs)].map(([, text]) => text ?? '');
const folder = mkdtempSync(join(tmpdir(), 'cosell-guide-'));
afterAll(() => rmSync(folder, { recursive: true }));

function fileOf(text: string): string {
  const file = join(folder, `${blocks.indexOf(text)}.yaml`);
  writeFileSync(file, text);
  return file;
}
const mappings = blocks.filter((text) => /^extends:/m.test(text));
const using = (word: string) => loadMapping(fileOf(mappings.find((text) => text.includes(word)) ?? ''));

describe('the mapping guide', () => {
  it('has examples of settings, each of which can be used', () => {
    const settings = blocks.filter((text) => text.startsWith('cosell:'));
    expect(settings.length + mappings.length).toBe(blocks.length);
    expect(settings.map((text) => loadSettings(fileOf(text), {}).cosell)).toMatchObject([
      { dealValueField: 'Deal_Value__c', markName: false, auditRetentionDays: 365, mayShare: 'Cosell_Seller' }
    ]);
  });

  it.each(mappings.map((text, index) => [index, text] as const))(
    'has example %i, which loads and fits the referrals API',
    async (_index, text) => {
      expect(checkRight(await loadMapping(fileOf(text)), referralContract)).toEqual([]);
    }
  );

  it('says what transforms, fallbacks, values and filters do', async () => {
    const transformed = await using('$ * 1000');
    const document = { Amount: 12, Description: 'First', Account: { Industry: 'Retail' } };
    expect(toCanonical(transformed, 'left', document)).toMatchObject({ dealValue: 12_000, notes: 'Retail: First' });
    const fallbacks = await using('Partner_Notes__c');
    expect(toCanonical(fallbacks, 'left', { Partner_Notes__c: null, Description: null })['notes']).toBe(
      'No notes yet.'
    );
    const values = await using('Proposal/Price Quote');
    expect(toCanonical(values, 'left', { StageName: 'Negotiation' })['salesStage']).toBe('develop');
    const filtered = await using('Competitor');
    const deal = { Sync_with_Partner_Center__c: true, Amount: 25_000, Contacts: [{}] };
    expect(inScope(filtered, deal)).toBe(true);
    const competitor = { ...deal, Account: { Type: 'Competitor' } };
    expect(inScope(filtered, competitor)).toBe(false);
    expect(
      [deal, competitor, { ...competitor, Sync_with_Partner_Center__c: false }].map((one) => keptOut(filtered, one))
    ).toEqual([undefined, 'filter', 'scope']);
  });
});
