/** Unit tests of the Lightning Web Components: `npx sfdx-lwc-jest`, with `--coverage` to enforce the thresholds. */
const { jestConfig } = require('@salesforce/sfdx-lwc-jest/config');

// The transformer's cache key does not tell instrumented code from plain code, so each kind has its own cache.
const cacheDirectory = `<rootDir>/node_modules/.cache/lwc-jest${process.argv.includes('--coverage') ? '-coverage' : ''}`;

module.exports = {
  ...jestConfig,
  cacheDirectory,
  roots: ['<rootDir>/force-app', '<rootDir>/test/lwc'],
  testMatch: ['<rootDir>/force-app/**/__tests__/**/*.test.js'],
  // JavaScript before TypeScript: what is tested is the committed file that is deployed.
  moduleFileExtensions: ['js', 'ts', 'html', 'json'],
  moduleNameMapper: { '^test/(.*)$': '<rootDir>/test/lwc/$1' },
  setupFilesAfterEnv: [...jestConfig.setupFilesAfterEnv, '<rootDir>/test/lwc/setup.js'],
  collectCoverageFrom: ['force-app/main/default/lwc/**/*.js', '!**/__tests__/**'],
  coverageDirectory: '<rootDir>/coverage/lwc',
  coverageThreshold: { global: { lines: 90, functions: 90, branches: 80 } }
};
