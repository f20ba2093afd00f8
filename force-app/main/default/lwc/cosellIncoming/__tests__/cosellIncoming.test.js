import { getObjectInfo, getPicklistValues } from 'lightning/uiObjectInfoApi';
import { updateRecord } from 'lightning/uiRecordApi';
import CosellIncoming from 'c/cosellIncoming';
import { RECORD_ID, find, recordEvents, settle, show, textOf } from 'test/page';
import { cosellRecord } from 'test/records';

const open = { closed: false, won: false };
const stages = [
  ['On Hold', open],
  ['Qualification', open],
  ['Negotiation', open],
  ['Closed Won', { closed: true, won: true }],
  ['Closed Lost', { closed: true, won: false }]
].map(([value, attributes]) => ({ label: value, value, attributes }));
const reasons = ['Budget', 'Other'].map((value) => ({ label: value, value }));
const OFFER = cosellRecord({
  sync: true,
  referralId: 'r',
  referralStatus: 'New',
  stage: 'On Hold',
  origin: 'Microsoft',
  expiresOn: '2026-03-16T09:00:00.000Z'
});

async function showOffer({ record = OFFER, editable = true, valid = true } = {}) {
  const element = show('c-cosell-incoming', CosellIncoming, { record, recordId: RECORD_ID, recordTypeId: 't' });
  const toasts = recordEvents(element, 'lightning__showtoast');
  const changes = recordEvents(element, 'change');
  await settle();
  const isOf =
    (name) =>
    ({ fieldApiName }) =>
      fieldApiName.fieldApiName === name;
  getPicklistValues.emit({ values: stages }, isOf('StageName'));
  getPicklistValues.emit({ values: reasons }, isOf('Referral_Decline_Reason__c'));
  getObjectInfo.emit({ updateable: true, fields: { StageName: { updateable: editable } } });
  await settle();
  const press = async (action) => {
    const field = find(element, 'lightning-combobox');
    if (field) field.reportValidity = () => valid;
    find(element, `[data-action="${action}"]`).click();
    await settle();
  };
  return { element, toasts, changes, press };
}
const field = (element) => find(element, 'lightning-combobox');
/** As the base component reports it: the event bubbles out of the component unless it is stopped. */
function choose(element, value) {
  field(element).reportValidity = () => true;
  field(element).dispatchEvent(new CustomEvent('change', { detail: { value }, bubbles: true, composed: true }));
}

describe('c-cosell-incoming', () => {
  it.each([
    ['Microsoft', 'c.Cosell_Incoming_From_Microsoft'],
    ['Partner', 'c.Cosell_Incoming_From_Partner']
  ])('says who offers the deal (%s) and until when', async (origin, text) => {
    const { element } = await showOffer({ record: { ...OFFER, origin } });
    expect(textOf(element.shadowRoot)).toContain(text);
    expect(find(element, 'lightning-formatted-date-time').value).toBe(OFFER.expiresOn);
    await expect(element).toBeAccessible();
  });

  it('accepts by leaving the stage on which the deal waits', async () => {
    updateRecord.mockResolvedValue({});
    const { element, changes, press } = await showOffer();
    await press('accept');
    expect(field(element).options.map(({ value }) => value)).toEqual(['Qualification', 'Negotiation']);
    expect(field(element).value).toBe('Qualification');
    await expect(element).toBeAccessible();
    choose(element, 'Negotiation');
    await press('confirm');
    expect(updateRecord).toHaveBeenCalledWith({ fields: { Id: RECORD_ID, StageName: 'Negotiation' } });
    expect(changes).toHaveLength(1);
    expect(textOf(element.shadowRoot)).toContain('c.Cosell_Incoming_Accepted');
    expect(find(element, '[data-action]')).toBeNull();
  });

  it('declines by closing the deal as lost, with the reason', async () => {
    updateRecord.mockResolvedValue({});
    const { element, press } = await showOffer();
    await press('decline');
    expect(textOf(element.shadowRoot)).toContain('c.Cosell_Incoming_Decline_Text');
    choose(element, 'Budget');
    await press('confirm');
    expect(updateRecord).toHaveBeenCalledWith({
      fields: { Id: RECORD_ID, StageName: 'Closed Lost', Referral_Decline_Reason__c: 'Budget' }
    });
    expect(textOf(element.shadowRoot)).toContain('c.Cosell_Incoming_Declined');
  });

  it('does not decline without a reason', async () => {
    const { press } = await showOffer({ valid: false });
    await press('decline');
    await press('confirm');
    expect(updateRecord).not.toHaveBeenCalled();
  });

  it.each([
    ['the button', (element) => find(element, '[data-action="cancel"]').click()],
    [
      'Escape',
      (element) => field(element).dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }))
    ]
  ])('takes an answer back by %s and gives the focus to where it came from', async (_, cancel) => {
    const { element, press } = await showOffer();
    await press('decline');
    const focus = jest.spyOn(HTMLElement.prototype, 'focus').mockImplementation(function focused() {
      focus.on = this.dataset.action;
    });
    cancel(element);
    await settle();
    expect(focus.on).toBe('decline');
    focus.mockRestore();
    expect(field(element)).toBeNull();
  });

  it('says why an answer was not saved, and keeps it', async () => {
    updateRecord.mockRejectedValueOnce({ body: { message: 'Stage is locked' } });
    const { element, toasts, changes, press } = await showOffer();
    await press('accept');
    await press('confirm');
    expect(toasts).toMatchObject([{ variant: 'error', message: 'Stage is locked' }]);
    expect(changes).toHaveLength(0);
    expect(field(element).value).toBe('Qualification');
  });

  it('tells a user who may not change the stage who can answer', async () => {
    const { element } = await showOffer({ editable: false });
    expect(find(element, '[data-action]')).toBeNull();
    expect(textOf(element.shadowRoot)).toContain('c.Cosell_Incoming_No_Access');
    await expect(element).toBeAccessible();
  });
});
