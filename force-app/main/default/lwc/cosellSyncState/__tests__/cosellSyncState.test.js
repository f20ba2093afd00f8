import CosellSyncState from 'c/cosellSyncState';
import { find, findAll, settle, show, textOf } from 'test/page';

const showState = (properties) => show('c-cosell-sync-state', CosellSyncState, properties);

describe('c-cosell-sync-state', () => {
  it.each([
    ['NotShared', 'utility:info'],
    ['Pending', 'utility:sync'],
    ['Synced', 'utility:success'],
    ['Attention', 'utility:warning'],
    ['Conflict', 'utility:merge'],
    ['Error', 'utility:error'],
    ['Closed', 'utility:lock'],
    ['Paused', 'utility:pause']
  ])('tells %s by icon and words', async (state, icon) => {
    const element = showState({ state });
    expect(find(element, 'lightning-icon').iconName).toBe(icon);
    expect(find(element, 'lightning-badge').label).toBe(`c.Cosell_State_${state}`);
    expect(textOf(find(element, 'p'))).toBe(`c.Cosell_Text_${state}`);
    await expect(element).toBeAccessible();
  });

  it('lists what is missing with the next step', async () => {
    const element = showState({ state: 'Attention', issueCodes: 'CONTACT_MISSING;SOLUTION_MISSING' });
    expect(findAll(element, 'li p').map(textOf)).toEqual([
      'c.Cosell_Issue_CONTACT_MISSING',
      'c.Cosell_Step_CONTACT_MISSING',
      'c.Cosell_Issue_SOLUTION_MISSING',
      'c.Cosell_Step_SOLUTION_MISSING'
    ]);
    await expect(element).toBeAccessible();
  });

  it('says that a deal waits for an answer, without calling it incomplete', async () => {
    const element = showState({ state: 'Attention', issueCodes: 'AWAITING_ANSWER', message: 'The deal waits.' });
    expect(find(element, 'lightning-badge').label).toBe('c.Cosell_Incoming_Title');
    expect(find(element, 'p')).toBeNull();
    await expect(element).toBeAccessible();
    expect(findAll(element, 'li')).toHaveLength(0);
    element.issueCodes = 'AWAITING_ANSWER;REJECTED';
    await settle();
    expect(textOf(find(element, 'p'))).toBe('c.Cosell_Text_Attention');
    expect(findAll(element, 'li')).not.toHaveLength(0);
  });

  it.each(['Synced', 'Pending', 'Paused', 'Closed', 'NotShared'])('hides old issues while %s', (state) => {
    const element = showState({ state, issueCodes: 'CONTACT_MISSING' });
    expect(findAll(element, 'li')).toHaveLength(0);
  });

  it('shows an unknown state as waiting', () => {
    const element = showState({ state: 'Later' });
    expect(find(element, 'lightning-badge').label).toBe('c.Cosell_State_Pending');
  });

  it('announces changes politely in one lasting area', async () => {
    const element = showState({ state: 'Pending' });
    const area = find(element, '[role="status"]');
    expect(area.getAttribute('aria-live')).toBe('polite');
    element.state = 'Synced';
    await settle();
    expect(find(element, '[role="status"]')).toBe(area);
    expect(textOf(area)).toContain('c.Cosell_Text_Synced');
  });
});
