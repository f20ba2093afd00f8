import LightningConfirm from 'lightning/confirm';
import { getRecord, notifyRecordUpdateAvailable, updateRecord } from 'lightning/uiRecordApi';
import { getObjectInfo } from 'lightning/uiObjectInfoApi';
import CosellSection from 'c/cosellSection';
import { RECORD_ID, find, recordEvents, settle, show, textOf } from 'test/page';
import { SYNCED, objectInfo, uiRecord } from 'test/records';

const isOpportunity = ({ objectApiName }) => objectApiName.objectApiName === 'Opportunity';
const child = (element, name) => find(element, `c-cosell-${name}`);
const edit = (element, name, value) =>
  child(element, 'controls').dispatchEvent(new CustomEvent('edit', { detail: { name, value } }));

async function showSection(values = {}, info = {}) {
  const element = show('c-cosell-section', CosellSection, { recordId: RECORD_ID });
  const toasts = recordEvents(element, 'lightning__showtoast');
  await settle();
  getObjectInfo.emit(objectInfo('Opportunity', info), isOpportunity);
  getRecord.emit(uiRecord(values));
  await settle();
  return { element, toasts };
}

beforeEach(() => {
  LightningConfirm.open = jest.fn().mockResolvedValue(true);
});

describe('c-cosell-section shows', () => {
  it('that it is loading', async () => {
    const element = show('c-cosell-section', CosellSection, { recordId: RECORD_ID });
    await settle();
    expect(child(element, 'skeleton')).not.toBeNull();
    expect(getRecord.getLastConfig()).toMatchObject({ recordId: RECORD_ID });
    await expect(element).toBeAccessible();
  });

  it('an opportunity that was never shared, without referral facts', async () => {
    const { element } = await showSection();
    expect(find(element, 'lightning-card').title).toBe('c.Cosell_Section_Title');
    expect(child(element, 'sync-state').state).toBe('NotShared');
    expect(child(element, 'referral')).toBeNull();
    expect(child(element, 'solutions')).toMatchObject({ recordId: RECORD_ID, isClosed: false });
    expect(child(element, 'audit-trail').recordId).toBe(RECORD_ID);
    expect(child(element, 'controls').recordTypeId).toBe('012000000000000AAA');
    await expect(element).toBeAccessible();
  });

  it('a shared one with its referral', async () => {
    const { element } = await showSection(SYNCED);
    expect(child(element, 'sync-state').state).toBe('Synced');
    expect(child(element, 'referral').record.referralId).toBe(SYNCED.Referral_Identifier__c);
  });

  it('a closed one without a way to change its solutions', async () => {
    const { element } = await showSection({ ...SYNCED, Cosell_Sync_State__c: 'Closed' });
    expect(child(element, 'sync-state').state).toBe('Closed');
    expect(child(element, 'solutions').isClosed).toBe(true);
  });

  it('why it cannot load, and tries again on request', async () => {
    const element = show('c-cosell-section', CosellSection, { recordId: RECORD_ID });
    getRecord.error({ message: 'Gone' }, 404, 'Not Found');
    await settle();
    expect(child(element, 'controls')).toBeNull();
    find(element, 'c-error-panel').dispatchEvent(new CustomEvent('retry'));
    expect(notifyRecordUpdateAvailable).toHaveBeenCalledWith([{ recordId: RECORD_ID }]);
  });

  it('what to ask for when the user has no access to the fields', async () => {
    const element = show('c-cosell-section', CosellSection, { recordId: RECORD_ID });
    getRecord.emit({ ...uiRecord(), fields: {} });
    await settle();
    expect(textOf(element.shadowRoot)).toContain('c.Cosell_No_Fields');
    expect(child(element, 'controls')).toBeNull();
  });

  it.each([
    ['no field access', { editable: [] }],
    ['no object access', { updateable: false }]
  ])('that it can only be read with %s', async (_, info) => {
    const { element } = await showSection({}, info);
    expect(textOf(element.shadowRoot)).toContain('c.Cosell_No_Access');
    expect(child(element, 'controls').access).toEqual({ sync: false, help: false, visible: false });
  });
});

describe('c-cosell-section saves', () => {
  it.each([
    ['sync', true, { Sync_with_Partner_Center__c: true }],
    ['help', 'General or Other', { How_can_Microsoft_help__c: 'General or Other' }],
    ['help', '', { How_can_Microsoft_help__c: null }],
    ['visible', true, { Referral_Visible_to_Microsoft_Sellers__c: true }]
  ])('%s = %j at once', async (name, value, fields) => {
    const { element } = await showSection();
    edit(element, name, value);
    expect(updateRecord).toHaveBeenCalledWith({ fields: { Id: RECORD_ID, ...fields } });
    await settle();
    expect(child(element, 'controls').record[name]).toBe(value);
  });

  it('shows the edit before the answer, and nothing is taken back when it arrives', async () => {
    let confirmSave;
    updateRecord.mockReturnValueOnce(new Promise((resolve) => (confirmSave = resolve)));
    const { element } = await showSection();
    edit(element, 'sync', true);
    await settle();
    expect(child(element, 'controls').record.sync).toBe(true);
    expect(child(element, 'controls').saved.sync).toBe(false);
    expect(textOf(element.shadowRoot)).toContain('c.Cosell_Saving');

    confirmSave({});
    await settle();
    expect(child(element, 'controls').record.sync).toBe(true);
    expect(child(element, 'sync-state').state).toBe('Pending');
    expect(textOf(element.shadowRoot)).not.toContain('c.Cosell_Saving');
  });

  it('the answer of a service that is quicker than the save itself', async () => {
    const { element } = await showSection();
    let confirmSave;
    updateRecord.mockReturnValueOnce(new Promise((resolve) => (confirmSave = resolve)));
    edit(element, 'sync', true);
    await settle();
    getRecord.emit(uiRecord({ Sync_with_Partner_Center__c: true, Cosell_Sync_State__c: 'Attention' }));
    confirmSave();
    await settle();
    expect(child(element, 'sync-state').state).toBe('Attention');
  });

  it('takes the edit back and says why when saving fails', async () => {
    updateRecord.mockRejectedValueOnce({ body: { message: 'Record is locked' } });
    const { element, toasts } = await showSection();
    edit(element, 'sync', true);
    await settle();
    expect(child(element, 'controls').record.sync).toBe(false);
    expect(toasts).toMatchObject([{ variant: 'error', title: 'c.Cosell_Save_Failed', message: 'Record is locked' }]);
  });

  it('follows the record after a saved edit', async () => {
    const { element } = await showSection();
    edit(element, 'sync', true);
    await settle();
    getRecord.emit(uiRecord({ Sync_with_Partner_Center__c: true }));
    getRecord.emit(uiRecord({ Sync_with_Partner_Center__c: false }));
    await settle();
    expect(child(element, 'controls').record.sync).toBe(false);
  });

  it('nothing before the record is there', async () => {
    const { element } = await showSection();
    getRecord.emit({ ...uiRecord(), fields: {} });
    edit(element, 'sync', true);
    expect(updateRecord).not.toHaveBeenCalled();
  });
});

const VISIBLE = { Referral_Visible_to_Microsoft_Sellers__c: true };
const HELP = { How_can_Microsoft_help__c: 'General or Other' };
const OFF = { Sync_with_Partner_Center__c: false };

describe('c-cosell-section asks before a step that cannot be taken back', () => {
  it.each([
    ['partnerLed', 'PartnerLed', ['c.Cosell_Confirm_Title']],
    ['private', 'Private', []]
  ])('knows what new deals become: %s', async (defaultDealKind, kind, asked) => {
    const { element } = await showSection();
    element.defaultDealKind = defaultDealKind;
    await settle();
    expect(child(element, 'deal-kind').kindByDefault).toBe(kind);
    expect(child(element, 'controls').kindByDefault).toBe(kind);
    edit(element, 'sync', true);
    await settle();
    expect(LightningConfirm.open.mock.calls.map(([{ label }]) => label)).toEqual(asked);
  });

  it.each([
    ['switching on a visible deal', VISIBLE, 'sync', true, ['c.Cosell_Confirm_Title']],
    ['making a synced deal visible', SYNCED, 'visible', true, ['c.Cosell_Confirm_Title']],
    ['switching on a deal with help', HELP, 'sync', true, ['c.Cosell_Confirm_Invite_Title']],
    ['asking for help with a synced private deal', SYNCED, 'help', 'Other', ['c.Cosell_Confirm_Invite_Title']],
    [
      'asking for help with a visible deal',
      { ...SYNCED, ...VISIBLE },
      'help',
      'Other',
      ['c.Cosell_Confirm_Invite_Title']
    ],
    [
      'asking for help while the sync is off',
      { ...SYNCED, ...OFF },
      'help',
      'Other',
      ['c.Cosell_Confirm_Invite_Title']
    ],
    ['changing the kind of help', { ...SYNCED, ...HELP }, 'help', 'Other', []],
    ['making a deal visible that is not shared', {}, 'visible', true, []],
    ['asking for help with a deal that is not shared', {}, 'help', 'Other', []],
    ['switching on a private deal', {}, 'sync', true, []],
    ['switching off a shared deal', { ...SYNCED, ...VISIBLE }, 'sync', false, []]
  ])('%s', async (_, values, name, value, questions) => {
    const { element } = await showSection(values);
    edit(element, name, value);
    await settle();
    expect(LightningConfirm.open.mock.calls.map(([{ label }]) => label)).toEqual(questions);
    expect(updateRecord).toHaveBeenCalledTimes(1);
  });

  it('and changes nothing when the answer is no', async () => {
    let answer;
    LightningConfirm.open.mockReturnValueOnce(new Promise((resolve) => (answer = resolve)));
    const { element } = await showSection(SYNCED);
    edit(element, 'visible', true);
    await settle();
    // The checkbox has to see the change, or it would not see it being taken back.
    expect(child(element, 'controls').record.visible).toBe(true);
    answer(false);
    await settle();
    expect(child(element, 'controls').record.visible).toBe(false);
    expect(updateRecord).not.toHaveBeenCalled();
  });

  it('and gives the focus back to the control when the answer is no', async () => {
    LightningConfirm.open.mockResolvedValueOnce(false);
    const { element } = await showSection(SYNCED);
    const focus = jest.spyOn(child(element, 'controls'), 'focusControl');
    edit(element, 'help', 'Other');
    await settle();
    expect(focus).toHaveBeenCalledWith('help');
  });
});

describe('c-cosell-section offers', () => {
  it.each([
    ['Attention', true],
    ['Error', true],
    ['Conflict', false],
    ['Synced', false]
  ])('another check in state %s: %s', async (state, offered) => {
    const { element } = await showSection({ ...SYNCED, Cosell_Sync_State__c: state });
    expect(child(element, 'retry') !== null).toBe(offered);
  });

  it('no other check while a deal only waits for an answer', async () => {
    const waiting = { Cosell_Sync_State__c: 'Attention', Cosell_Issue_Codes__c: 'AWAITING_ANSWER' };
    const { element } = await showSection({ ...SYNCED, ...waiting });
    expect(child(element, 'retry')).toBeNull();
  });

  it.each([
    ['a deal that waits for an answer', { ...SYNCED, Referral_Status__c: 'New' }, true],
    ['a deal that is being worked on', SYNCED, false],
    ['a deal that is not shared', { Referral_Status__c: 'New' }, false]
  ])('accept and decline for %s: %#', async (_, values, offered) => {
    const { element } = await showSection(values);
    expect(child(element, 'incoming') !== null).toBe(offered);
  });
});
