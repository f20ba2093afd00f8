import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/cli/**', 'test/crash/**', 'test/browser/**', 'test/lwc/**'],
    globalSetup: [],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // Two cores: more workers only fight each other.
    maxWorkers: 2,
    minWorkers: 1
  }
});
