import ErrorPanel from 'c/errorPanel';
import { find, findAll, recordEvents, settle, show, textOf } from 'test/page';

const showPanel = (properties) => show('c-error-panel', ErrorPanel, properties);
const details = (element) => find(element, '[data-action="details"]');

describe('c-error-panel', () => {
  it('tells what failed and keeps the reasons back until asked', async () => {
    const element = showPanel({ errors: { body: { message: 'No access' } } });
    expect(textOf(find(element, 'p'))).toBe('c.Cosell_Load_Failed');
    expect(findAll(element, 'li')).toHaveLength(0);

    details(element).click();
    await settle();
    expect(findAll(element, 'li').map(textOf)).toEqual(['No access']);
    expect(details(element).label).toBe('c.Cosell_Hide_Details');
    await expect(element).toBeAccessible();

    details(element).click();
    await settle();
    expect(findAll(element, 'li')).toHaveLength(0);
  });

  it('has words even for an error without any', async () => {
    const element = showPanel({ errors: {}, friendlyMessage: 'Nothing came' });
    details(element).click();
    await settle();
    expect(textOf(find(element, 'p'))).toBe('Nothing came');
    expect(findAll(element, 'li').map(textOf)).toEqual(['c.Cosell_Unknown_Error']);
  });

  it('offers another try', () => {
    const element = showPanel({ errors: 'No' });
    const retries = recordEvents(element, 'retry');
    find(element, '[data-action="retry"]').click();
    expect(retries).toHaveLength(1);
  });
});
