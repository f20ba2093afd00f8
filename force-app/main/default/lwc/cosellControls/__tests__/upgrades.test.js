import CosellControls from 'c/cosellControls';
import { find, show, textOf } from 'test/page';
import { cosellRecord } from 'test/records';

const access = { sync: true, help: true, visible: true };
const showControls = (values, more = {}) => {
  const record = cosellRecord(values);
  return show('c-cosell-controls', CosellControls, { record, saved: record, access, ...more });
};

describe('c-cosell-controls', () => {
  it('shows that help includes visibility, which is then not a choice of its own', async () => {
    const element = showControls({ help: 'General or Other' });
    expect(find(element, '[data-control="visible"]')).toMatchObject({ checked: true, disabled: true });
    expect(textOf(find(element, '[data-hint="visible"]'))).toBe('c.Cosell_Visible_Implied');
    await expect(element).toBeAccessible();
  });

  it('shows that new deals are visible to Microsoft sellers where the service makes them partner-led', async () => {
    const element = showControls({}, { kindByDefault: 'PartnerLed' });
    expect(find(element, '[data-control="visible"]')).toMatchObject({ checked: true, disabled: true });
    expect(textOf(find(element, '[data-hint="visible"]'))).toBe('c.Cosell_Visible_Default');
    await expect(element).toBeAccessible();
  });

  it('leaves visibility to the rep without help', () => {
    expect(find(showControls({}), '[data-control="visible"]')).toMatchObject({ checked: false, disabled: false });
  });

  it('puts the focus where it is told', () => {
    const element = showControls({});
    const focus = jest.spyOn(find(element, '[data-control="help"]'), 'focus');
    element.focusControl('help');
    expect(focus).toHaveBeenCalled();
  });
});
