import CosellDealKind from 'c/cosellDealKind';
import { find, findAll, show, textOf } from 'test/page';
import { cosellRecord } from 'test/records';

const showKind = (values, more = {}) =>
  show('c-cosell-deal-kind', CosellDealKind, { record: cosellRecord(values), ...more });
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

  it.each([
    ['asked', { help: 'General or Other', microsoftStatus: 'New' }, 'c.Cosell_Kind_Cosell_Text'],
    ['joined', { microsoftStatus: 'Active' }, 'c.Cosell_Kind_Cosell_Joined'],
    ['left', { microsoftStatus: 'Closed' }, 'c.Cosell_Kind_Cosell_Left'],
    ['not said while an offer waits', { sync: true, referralId: 'r', referralStatus: 'New', origin: 'Microsoft' }, ''],
    ['not said once the deal is closed', { microsoftStatus: 'Active', state: 'Closed' }, '']
  ])('says what part Microsoft has: %s', (_, values, expected) => {
    expect(textOf(text(showKind(values), 'kind'))).toBe(expected);
  });

  it.each([
    ['PartnerLed', 'c.Cosell_Kind_Default_PartnerLed'],
    ['Cosell', 'c.Cosell_Kind_Default_Cosell']
  ])('says that new deals are %s, where the rep chose nothing', async (kindByDefault, expected) => {
    const element = showKind({}, { kindByDefault });
    expect(current(element)).toEqual([kindByDefault]);
    expect(textOf(text(element, 'kind'))).toBe(expected);
    await expect(element).toBeAccessible();
  });

  it('keeps to what the rep chose, whatever new deals are', () => {
    const element = showKind({ help: 'General or Other' }, { kindByDefault: 'PartnerLed' });
    expect(textOf(text(element, 'kind'))).toBe('c.Cosell_Kind_Cosell_Text');
  });

  it('offers no upgrade of a closed deal', () => {
    expect(text(showKind({ state: 'Closed' }), 'next')).toBeNull();
  });

  it('shows nothing without a record', () => {
    expect(find(show('c-cosell-deal-kind', CosellDealKind), 'section')).toBeNull();
  });
});
