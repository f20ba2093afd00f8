import CosellDealKind from 'c/cosellDealKind';
import { find, findAll, show, textOf } from 'test/page';
import { cosellRecord } from 'test/records';

const showKind = (values) => show('c-cosell-deal-kind', CosellDealKind, { record: cosellRecord(values) });
const current = (element) => findAll(element, '[aria-current="step"]').map(({ dataset }) => dataset.kind);
const text = (element, name) => find(element, `[data-text="${name}"]`);

describe('c-cosell-deal-kind', () => {
  it.each([
    ['Private', {}, 'c.Cosell_Kind_Private_Next'],
    ['PartnerLed', { visible: true }, 'c.Cosell_Kind_PartnerLed_Next'],
    ['Cosell', { help: 'General or Other' }, null]
  ])('says who sees a deal of kind %s, and what would upgrade it', async (kind, values, next) => {
    const element = showKind(values);
    expect(current(element)).toEqual([kind]);
    expect(textOf(text(element, 'kind'))).toBe(`c.Cosell_Kind_${kind}_Text`);
    expect(text(element, 'next')?.textContent ?? null).toBe(next);
    await expect(element).toBeAccessible();
  });

  it('offers no upgrade of a closed deal', () => {
    expect(text(showKind({ state: 'Closed' }), 'next')).toBeNull();
  });

  it('shows nothing without a record', () => {
    expect(find(show('c-cosell-deal-kind', CosellDealKind), 'section')).toBeNull();
  });
});
