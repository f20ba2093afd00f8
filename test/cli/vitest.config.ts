import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: ['test/cli/**/*.test.ts'],
    globalSetup: ['test/support/without-service.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Each file has its org, its home folder and its ports; two cores take two at a time.
    maxWorkers: 2,
    minWorkers: 1
  }
});
