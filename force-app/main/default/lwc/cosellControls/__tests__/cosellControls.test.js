import { getPicklistValues } from 'lightning/uiObjectInfoApi';
import CosellControls from 'c/cosellControls';
import { change, find, recordEvents, settle, show, textOf } from 'test/page';
import { cosellRecord } from 'test/records';

const ALL = { sync: true, help: true, visible: true };
const control = (element, name) => find(element, `[data-control="${name}"]`);

function showControls({ record = {}, saved = record, access = ALL } = {}) {
  return show('c-cosell-controls', CosellControls, {
    record: cosellRecord(record),
    saved: cosellRecord(saved),
    access,
    recordTypeId: '012000000000000AAA'
  });
}

describe('c-cosell-controls', () => {
  it('shows the record', async () => {
    const element = showControls({ record: { sync: true, visible: true, help: 'General or Other' } });
    expect(control(element, 'sync').checked).toBe(true);
    expect(control(element, 'visible').checked).toBe(true);
    expect(control(element, 'help').value).toBe('General or Other');
    await expect(element).toBeAccessible();
  });

  it('is empty without a record', () => {
    const element = show('c-cosell-controls', CosellControls);
    expect(control(element, 'sync')).toBeNull();
  });

  it('offers the picklist of the record type, and no help', async () => {
    const element = showControls();
    await settle();
    expect(getPicklistValues.getLastConfig()).toMatchObject({ recordTypeId: '012000000000000AAA' });
    getPicklistValues.emit({ values: [{ label: 'Quotes', value: 'Quotes or Licensing', attributes: null }] });
    await settle();
    expect(control(element, 'help').options).toEqual([
      { label: 'c.Cosell_Help_None', value: '' },
      { label: 'Quotes', value: 'Quotes or Licensing' }
    ]);
  });

  it.each([
    ['sync', { checked: true }, { name: 'sync', value: true }],
    ['sync', { checked: false }, { name: 'sync', value: false }],
    ['help', { value: 'General or Other' }, { name: 'help', value: 'General or Other' }],
    ['visible', { checked: true }, { name: 'visible', value: true }]
  ])('sends an edit of %s to %j', (name, detail, expected) => {
    const element = showControls();
    const edits = recordEvents(element, 'edit');
    change(control(element, name), detail);
    expect(edits).toEqual([expected]);
  });

  const none = { sync: false, help: false, visible: false };
  it.each([
    ['open for a rep', {}, ALL, none],
    ['closed without edit access', {}, none, { sync: true, help: true, visible: true }],
    ['by field', {}, { ...none, help: true }, { sync: true, help: false, visible: true }],
    ['closed with the referral', { state: 'Closed' }, ALL, { sync: true, help: true, visible: true }],
    ['help locked once Microsoft is invited', { microsoftStatus: 'New' }, ALL, { ...none, help: true }],
    ['visibility locked once shared', { sync: true, visible: true }, ALL, { ...none, visible: true }],
    ['visibility open while nothing is shared', { visible: true }, ALL, none]
  ])('%s', (_, record, access, disabled) => {
    const element = showControls({ record, access });
    expect({
      sync: control(element, 'sync').disabled,
      help: control(element, 'help').disabled,
      visible: control(element, 'visible').disabled
    }).toEqual(disabled);
  });

  it('says why a control is locked', () => {
    const element = showControls({ record: { sync: true, visible: true, microsoftStatus: 'Active' } });
    expect(textOf(element.shadowRoot)).toContain('c.Cosell_Help_Locked');
    expect(textOf(find(element, '[data-hint="visible"]'))).toBe('c.Cosell_Visible_Locked');
  });

  it('disables nothing while it is being saved, and keeps the focus near when sharing locks the checkbox', async () => {
    const element = showControls({ record: { sync: true } });
    change(control(element, 'visible'), { checked: true });
    element.record = cosellRecord({ sync: true, visible: true });
    await settle();
    expect(control(element, 'visible').disabled).toBe(false);

    element.saved = cosellRecord({ sync: true, visible: true });
    await settle();
    expect(control(element, 'visible').disabled).toBe(true);
    expect(element.shadowRoot.activeElement).toBe(find(element, '[data-hint="visible"]'));
  });
});
