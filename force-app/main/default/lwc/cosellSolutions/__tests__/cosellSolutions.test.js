import { createRecord, deleteRecord } from 'lightning/uiRecordApi';
import { graphql } from 'lightning/graphql';
import { getObjectInfo } from 'lightning/uiObjectInfoApi';
import CosellSolutions from 'c/cosellSolutions';
import { RECORD_ID, find, findAll, recordEvents, settle, show, textOf } from 'test/page';
import { emitEntries, isEntries, solution } from 'test/queries';
import { objectInfo } from 'test/records';

async function showSolutions(
  solutions,
  { canEdit = true, isClosed = false, refresh = jest.fn().mockResolvedValue() } = {}
) {
  const element = show('c-cosell-solutions', CosellSolutions, { recordId: RECORD_ID, isClosed });
  await settle();
  getObjectInfo.emit(objectInfo('Opportunity_Microsoft_Solution__c', { createable: canEdit, deletable: canEdit }));
  if (solutions) emitEntries(solutions, refresh);
  await settle();
  return {
    element,
    refresh,
    changes: recordEvents(element, 'change'),
    toasts: recordEvents(element, 'lightning__showtoast')
  };
}
const picker = (element) => find(element, 'c-cosell-solution-picker');
const removeButtons = (element) => findAll(element, 'lightning-button-icon');
const select = (element, detail) => picker(element).dispatchEvent(new CustomEvent('select', { detail }));

describe('c-cosell-solutions', () => {
  it('lists name, identifier and publisher', async () => {
    const { element } = await showSolutions([solution(1), solution(2, { Publisher_Name__c: { value: null } })]);
    expect(findAll(element, 'li p').map(textOf)).toEqual(['Solution 1', 'SOL-1 · Contoso', 'Solution 2', 'SOL-2']);
    expect(picker(element).excludedIds).toEqual([solution(1).Id, solution(2).Id]);
    await expect(element).toBeAccessible();
  });

  it('says that it is loading', async () => {
    const { element } = await showSolutions(undefined);
    expect(textOf(element.shadowRoot)).toContain('c.Cosell_Loading');
    expect(picker(element)).toBeNull();
  });

  it.each([
    [true, 'c.Cosell_Solutions_Empty_Step'],
    [false, 'c.Cosell_Solutions_Empty_Read_Only']
  ])('tells the next step while empty (may edit: %s)', async (canEdit, step) => {
    const { element } = await showSolutions([], { canEdit });
    expect(textOf(element.shadowRoot)).toContain(step);
    expect(picker(element) !== null).toBe(canEdit);
    await expect(element).toBeAccessible();
  });

  it('offers no change and no next step once the referral is closed', async () => {
    const { element } = await showSolutions([], { isClosed: true });
    expect(picker(element)).toBeNull();
    expect(textOf(element.shadowRoot)).not.toContain('_Step');
    expect(textOf(element.shadowRoot)).not.toContain('_Read_Only');
  });

  it('offers no change to a reader', async () => {
    const { element } = await showSolutions([solution(1)], { canEdit: false });
    expect(removeButtons(element)).toHaveLength(0);
    expect(picker(element)).toBeNull();
  });

  it('adds a solution, announces it and looks again', async () => {
    const { element, refresh, changes } = await showSolutions([solution(1)]);
    select(element, { id: solution(2).Id, name: 'Solution 2' });
    await settle();
    expect(createRecord).toHaveBeenCalledWith({
      apiName: 'Opportunity_Microsoft_Solution__c',
      fields: { Opportunity__c: RECORD_ID, Microsoft_Solution__c: solution(2).Id }
    });
    expect(refresh).toHaveBeenCalledTimes(1);
    expect(changes).toHaveLength(1);
    expect(textOf(find(element, '[role="status"]'))).toBe('c.Cosell_Solution_Added');
  });

  it('does not add a solution twice', async () => {
    const { element } = await showSolutions([solution(1)]);
    select(element, { id: solution(1).Id, name: 'Solution 1' });
    select(element, { id: solution(2).Id, name: 'Solution 2' });
    select(element, { id: solution(2).Id, name: 'Solution 2' });
    await settle();
    expect(createRecord).toHaveBeenCalledTimes(1);
  });

  it('removes a solution and keeps the focus in the list', async () => {
    const { element, refresh, changes } = await showSolutions([solution(1), solution(2)]);
    removeButtons(element)[1].click();
    await settle(10);
    expect(deleteRecord).toHaveBeenCalledWith('a02000000000001AAA');
    expect(refresh).toHaveBeenCalledTimes(1);
    expect(changes).toHaveLength(1);
    expect(element.shadowRoot.activeElement).toBe(find(element, 'h3'));
  });

  it('tells why a solution was not added', async () => {
    createRecord.mockRejectedValueOnce({ body: { message: 'Required fields are missing' } });
    const { element, refresh, changes, toasts } = await showSolutions([]);
    select(element, { id: solution(2).Id, name: 'Solution 2' });
    await settle();
    expect(toasts).toMatchObject([{ variant: 'error', message: 'Required fields are missing' }]);
    expect(refresh).not.toHaveBeenCalled();
    expect(changes).toHaveLength(0);
    expect(find(element, 'lightning-spinner')).toBeNull();
  });

  it('stops at the number of solutions that a referral takes', async () => {
    const { element } = await showSolutions(Array.from({ length: 50 }, (_, index) => solution(index)));
    expect(picker(element)).toBeNull();
    expect(textOf(element.shadowRoot)).toContain('c.Cosell_Solution_Limit');
  });

  it('tells when the list cannot be read', async () => {
    const { element } = await showSolutions(undefined);
    graphql.emitErrors([{ message: 'Bad' }], isEntries);
    await settle();
    expect(find(element, 'c-error-panel').errors).toEqual([{ message: 'Bad' }]);
  });
});
