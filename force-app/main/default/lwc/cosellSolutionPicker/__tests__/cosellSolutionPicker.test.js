import { graphql } from 'lightning/graphql';
import CosellSolutionPicker from 'c/cosellSolutionPicker';
import { find, findAll, recordEvents, settle, show, textOf } from 'test/page';
import { emitCatalogue, solution } from 'test/queries';

const input = (element) => find(element, 'input');
const options = (element) => findAll(element, '[role="option"]:not([aria-disabled])');
const hint = (element) => textOf(find(element, '[role="status"]'));

async function open(solutions = [solution(1), solution(2), solution(3)], properties = {}) {
  const element = show('c-cosell-solution-picker', CosellSolutionPicker, properties);
  input(element).dispatchEvent(new CustomEvent('focus'));
  await settle();
  emitCatalogue(...solutions);
  await settle();
  return element;
}

async function press(element, ...keys) {
  for (const key of keys) {
    input(element).dispatchEvent(new KeyboardEvent('keydown', { key, cancelable: true }));
    await settle();
  }
}

async function type(element, text) {
  input(element).value = text;
  input(element).dispatchEvent(new CustomEvent('input'));
  jest.advanceTimersByTime(250);
  await settle();
}

describe('c-cosell-solution-picker', () => {
  it('asks nothing before the rep turns to the field', async () => {
    show('c-cosell-solution-picker', CosellSolutionPicker);
    await settle();
    expect(graphql.getLastConfig().query).toBeUndefined();
  });

  it('offers the start of the catalogue', async () => {
    const element = await open();
    expect(graphql.getLastConfig()).toEqual({
      query: { name: 'cosellCatalogue' },
      variables: { text: '%%', first: 10 }
    });
    expect(options(element).map(textOf)).toEqual([
      'Solution 1SOL-1 · Contoso',
      'Solution 2SOL-2 · Contoso',
      'Solution 3SOL-3 · Contoso'
    ]);
    expect(input(element).getAttribute('aria-expanded')).toBe('true');
    await expect(element).toBeAccessible();
  });

  it('leaves out what the opportunity already has', async () => {
    const element = await open(undefined, { excludedIds: [solution(2).Id] });
    expect(options(element)).toHaveLength(2);
    expect(graphql.getLastConfig().variables.first).toBe(11);
  });

  it('searches once typing rests', async () => {
    const element = await open();
    jest.useFakeTimers();
    input(element).value = 'al';
    input(element).dispatchEvent(new CustomEvent('input'));
    jest.advanceTimersByTime(200);
    await type(element, ' alpha ');
    expect(graphql.getLastConfig().variables.text).toBe('%alpha%');
  });

  it('moves through the options by keyboard and chooses with Enter', async () => {
    const element = await open();
    const chosen = recordEvents(element, 'select');
    await press(element, 'ArrowDown', 'ArrowDown');
    expect(options(element).map((option) => option.getAttribute('aria-selected'))).toEqual(['false', 'true', 'false']);
    expect(input(element).getAttribute('aria-activedescendant')).toBe(options(element)[1].id);
    await press(element, 'ArrowDown', 'ArrowDown', 'ArrowUp', 'Enter');
    expect(chosen).toEqual([{ id: solution(3).Id, name: 'Solution 3' }]);
    expect(input(element).getAttribute('aria-expanded')).toBe('false');
    expect(input(element).value).toBe('');
  });

  it('chooses with the mouse without losing the focus first', async () => {
    const element = await open();
    const chosen = recordEvents(element, 'select');
    const down = new MouseEvent('mousedown', { bubbles: true, cancelable: true });
    options(element)[0].dispatchEvent(down);
    options(element)[0].click();
    expect(down.defaultPrevented).toBe(true);
    expect(chosen).toEqual([{ id: solution(1).Id, name: 'Solution 1' }]);
  });

  it.each([
    ['Escape', (element) => press(element, 'Escape')],
    ['leaving the field', (element) => input(element).dispatchEvent(new CustomEvent('blur'))]
  ])('closes on %s and chooses nothing', async (_, close) => {
    const element = await open();
    const chosen = recordEvents(element, 'select');
    await close(element);
    await settle();
    expect(input(element).getAttribute('aria-expanded')).toBe('false');
    await press(element, 'Enter');
    expect(chosen).toEqual([]);
  });

  it('says how many it found', async () => {
    expect(hint(await open())).toBe('c.Cosell_Solution_Matches');
  });

  it('says that the catalogue is empty', async () => {
    const element = await open([]);
    expect(hint(element)).toBe('c.Cosell_Catalogue_Empty');
    await expect(element).toBeAccessible();
  });

  it('says that nothing matches', async () => {
    const element = await open();
    jest.useFakeTimers();
    await type(element, 'zeta');
    emitCatalogue();
    await settle();
    expect(hint(element)).toBe('c.Cosell_Solution_No_Match');
  });

  it('tells when the catalogue cannot be read', async () => {
    const element = await open();
    graphql.emitErrors([{ message: 'No access' }]);
    await settle();
    const panel = find(element, 'c-error-panel');
    expect(panel.errors).toEqual([{ message: 'No access' }]);

    const refresh = jest.fn().mockResolvedValue();
    graphql.emitErrors([{ message: 'No access' }], undefined, refresh);
    await settle();
    panel.dispatchEvent(new CustomEvent('retry'));
    expect(refresh).toHaveBeenCalledTimes(1);
  });
});
