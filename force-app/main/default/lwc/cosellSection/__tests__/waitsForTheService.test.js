import { graphql } from 'lightning/graphql';
import { subscribe } from 'lightning/empApi';
import LightningConfirm from 'lightning/confirm';
import { getRecord, notifyRecordUpdateAvailable } from 'lightning/uiRecordApi';
import CosellSection from 'c/cosellSection';
import { RECORD_ID, find, settle, show } from 'test/page';
import { auditNode, emitAudit, emitEntries } from 'test/queries';
import { SYNCED, uiRecord } from 'test/records';

const state = (element) => find(element, 'c-cosell-sync-state').state;
const edit = async (element, name, value) => {
  find(element, 'c-cosell-controls').dispatchEvent(new CustomEvent('edit', { detail: { name, value } }));
  await settle(10);
};
const pass = async (milliseconds) => {
  jest.advanceTimersByTime(milliseconds);
  await settle();
};

async function showSection(values) {
  subscribe.mockRejectedValueOnce(new Error('no channel'));
  const element = show('c-cosell-section', CosellSection, { recordId: RECORD_ID });
  getRecord.emit(uiRecord(values));
  await settle();
  return element;
}

beforeEach(() => {
  LightningConfirm.open = jest.fn().mockResolvedValue(true);
  jest.useFakeTimers();
});

describe('c-cosell-section after an edit', () => {
  it('looks twice a second until the service has answered', async () => {
    const element = await showSection({});
    await edit(element, 'sync', true);
    expect(state(element)).toBe('Pending');
    await pass(2_000);
    expect(notifyRecordUpdateAvailable).toHaveBeenCalledTimes(4);

    getRecord.emit(uiRecord(SYNCED));
    await settle();
    expect(state(element)).toBe('Synced');
    await pass(10_000);
    expect(notifyRecordUpdateAvailable).toHaveBeenCalledTimes(4);
  });

  it('shows the audit rows that came with the answer', async () => {
    const element = await showSection({});
    const refreshAudit = jest.fn().mockResolvedValue();
    const refreshSolutions = jest.fn().mockResolvedValue();
    emitAudit([auditNode(1)], { refresh: refreshAudit });
    emitEntries([], refreshSolutions);
    await edit(element, 'sync', true);
    getRecord.emit(uiRecord(SYNCED));
    await settle();
    expect([refreshAudit, refreshSolutions].map((mock) => mock.mock.calls.length)).toEqual([1, 1]);
    await pass(1_000);
    expect([refreshAudit, refreshSolutions].map((mock) => mock.mock.calls.length)).toEqual([2, 2]);
    expect(graphql.getLastConfig()).toBeDefined();
  });

  it('waits for an edit of a synced deal too, but not for ever', async () => {
    const element = await showSection(SYNCED);
    await edit(element, 'help', 'General or Other');
    expect(state(element)).toBe('Pending');
    getRecord.emit(uiRecord({ ...SYNCED, How_can_Microsoft_help__c: 'General or Other' }));
    await settle();
    expect(state(element)).toBe('Pending');
    await pass(9_000);
    expect(state(element)).toBe('Pending');
    await pass(1_000);
    expect(state(element)).toBe('Synced');
  });

  it('waits after a change of the solutions', async () => {
    const element = await showSection(SYNCED);
    find(element, 'c-cosell-solutions').dispatchEvent(new CustomEvent('change'));
    await settle();
    expect(state(element)).toBe('Pending');
  });

  it('waits for nothing while the sync is off', async () => {
    const element = await showSection({});
    await edit(element, 'help', 'General or Other');
    expect(state(element)).toBe('NotShared');
    await pass(10_000);
    expect(notifyRecordUpdateAvailable).not.toHaveBeenCalled();
  });

  it('stops looking when it leaves the page', async () => {
    const element = await showSection({ Sync_with_Partner_Center__c: true });
    element.remove();
    await pass(60_000);
    expect(notifyRecordUpdateAvailable).not.toHaveBeenCalled();
  });
});
