import { getRecord, updateRecord } from 'lightning/uiRecordApi';
import { getObjectInfo } from 'lightning/uiObjectInfoApi';
import { subscribe } from 'lightning/empApi';
import ErpPanel from 'c/erpPanel';
import { RECORD_ID, find, recordEvents, settle, show, textOf } from 'test/page';

const record = (values = {}) => ({
  id: RECORD_ID,
  apiName: 'Opportunity',
  fields: Object.fromEntries(
    Object.entries({
      ERP_Refresh_Requested__c: null,
      ERP_Refreshed__c: '2026-03-01T09:00:00.000Z',
      ERP_Refresh_Code__c: null,
      ERP_Refresh_Message__c: null,
      AccountId: '001000000000001AAA',
      CloseDate: '2026-04-01',
      ...values
    }).map(([name, content]) => [name, { value: content }])
  )
});
const info = (updateable) => ({
  apiName: 'Opportunity',
  updateable: true,
  fields: { ERP_Refresh_Requested__c: { apiName: 'ERP_Refresh_Requested__c', updateable } }
});
const ASKED = { ERP_Refresh_Requested__c: '2026-03-02T09:00:00.000Z' };

async function showPanel(values, { mayRefresh = true, objectApiName = 'Opportunity' } = {}) {
  subscribe.mockRejectedValueOnce(new Error('no channel'));
  const element = show('c-erp-panel', ErpPanel, { recordId: RECORD_ID, objectApiName });
  getObjectInfo.emit(info(mayRefresh));
  if (values) getRecord.emit(record(values));
  await settle();
  return element;
}
const button = (element) => find(element, 'lightning-button');
const says = (element, state) => find(element, `[data-state="${state}"]`);

beforeEach(() => {
  updateRecord.mockReset();
  updateRecord.mockResolvedValue({});
  jest.useRealTimers();
});

describe('c-erp-panel', () => {
  it('shows products and the account of an opportunity', async () => {
    const element = await showPanel({});
    expect(find(element, 'c-erp-availability').dueBy).toBe('2026-04-01');
    expect(find(element, 'c-erp-statistics').accountId).toBe('001000000000001AAA');
    await expect(element).toBeAccessible();
  });

  it('shows the figures of an account without products', async () => {
    const element = await showPanel({}, { objectApiName: 'Account' });
    expect(find(element, 'c-erp-availability')).toBeNull();
    expect(find(element, 'c-erp-statistics').accountId).toBe(RECORD_ID);
  });

  it('asks for a refresh, says so, and tells when the answer is here', async () => {
    const element = await showPanel({});
    button(element).click();
    await settle();
    expect(updateRecord.mock.calls[0][0].fields).toMatchObject({ Id: RECORD_ID });
    expect(Date.parse(updateRecord.mock.calls[0][0].fields.ERP_Refresh_Requested__c)).not.toBeNaN();
    getRecord.emit(record(ASKED));
    await settle();
    expect(textOf(says(element, 'progress'))).toBe('c.Erp_Refreshing');
    expect(button(element).disabled).toBe(true);
    button(element).click();
    expect(updateRecord).toHaveBeenCalledTimes(1);
    getRecord.emit(record({ ERP_Refreshed__c: '2026-03-02T09:00:01.000Z' }));
    await settle();
    expect(textOf(says(element, 'progress'))).toBe('c.Erp_Done');
    expect(button(element).disabled).toBe(false);
  });

  it('says that nobody answers after a while', async () => {
    jest.useFakeTimers();
    const element = await showPanel({});
    button(element).click();
    await settle();
    getRecord.emit(record(ASKED));
    jest.advanceTimersByTime(14_999);
    await settle();
    expect(says(element, 'slow')).toBeNull();
    jest.advanceTimersByTime(1);
    await settle();
    expect(says(element, 'slow')).not.toBeNull();
  });

  it('shows what went wrong at the last refresh', async () => {
    const element = await showPanel({ ERP_Refresh_Code__c: 'UNREACHABLE', ERP_Refresh_Message__c: 'It is off.' });
    expect(textOf(says(element, 'failed'))).toContain('It is off.');
    await expect(element).toBeAccessible();
  });

  it('tells a failed request', async () => {
    const element = await showPanel({});
    const toasts = recordEvents(element, 'lightning__showtoast');
    updateRecord.mockRejectedValueOnce({ body: { message: 'locked' } });
    button(element).click();
    await settle(10);
    expect(toasts).toHaveLength(1);
    expect(button(element).disabled).toBe(false);
  });

  it('offers no refresh to a user who may only look', async () => {
    const element = await showPanel({ ERP_Refreshed__c: null }, { mayRefresh: false });
    expect(button(element)).toBeNull();
    expect(says(element, 'read-only')).not.toBeNull();
    expect(textOf(says(element, 'never'))).toBe('c.Erp_Never_Read_Only');
    await expect(element).toBeAccessible();
  });

  it('says that nothing was looked up yet, and what a user lacks who may not see the fields', async () => {
    expect(textOf(says(await showPanel({ ERP_Refreshed__c: null }), 'never'))).toBe('c.Erp_Never');
    const element = await showPanel(undefined);
    expect(find(element, 'c-cosell-skeleton')).not.toBeNull();
    getRecord.emit({ id: RECORD_ID, apiName: 'Opportunity', fields: {} });
    await settle();
    expect(says(element, 'no-access')).not.toBeNull();
  });

  it('shows an error of the record and looks again on request', async () => {
    const element = await showPanel(undefined);
    getRecord.error({ message: 'gone' });
    await settle();
    find(element, 'c-error-panel').dispatchEvent(new CustomEvent('retry'));
    element.remove();
    expect(find(element, 'c-cosell-skeleton')).toBeNull();
  });
});
