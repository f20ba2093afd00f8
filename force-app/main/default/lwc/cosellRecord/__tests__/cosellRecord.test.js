import {
  dealKind,
  isIncoming,
  isShared,
  kindOfSetting,
  outcomeOf,
  readCosell,
  shownState,
  upgradeBy
} from 'c/cosellRecord';
import { SYNCED, cosellRecord, uiRecord } from 'test/records';

describe('readCosell', () => {
  it('turns absent values into empty text', () => {
    expect(readCosell(uiRecord())).toEqual(cosellRecord());
  });

  it('reads a shared opportunity', () => {
    expect(readCosell(uiRecord(SYNCED))).toMatchObject({
      sync: true,
      referralId: SYNCED.Referral_Identifier__c,
      referralStatus: 'Active',
      state: 'Synced',
      modified: SYNCED.LastModifiedDate
    });
  });

  it('is undefined for a user without access to the fields', () => {
    const record = uiRecord();
    record.fields = { LastModifiedDate: record.fields.LastModifiedDate };
    expect(readCosell(record)).toBeUndefined();
  });
});

describe('isShared', () => {
  it.each([
    [{ visible: false, sync: true, referralId: 'r' }, false],
    [{ visible: true, sync: false, referralId: '' }, false],
    [{ visible: true, sync: true, referralId: '' }, true],
    [{ visible: true, sync: false, referralId: 'r' }, true]
  ])('%j is %s', (values, expected) => {
    expect(isShared(cosellRecord(values))).toBe(expected);
  });
});

describe('dealKind', () => {
  it.each([
    [{}, 'Private'],
    [{ visible: true }, 'PartnerLed'],
    [{ help: 'General or Other' }, 'Cosell'],
    [{ visible: true, help: 'General or Other' }, 'Cosell'],
    [{ visible: true, microsoftStatus: 'New' }, 'Cosell'],
    [{ origin: 'Microsoft' }, 'Cosell'],
    [{ origin: 'Partner' }, 'Private']
  ])('of %j is %s', (values, kind) => {
    expect(dealKind(cosellRecord(values))).toBe(kind);
  });

  it.each([
    ['nobody chose anything', {}, 'PartnerLed'],
    ['the rep asked for help', { help: 'General or Other' }, 'Cosell'],
    ['it was shared as private', { referralId: 'r' }, 'Private']
  ])('is that of new deals only while nothing is chosen or shared: %s', (_, values, kind) => {
    expect(dealKind(cosellRecord(values), 'PartnerLed')).toBe(kind);
  });

  it.each([
    ['private', 'Private'],
    ['partnerLed', 'PartnerLed'],
    ['coSell', 'Cosell'],
    [undefined, 'Private']
  ])('of the setting %s is %s', (setting, kind) => {
    expect(kindOfSetting(setting)).toBe(kind);
  });
});

describe('upgradeBy', () => {
  it.each([
    [{}, { visible: true }, undefined],
    [{ sync: true }, { visible: true }, 'PartnerLed'],
    [{ sync: true, visible: true }, { help: 'x' }, 'Cosell'],
    [{ help: 'x' }, { sync: true }, 'Cosell'],
    [{ referralId: 'r' }, { help: 'x' }, 'Cosell'],
    [{ sync: true, help: 'x' }, { help: '' }, undefined],
    [{ sync: true, help: 'x' }, { visible: true }, undefined]
  ])('from %j with %j is %s', (before, edit, kind) => {
    expect(upgradeBy(cosellRecord(before), cosellRecord({ ...before, ...edit }))).toBe(kind);
  });
});

describe('upgradeBy with a kind of new deals', () => {
  it('asks before a deal is shared for which nobody chose anything', () => {
    expect(upgradeBy(cosellRecord(), cosellRecord({ sync: true }), 'PartnerLed')).toBe('PartnerLed');
    expect(upgradeBy(cosellRecord(), cosellRecord({ sync: true }), 'Private')).toBeUndefined();
  });
});

describe('isIncoming', () => {
  it.each([
    [{ sync: true, referralId: 'r', referralStatus: 'New' }, true],
    [{ sync: true, referralId: 'r', referralStatus: 'Active' }, false],
    [{ sync: false, referralId: 'r', referralStatus: 'New' }, false],
    [{ sync: true, referralId: '', referralStatus: 'New' }, false]
  ])('%j is %s', (values, expected) => {
    expect(isIncoming(cosellRecord(values))).toBe(expected);
  });
});

describe('shownState', () => {
  it.each([
    ['never shared', {}, false, 'NotShared'],
    ['switched on, not yet seen by the service', { sync: true }, false, 'Pending'],
    ['switched on again after an error without referral', { sync: false, state: 'Attention' }, false, 'NotShared'],
    ['switched off after sharing', { sync: false, referralId: 'r', state: 'Synced' }, false, 'Paused'],
    ['in step', { sync: true, state: 'Synced' }, false, 'Synced'],
    ['in step, but just edited', { sync: true, state: 'Synced' }, true, 'Pending'],
    ['needs attention', { sync: true, state: 'Attention' }, false, 'Attention'],
    ['closed stays closed', { sync: false, referralId: 'r', state: 'Closed' }, true, 'Closed'],
    ['no state at all', { sync: true, state: '' }, false, 'Pending']
  ])('%s', (_, values, waiting, expected) => {
    expect(shownState(cosellRecord(values), waiting)).toBe(expected);
  });
});

describe('outcomeOf', () => {
  it('changes with what the service writes, not with what the rep edits', () => {
    const before = outcomeOf(cosellRecord());
    expect(outcomeOf(cosellRecord({ help: 'General or Other', sync: true }))).toBe(before);
    expect(outcomeOf(cosellRecord({ lastSync: '2026-03-02T09:00:00.000Z' }))).not.toBe(before);
    expect(outcomeOf(cosellRecord({ message: 'Missing' }))).not.toBe(before);
  });
});
