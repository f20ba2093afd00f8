import CosellSkeleton from 'c/cosellSkeleton';
import { find, show, textOf } from 'test/page';

it('c-cosell-skeleton says once that something is loading, and hides its shapes from screen readers', async () => {
  const element = show('c-cosell-skeleton', CosellSkeleton);
  expect(textOf(find(element, '[role="status"]'))).toBe('c.Cosell_Loading');
  expect(find(element, '[aria-hidden="true"]').textContent.trim()).toBe('');
  await expect(element).toBeAccessible();
});
