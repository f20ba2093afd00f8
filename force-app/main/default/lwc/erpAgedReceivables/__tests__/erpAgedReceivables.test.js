import ErpAgedReceivables from 'c/erpAgedReceivables';
import { find, findAll, settle, show, textOf } from 'test/page';

const value = (content) => ({ value: content });
const statistics = (current, first, second, third) => ({
  Currency_Code__c: value('EUR'),
  Aged_As_Of__c: value('2026-03-01'),
  Aged_Current__c: value(current),
  Aged_Period_1__c: value(first),
  Aged_Period_1_Label__c: value('1 - 30 days'),
  Aged_Period_2__c: value(second),
  Aged_Period_2_Label__c: value('31 - 60 days'),
  Aged_Period_3__c: value(third),
  Aged_Period_3_Label__c: value('Over 60 days')
});
async function showAged(row) {
  const element = show('c-erp-aged-receivables', ErpAgedReceivables, { statistics: row });
  await settle();
  return element;
}
const bars = (element) =>
  findAll(element, 'rect').map((bar) => [Number(bar.getAttribute('x')), Number(bar.getAttribute('width'))]);

describe('c-erp-aged-receivables', () => {
  it('draws a bar for each age, each with a pattern of its own, beside the same figures as a table', async () => {
    const element = await showAged(statistics(200, 100, 50, 0));
    expect(bars(element)).toEqual([
      [0, 100],
      [0, 50],
      [0, 25],
      [0, 0]
    ]);
    expect(new Set(findAll(element, 'rect').map((bar) => bar.getAttribute('class'))).size).toBe(4);
    expect(findAll(element, 'tbody tr').map(textOf)).toEqual([
      'c.Erp_Aged_Current€200.00',
      '1 - 30 days€100.00',
      '31 - 60 days€50.00',
      'Over 60 days€0.00'
    ]);
    expect(find(element, 'svg').getAttribute('aria-hidden')).toBe('true');
    await expect(element).toBeAccessible();
  });

  it('draws credit on the other side of the axis', async () => {
    const element = await showAged(statistics(-50, 150, 0, 0));
    expect(bars(element).slice(0, 2)).toEqual([
      [0, 25],
      [25, 75]
    ]);
  });

  it('draws nothing where nothing is owed, or nothing is known', async () => {
    expect(find(await showAged(statistics(0, 0, 0, 0)), 'svg')).toBeNull();
    expect(findAll(await showAged(undefined), 'tbody tr')).toHaveLength(0);
  });
});
