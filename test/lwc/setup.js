import { registerSa11yMatcher } from '@sa11y/jest';

registerSa11yMatcher();

/** The engine reports template mistakes on the console only; here they fail the test. */
beforeEach(() => {
  jest.clearAllMocks();
  jest.spyOn(console, 'error').mockImplementation((...reasons) => {
    throw new Error(reasons.join(' '));
  });
});

/** Every test starts on an empty page with real timers and mocks without history. */
afterEach(() => {
  document.body.replaceChildren();
  jest.useRealTimers();
});
