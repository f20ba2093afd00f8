import { getObjectInfo } from 'lightning/uiObjectInfoApi';
import { updateRecord } from 'lightning/uiRecordApi';
import CosellRetry from 'c/cosellRetry';
import { RECORD_ID, find, recordEvents, settle, show, textOf } from 'test/page';
import { emitOpenProblems } from 'test/queries';

const problem = (number, resolution = null) => ({
  Id: `a0400000000000${number}AAA`,
  Resolution__c: { value: resolution }
});

async function showRetry(problems, { editable = true } = {}) {
  const element = show('c-cosell-retry', CosellRetry, { recordId: RECORD_ID });
  const toasts = recordEvents(element, 'lightning__showtoast');
  const changes = recordEvents(element, 'change');
  await settle();
  getObjectInfo.emit({ updateable: true, fields: { Resolution__c: { updateable: editable } } });
  emitOpenProblems(problems);
  await settle();
  return { element, toasts, changes };
}
const button = (element) => find(element, 'lightning-button');

describe('c-cosell-retry', () => {
  it('asks the service to look at every open problem again, once', async () => {
    updateRecord.mockResolvedValue({});
    const { element, changes } = await showRetry([problem(1), problem(2)]);
    await expect(element).toBeAccessible();
    button(element).click();
    await settle();
    expect(updateRecord.mock.calls.map(([{ fields }]) => fields)).toEqual([
      { Id: 'a04000000000001AAA', Resolution__c: 'Retry' },
      { Id: 'a04000000000002AAA', Resolution__c: 'Retry' }
    ]);
    expect(changes).toHaveLength(1);
    expect(button(element)).toBeNull();
    expect(textOf(find(element, '[role="status"]'))).toBe('c.Cosell_Checking');
  });

  it.each([
    ['somebody asked already', [problem(1, 'Retry')], {}],
    ['there is no problem', [], {}],
    ['the user may not answer', [problem(1)], { editable: false }]
  ])('offers nothing when %s', async (_, problems, options) => {
    const { element } = await showRetry(problems, options);
    expect(button(element)).toBeNull();
  });

  it('says why asking failed, and lets the rep ask again', async () => {
    updateRecord.mockRejectedValueOnce({ body: { message: 'Record is locked' } });
    const { element, toasts, changes } = await showRetry([problem(1)]);
    button(element).click();
    await settle();
    expect(toasts).toMatchObject([{ variant: 'error', message: 'Record is locked' }]);
    expect(changes).toHaveLength(0);
    expect(button(element)).not.toBeNull();
  });
});
