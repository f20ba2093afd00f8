import { registerSa11yMatcher } from '@sa11y/jest';
import { parse } from 'graphql';
import { gql } from 'lightning/graphql';

registerSa11yMatcher();

/** A query with a mistake in its syntax fails the test that imports it. */
gql.mockImplementation(([text]) => ({ name: parse(text).definitions[0].name.value }));

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
