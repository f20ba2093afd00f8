import { graphql } from 'lightning/graphql';
import CosellAuditTrail from 'c/cosellAuditTrail';
import { RECORD_ID, change, find, findAll, settle, show, textOf } from 'test/page';
import { auditNode, emitAudit } from 'test/queries';

async function showTrail() {
  const element = show('c-cosell-audit-trail', CosellAuditTrail, { recordId: RECORD_ID });
  await settle();
  return element;
}
const rows = (element) => findAll(element, 'li');
const badge = (row) => row.querySelector('lightning-badge');

describe('c-cosell-audit-trail', () => {
  it('asks for the ten newest entries of the record', async () => {
    const element = await showTrail();
    expect(graphql.getLastConfig().variables).toMatchObject({ recordId: RECORD_ID, first: 10 });
    expect(textOf(element.shadowRoot)).toContain('c.Cosell_Loading');
    emitAudit([]);
    await settle();
    expect(textOf(element.shadowRoot)).not.toContain('c.Cosell_Loading');
  });

  it.each([
    ['all', ['ToPartnerCenter', 'FromPartnerCenter', 'None'], ['Success', 'Attention', 'Conflict', 'Failed']],
    ['sent', ['ToPartnerCenter'], ['Success', 'Attention', 'Conflict', 'Failed']],
    ['received', ['FromPartnerCenter'], ['Success', 'Attention', 'Conflict', 'Failed']],
    ['problems', ['ToPartnerCenter', 'FromPartnerCenter', 'None'], ['Attention', 'Conflict', 'Failed']]
  ])('asks for %s, from the newest on', async (filter, directions, outcomes) => {
    const element = await showTrail();
    emitAudit([auditNode(1), auditNode(2)], { hasMore: true });
    await settle();
    find(element, 'lightning-button').click();
    change(find(element, 'lightning-combobox'), { value: filter });
    await settle();
    expect(graphql.getLastConfig().variables).toEqual({ recordId: RECORD_ID, first: 10, directions, outcomes });
  });

  it('offers no filter while there is nothing to leave out, and keeps it when nothing is left', async () => {
    const element = await showTrail();
    emitAudit([auditNode(1)]);
    await settle();
    expect(find(element, 'lightning-combobox')).toBeNull();
    emitAudit([auditNode(1), auditNode(2)]);
    await settle();
    change(find(element, 'lightning-combobox'), { value: 'problems' });
    emitAudit([]);
    await settle();
    expect(find(element, 'lightning-combobox').value).toBe('problems');
    expect(textOf(element.shadowRoot)).toContain('c.Cosell_Audit_No_Match');
    expect(textOf(element.shadowRoot)).not.toContain('c.Cosell_Audit_Empty');
    await expect(element).toBeAccessible();
  });

  it('waits for the record id', async () => {
    const element = show('c-cosell-audit-trail', CosellAuditTrail);
    await settle();
    expect(graphql.getLastConfig().query).toBeUndefined();
    expect(rows(element)).toHaveLength(0);
  });

  it('says what will be here while it is empty', async () => {
    const element = await showTrail();
    emitAudit([]);
    await settle();
    expect(textOf(element.shadowRoot)).toContain('c.Cosell_Audit_Empty');
    expect(textOf(element.shadowRoot)).toContain('c.Cosell_Audit_Empty_Step');
    await expect(element).toBeAccessible();
  });

  it.each([
    ['ToPartnerCenter', 'created', 'Success', 'utility:upload', 'c.Cosell_Action_created'],
    ['FromPartnerCenter', 'Updated', 'Attention', 'utility:download', 'c.Cosell_Action_updated'],
    ['None', 'checked', 'Conflict', 'utility:preview', 'c.Cosell_Action_checked'],
    ['None', 'conflict', 'Failed', 'utility:preview', 'c.Cosell_Action_conflict'],
    ['None', 'linked', 'Success', 'utility:preview', 'c.Cosell_Action_linked']
  ])('tells direction %s, action %s and outcome %s by words', async (direction, action, outcome, icon, label) => {
    const element = await showTrail();
    emitAudit([auditNode(1, { Direction__c: direction, Action__c: action, Outcome__c: outcome })]);
    await settle();
    const [row] = rows(element);
    expect(row.querySelector('lightning-icon').iconName).toBe(icon);
    expect(badge(row).label).toBe(`c.Cosell_Outcome_${outcome}`);
    expect(textOf(row)).toContain(label);
    expect(textOf(row)).toContain(`c.Cosell_Direction_${direction}`);
    await expect(element).toBeAccessible();
  });

  it('shows values of a newer service as they are', async () => {
    const element = await showTrail();
    emitAudit([auditNode(1, { Direction__c: null, Action__c: 'archived', Outcome__c: 'Skipped' })]);
    await settle();
    expect(textOf(rows(element)[0])).toContain('archived');
    expect(badge(rows(element)[0]).label).toBe('Skipped');
  });

  it.each([
    ['100', '250', '100 → 250'],
    [null, '250', 'c.Cosell_Empty_Value → 250'],
    ['100', null, '100 → c.Cosell_Empty_Value'],
    ['[]', '["a@x.example","b@x.example"]', 'c.Cosell_Empty_Value → a@x.example, b@x.example'],
    ['[draft] first', '["cut', '[draft] first → ["cut']
  ])('shows a change from %s to %s', async (from, to, expected) => {
    const element = await showTrail();
    emitAudit([auditNode(1, { Field__c: 'Amount', Old_Value__c: from, New_Value__c: to, Message__c: 'Sent.' })]);
    await settle();
    const [row] = rows(element);
    expect(textOf(row.querySelector('[aria-hidden]'))).toBe(expected);
    expect(textOf(row)).toContain('Amount');
    expect(textOf(row)).toContain('Sent.');
  });

  it('shows more on request', async () => {
    const element = await showTrail();
    emitAudit([auditNode(1)], { hasMore: true });
    await settle();
    find(element, 'lightning-button').click();
    await settle();
    expect(graphql.getLastConfig().variables.first).toBe(20);
    emitAudit([auditNode(1), auditNode(2)]);
    await settle();
    expect(rows(element)).toHaveLength(2);
    expect(find(element, 'lightning-button')).toBeNull();
  });

  it('runs the query again when asked, and keeps the rows when that fails', async () => {
    const element = await showTrail();
    const refresh = jest.fn().mockRejectedValue(new Error('offline'));
    emitAudit([auditNode(1)], { refresh });
    await settle();
    element.refresh();
    await settle();
    expect(refresh).toHaveBeenCalledTimes(1);
    expect(rows(element)).toHaveLength(1);
  });

  it('tells when the query fails', async () => {
    const element = await showTrail();
    graphql.emitErrors([{ message: 'Bad' }]);
    await settle();
    expect(find(element, 'c-error-panel').errors).toEqual([{ message: 'Bad' }]);
  });
});
