import CosellReferral from 'c/cosellReferral';
import { find, recordEvents, settle, show, textOf } from 'test/page';
import { cosellRecord } from 'test/records';

const RECORD = cosellRecord({
  referralId: 'ref-1',
  referralLink: 'https://partner.example/referrals/1',
  referralStatus: 'Active',
  referralSubstatus: 'Accepted',
  microsoftStatus: 'New',
  microsoftCrmId: '7-ABC',
  lastSync: '2026-03-02T09:00:02.000Z'
});
const showReferral = (record) => show('c-cosell-referral', CosellReferral, { record });
const field = (element, name) => find(element, `[data-field="${name}"]`);

describe('c-cosell-referral', () => {
  it('shows the facts', async () => {
    const element = showReferral(RECORD);
    expect(find(element, 'lightning-formatted-text').value).toBe('ref-1');
    expect(find(element, 'lightning-formatted-url')).toMatchObject({
      value: 'https://partner.example/referrals/1',
      target: '_blank',
      label: 'c.Cosell_Referral_Link_Text'
    });
    expect(textOf(field(element, 'referralStatus'))).toBe('Active / Accepted');
    expect(textOf(field(element, 'microsoftStatus'))).toBe('New');
    expect(textOf(field(element, 'microsoftCrmId'))).toBe('7-ABC');
    expect(find(element, 'lightning-relative-date-time').value).toBe(Date.UTC(2026, 2, 2, 9, 0, 2));
    await expect(element).toBeAccessible();
  });

  it('names Microsoft’s seller once there is one', async () => {
    expect(field(showReferral(RECORD), 'microsoftSeller')).toBeNull();
    const element = showReferral({ ...RECORD, microsoftSeller: 'Mia Field', microsoftSellerEmail: 'mia@example.com' });
    await settle();
    expect(textOf(field(element, 'microsoftSeller'))).toContain('Mia Field');
    expect(find(element, 'lightning-formatted-email').value).toBe('mia@example.com');
    await expect(element).toBeAccessible();
  });

  it('says in one sentence that there is no referral yet', async () => {
    const element = showReferral(cosellRecord());
    expect(textOf(find(element, '[data-text="none"]'))).toBe('c.Cosell_Referral_None');
    expect(find(element, 'dl')).toBeNull();
    await expect(element).toBeAccessible();
  });

  it('says "not yet" for what is still missing', async () => {
    const element = showReferral(cosellRecord({ referralId: 'ref-1', help: 'General or Other' }));
    for (const name of ['referralLink', 'referralStatus', 'microsoftStatus', 'microsoftCrmId', 'lastSync'])
      expect(textOf(field(element, name))).toBe('c.Cosell_Not_Yet');
    await expect(element).toBeAccessible();
  });

  it('does not wait for Microsoft where it is not invited', () => {
    const element = showReferral(cosellRecord({ referralId: 'ref-1', visible: true }));
    expect(textOf(field(element, 'microsoftStatus'))).toBe('c.Cosell_Not_Invited');
    expect(field(element, 'microsoftCrmId')).toBeNull();
  });

  it.each([
    ['copies', () => Promise.resolve(), 'success'],
    ['asks to copy by hand where the browser forbids it', () => Promise.reject(new Error('denied')), 'warning']
  ])('%s the referral ID', async (_, writeText, variant) => {
    const written = jest.fn(writeText);
    Object.defineProperty(navigator, 'clipboard', { value: { writeText: written }, configurable: true });
    const element = showReferral(RECORD);
    const toasts = recordEvents(element, 'lightning__showtoast');
    find(element, 'lightning-button-icon').click();
    await settle();
    expect(written).toHaveBeenCalledWith('ref-1');
    expect(toasts).toMatchObject([{ variant }]);
  });
});
