import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/support/longest-first.js';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/cli/**', 'test/crash/**', 'test/browser/**', 'test/lwc/**', '**/node_modules/**'],
    setupFiles: ['test/support/shared-process.ts'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // The files of a process share what they import: most of them import the same engine or the same stand-ins, and to load
    // these once per file cost two thirds of the run.
    pool: 'forks',
    isolate: false,
    sequence: { sequencer: LongestFirst },
    // Two cores: more workers only fight each other.
    maxWorkers: 2,
    minWorkers: 1
  }
});
