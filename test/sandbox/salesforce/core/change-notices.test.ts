import { describe, expect, it } from 'vitest';
import type { ChangeNotice, StoredComponent } from '../../../../sandbox/src/salesforce/core/contract.js';
import type { OrgHandle } from '../../../../sandbox/src/salesforce/core/org-handle.js';
import { addDeal, call, codeOf, deploy, newOrg } from './org-fixture.js';

function member(entity: string): StoredComponent {
  const xml = `<PlatformEventChannelMember><eventChannel>ChangeEvents</eventChannel><selectedEntity>${entity}</selectedEntity></PlatformEventChannelMember>`;
  const fullName = `ChangeEvents_${entity}`;
  const files = { [`platformEventChannelMembers/${fullName}.platformEventChannelMember`]: Buffer.from(xml) };
  return { type: 'PlatformEventChannelMember', fullName, files, lastModifiedDate: '2026-01-01T00:00:00.000Z' };
}

function listen(org: OrgHandle, channel = '/data/ChangeEvents'): ChangeNotice[] {
  const heard: ChangeNotice[] = [];
  org.changes.subscribe(channel, (notice) => heard.push(notice));
  return heard;
}

function selected() {
  const made = newOrg();
  deploy(made.org, { upsertComponents: [member('OpportunityChangeEvent')] });
  return made;
}

describe('change notices', () => {
  it('cannot be had for entities that are not selected', () => {
    const { org } = newOrg();
    expect(codeOf(() => listen(org))).toBe('INVALID_FIELD');
    deploy(org, { upsertComponents: [member('OpportunityChangeEvent')] });
    expect(codeOf(() => listen(org, '/data/OpportunityChangeEvent'))).toBe('none');
    expect(codeOf(() => listen(org, '/data/AccountChangeEvent'))).toBe('INVALID_FIELD');
  });

  it('tell kind, changed fields and values of selected entities only', () => {
    const { org, admin } = selected();
    const heard = listen(org);
    org.data.create(admin, 'Account', { Name: 'silent' });
    const id = addDeal(org, admin);
    org.data.update(admin, 'Opportunity', id, { StageName: 'Closed Won' });
    org.data.delete(admin, 'Opportunity', id);
    expect(heard.map((notice) => [notice.changeType, notice.recordIds])).toEqual([
      ['CREATE', [id]],
      ['UPDATE', [id]],
      ['DELETE', [id]]
    ]);
    expect(heard[1]?.changedFields).toEqual(
      expect.arrayContaining(['StageName', 'IsWon', 'Probability', 'LastModifiedDate'])
    );
    expect(heard[1]?.values).toMatchObject({ StageName: 'Closed Won', IsWon: true });
    const [first, second, third] = heard.map((notice) => notice.replayId);
    expect((first ?? 0) < (second ?? 0) && (second ?? 0) < (third ?? 0)).toBe(true);
  });

  it('come after the commit, one per record, and not at all after a roll-back', () => {
    const { org, admin } = selected();
    const heard = listen(org);
    org.data.transaction(admin, () => {
      const id = addDeal(org, admin);
      org.data.update(admin, 'Opportunity', id, { NextStep: 'a' });
      expect(heard).toHaveLength(0);
    });
    expect(heard).toMatchObject([{ changeType: 'CREATE', values: { NextStep: 'a' } }]);
    expect(() => {
      org.data.transaction(admin, () => {
        addDeal(org, admin);
        throw new Error('no');
      });
    }).toThrow('no');
    expect(heard).toHaveLength(1);
  });

  it('name the client of the call, and nobody for the user interface', async () => {
    const { org } = selected();
    const heard = listen(org);
    const values = { Name: 'Deal', StageName: 'Prospecting', CloseDate: '2026-12-31' };
    await call(org, 'POST', '/sobjects/Opportunity', values, {
      headers: { 'sforce-call-options': 'client=cosell-sync' }
    });
    await call(org, 'POST', '/sobjects/Opportunity', values);
    addDeal(org, org.sessionFor('ada.admin@cosell.example'));
    expect(heard.map((notice) => notice.changeOrigin)).toEqual([
      'com/salesforce/api/rest/66.0;client=cosell-sync',
      'com/salesforce/api/rest/66.0',
      ''
    ]);
  });

  it('can be replayed for 72 hours', () => {
    const { org, admin } = selected();
    addDeal(org, admin);
    org.clock.move(71 * 3_600_000);
    addDeal(org, admin);
    const ids = () => org.changes.replay('/data/OpportunityChangeEvent', -2).map((notice) => notice.replayId);
    expect(ids()).toEqual([1, 2]);
    expect(org.changes.replay('/data/ChangeEvents', 1)).toHaveLength(1);
    org.clock.move(2 * 3_600_000);
    expect(ids()).toEqual([2]);
  });

  it('are listed by the Tooling API as selected', async () => {
    const { org } = selected();
    const soql = 'q=SELECT+DeveloperName,SelectedEntity+FROM+PlatformEventChannelMember';
    expect((await call(org, 'GET', `/tooling/query?${soql}`)).body).toMatchObject({
      totalSize: 1,
      records: [{ SelectedEntity: 'OpportunityChangeEvent' }]
    });
    expect(await call(org, 'GET', `/query?${soql}`)).toMatchObject({
      status: 400,
      body: [{ errorCode: 'INVALID_TYPE' }]
    });
    deploy(org, {
      deleteComponents: [{ type: 'PlatformEventChannelMember', fullName: 'ChangeEvents_OpportunityChangeEvent' }]
    });
    expect((await call(org, 'GET', `/tooling/query?${soql}`)).body).toMatchObject({ totalSize: 0 });
  });
});
