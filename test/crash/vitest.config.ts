import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: ['test/crash/**/*.test.ts'],
    // Real processes start, die and start again: on a busy machine that takes its time.
    testTimeout: 240_000,
    hookTimeout: 120_000,
    fileParallelism: false
  }
});
