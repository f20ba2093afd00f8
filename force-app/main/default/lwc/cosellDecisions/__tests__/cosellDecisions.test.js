import { graphql } from 'lightning/graphql';
import { updateRecord } from 'lightning/uiRecordApi';
import { getObjectInfo } from 'lightning/uiObjectInfoApi';
import CosellDecisions from 'c/cosellDecisions';
import { RECORD_ID, find, findAll, recordEvents, settle, show, textOf } from 'test/page';
import { emitOpenIssues, issueNode } from 'test/queries';

const PARKED = {
  Kind__c: 'Problem',
  Code__c: 'REJECTED',
  Field__c: null,
  Message__c: 'Partner Center refused the change.',
  Status__c: 'Parked'
};

async function showDecisions({ editable = true } = {}) {
  const element = show('c-cosell-decisions', CosellDecisions, { recordId: RECORD_ID });
  getObjectInfo.emit({
    apiName: 'Cosell_Issue__c',
    updateable: true,
    fields: { Resolution__c: { apiName: 'Resolution__c', updateable: editable } }
  });
  await settle();
  return element;
}
const cards = (element) => findAll(element, 'li');
const buttons = (element) => findAll(element, 'lightning-button');
const valueOf = (element, side) => textOf(find(element, `[data-side="${side}"]`));

describe('c-cosell-decisions', () => {
  it('takes no room while nothing waits', async () => {
    const element = await showDecisions();
    emitOpenIssues([]);
    await settle();
    expect(find(element, 'section')).toBeNull();
    expect(textOf(element.shadowRoot)).toBe('');
    await expect(element).toBeAccessible();
  });

  it('waits for the record id', async () => {
    show('c-cosell-decisions', CosellDecisions);
    await settle();
    expect(graphql.getLastConfig().query).toBeUndefined();
  });

  it('shows a conflict with both values, both times and the value before', async () => {
    const element = await showDecisions();
    emitOpenIssues([issueNode(1)]);
    await settle();
    expect(textOf(find(element, 'h4'))).toBe('c.Cosell_Field_Deal_Value');
    expect(['salesforce', 'partnerCenter', 'agreed'].map((side) => valueOf(element, side))).toEqual(['5', '6', '1000']);
    expect(findAll(element, 'lightning-relative-date-time').map(({ value }) => value)).toEqual([
      Date.parse('2026-03-02T09:00:00.000Z'),
      Date.parse('2026-03-02T09:01:00.000Z')
    ]);
    expect(buttons(element).map(({ label }) => label)).toEqual([
      'c.Cosell_Keep_Salesforce',
      'c.Cosell_Keep_Partner_Center'
    ]);
    await expect(element).toBeAccessible();
  });

  it('says a plain conflict in the language of the page, and any other as the service put it', async () => {
    const element = await showDecisions();
    emitOpenIssues([
      issueNode(1, { Message__c: 'Deal value was changed in Salesforce and in Partner Center.' }),
      issueNode(2, { Field__c: 'Margin', Message__c: 'Margin was changed. It cannot be kept.' }),
      issueNode(3, { Code__c: 'BRAND_NEW', Field__c: 'Margin', Message__c: 'Something new.' })
    ]);
    await settle();
    const texts = cards(element).map((card) => textOf(card));
    expect(texts[0]).toContain('c.Cosell_Conflict_Textc.Cosell_Step_CONFLICT');
    expect(texts[1]).toContain('MarginMargin was changed. It cannot be kept.Keep one.');
    expect(texts[2]).toContain('MarginSomething new.Keep one.');
  });

  it('shows an empty value as such, and no time that is unknown', async () => {
    const element = await showDecisions();
    emitOpenIssues([issueNode(1, { Salesforce_Value__c: null, Salesforce_Changed_At__c: null })]);
    await settle();
    expect(valueOf(element, 'salesforce')).toBe('c.Cosell_Empty_Value');
    expect(findAll(element, 'lightning-relative-date-time')).toHaveLength(1);
  });

  it('offers another try for a problem that is parked, and nothing for one that is tried anyway', async () => {
    const element = await showDecisions();
    emitOpenIssues([issueNode(1, PARKED), issueNode(2, { ...PARKED, Status__c: 'Open' })]);
    await settle();
    expect(cards(element)).toHaveLength(1);
    expect(find(element, 'dl')).toBeNull();
    expect(buttons(element).map(({ label }) => label)).toEqual(['c.Cosell_Try_Again']);
    await expect(element).toBeAccessible();
  });

  it('offers no answer that can only fail: what Partner Center takes once is set back here', async () => {
    const element = await showDecisions();
    emitOpenIssues([issueNode(1, { Code__c: 'ALREADY_SET' })]);
    await settle();
    expect(buttons(element)).toHaveLength(0);
    expect(textOf(cards(element)[0])).toContain('Keep one.');
  });

  it.each([
    ['conflict', {}, 0, 'KeepSalesforce'],
    ['conflict', {}, 1, 'KeepPartnerCenter'],
    ['parked problem', PARKED, 0, 'Retry']
  ])('stores the answer to a %s (%#) and tells the section', async (_, values, index, answer) => {
    const element = await showDecisions();
    const refresh = jest.fn().mockResolvedValue(undefined);
    const changes = recordEvents(element, 'change');
    updateRecord.mockResolvedValue({});
    emitOpenIssues([issueNode(1, values)], refresh);
    await settle();
    buttons(element)[index].click();
    await settle();
    expect(updateRecord).toHaveBeenCalledWith({ fields: { Id: 'a04000000000001AAA', Resolution__c: answer } });
    expect(refresh).toHaveBeenCalled();
    expect(changes).toHaveLength(1);
  });

  it('says that an answer waits for the service, and asks no more', async () => {
    const element = await showDecisions();
    emitOpenIssues([issueNode(1, { Resolution__c: 'KeepSalesforce' })]);
    await settle();
    expect(textOf(find(element, 'li [role="status"]'))).toBe('c.Cosell_Answer_Waiting');
    expect(buttons(element)).toHaveLength(0);
    await expect(element).toBeAccessible();
  });

  it('announces that an answer was carried out', async () => {
    const element = await showDecisions();
    emitOpenIssues([issueNode(1, { Resolution__c: 'KeepSalesforce' })]);
    await settle();
    emitOpenIssues([]);
    await settle();
    expect(textOf(find(element, '[aria-live="polite"]'))).toBe('c.Cosell_Answer_Done');
  });

  it('announces that an answer could not be carried out, and asks again', async () => {
    const element = await showDecisions();
    emitOpenIssues([issueNode(1, { Resolution__c: 'KeepSalesforce' })]);
    await settle();
    emitOpenIssues([issueNode(1, { Message__c: 'It is not written in Salesforce.' })]);
    await settle();
    expect(textOf(find(element, '[aria-live="polite"]'))).toBe('c.Cosell_Answer_Failed');
    expect(buttons(element)).toHaveLength(2);
  });

  it('does not announce what went away by itself', async () => {
    const element = await showDecisions();
    emitOpenIssues([issueNode(1)]);
    await settle();
    emitOpenIssues([]);
    await settle();
    expect(textOf(find(element, '[aria-live="polite"]'))).toBe('');
  });

  it('says why an answer was not saved', async () => {
    const element = await showDecisions();
    const toasts = recordEvents(element, 'lightning__showtoast');
    updateRecord.mockRejectedValue({ body: { message: 'No access.' } });
    emitOpenIssues([issueNode(1)]);
    await settle();
    buttons(element)[0].click();
    await settle();
    expect(toasts[0]).toMatchObject({ title: 'c.Cosell_Save_Failed', message: 'No access.', variant: 'error' });
    expect(buttons(element)).toHaveLength(2);
  });

  it('asks nobody who may not answer', async () => {
    const element = await showDecisions({ editable: false });
    emitOpenIssues([issueNode(1)]);
    await settle();
    expect(buttons(element)).toHaveLength(0);
    expect(cards(element)).toHaveLength(1);
  });

  it('tells when the query fails', async () => {
    const element = await showDecisions();
    graphql.emitErrors([{ message: 'Bad' }]);
    await settle();
    expect(find(element, 'c-error-panel').errors).toEqual([{ message: 'Bad' }]);
  });
});
