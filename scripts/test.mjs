// @ts-check
/**
 * `npm test`: builds, then runs every suite one after the other (two cores are not enough for more) and closes with one line that
 * counts them all. `npm test -- unit lwc` runs only these suites.
 */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { ensureChromium } from './lib/chromium.mjs';
import { ensureRealSf } from './lib/real-sf.mjs';
import { inSeconds, root, run, runPackage } from './lib/run.mjs';

const outputDir = `${root}test/output`;

/** @param {string} name @param {string} [config] */
const vitest = (name, config) =>
  runPackage(
    'vitest/vitest.mjs',
    [
      'run',
      ...(config === undefined ? [] : ['--config', config]),
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${outputDir}/${name}.json`
    ],
    { echo: true }
  );

/** @type {Record<string, { title: string, prepare?: () => Promise<void>, start: () => ReturnType<typeof run> }>} */
const suites = {
  unit: { title: 'Unit, contract and stand-in tests', start: () => vitest('unit') },
  lwc: {
    title: 'Lightning Web Components (Jest)',
    start: () =>
      runPackage(
        'jest/bin/jest.js',
        ['--config', 'jest.config.cjs', '--json', `--outputFile=${outputDir}/lwc.json`, '--coverage'],
        {
          echo: true
        }
      )
  },
  cli: {
    title: 'Command line with the real sf',
    prepare: ensureRealSf,
    start: () => vitest('cli', 'test/cli/vitest.config.ts')
  },
  crash: {
    title: 'Crash test with real processes',
    start: () => vitest('crash', 'test/crash/vitest.config.ts')
  },
  browser: {
    title: 'Record page in Chromium',
    prepare: ensureChromium,
    start: () => vitest('browser', 'test/browser/vitest.config.ts')
  }
};

/** @typedef {{ name: string, passed: number, failed: number, skipped: string[], seconds: number }} Outcome */

/** @param {string} name @param {number} code @param {number} seconds @returns {Outcome} */
const readOutcome = (name, code, seconds) => {
  const file = `${outputDir}/${name}.json`;
  if (!existsSync(file)) return { name, passed: 0, failed: 1, skipped: [], seconds };
  const report = JSON.parse(readFileSync(file, 'utf8'));
  const tests = report.testResults.flatMap((/** @type {any} */ suite) => suite.assertionResults);
  const skipped = tests.filter((/** @type {any} */ test) => !['passed', 'failed'].includes(test.status));
  const failed = report.numFailedTests;
  return {
    name,
    passed: report.numPassedTests,
    // A file that does not load, a coverage threshold or a leak fails the run without failing a test.
    failed: code !== 0 && failed === 0 ? 1 : failed,
    skipped: skipped.map((/** @type {any} */ test) => test.fullName.trim()),
    seconds
  };
};

/**
 * @param {string} name
 * @param {Promise<unknown>} prepared what the suite needs, begun before the first suite
 * @returns {Promise<Outcome>}
 */
const runSuite = async (name, prepared) => {
  const suite = suites[name];
  process.stdout.write(`\n▶ ${suite.title}\n`);
  const started = performance.now();
  try {
    await prepared;
  } catch (error) {
    process.stdout.write(`✖ ${error instanceof Error ? error.message : String(error)}\n`);
    return { name, passed: 0, failed: 1, skipped: [], seconds: (performance.now() - started) / 1000 };
  }
  const { code, seconds } = await suite.start();
  return readOutcome(name, code, seconds);
};

const chosen = process.argv.slice(2);
const unknown = chosen.filter((name) => !(name in suites));
if (unknown.length > 0) {
  process.stderr.write(`There is no suite called ${unknown.join(', ')}. Suites: ${Object.keys(suites).join(', ')}.\n`);
  process.exit(2);
}

rmSync(outputDir, { recursive: true, force: true });
mkdirSync(outputDir, { recursive: true });
const build = await run(process.execPath, [`${root}scripts/build.mjs`], { echo: true });
if (build.code !== 0) process.exit(1);

const names = chosen.length > 0 ? chosen : Object.keys(suites);
// What has to be fetched comes while other suites run.
const preparing = new Map(names.map((name) => [name, Promise.resolve(suites[name].prepare?.())]));
for (const prepared of preparing.values()) prepared.catch(() => undefined);

/** @type {Outcome[]} */
const outcomes = [];
for (const name of names) outcomes.push(await runSuite(name, preparing.get(name) ?? Promise.resolve()));

process.stdout.write('\n');
for (const { name, passed, failed, skipped, seconds } of outcomes) {
  process.stdout.write(
    `${failed === 0 ? '✔' : '✖'} ${name.padEnd(8)} ${passed} passed, ${failed} failed (${inSeconds(seconds)})\n`
  );
  for (const title of skipped) process.stdout.write(`    left out: ${title}\n`);
}
const sum = (/** @type {(outcome: Outcome) => number} */ pick) =>
  outcomes.reduce((total, outcome) => total + pick(outcome), 0);
const totals = { passed: sum((o) => o.passed), failed: sum((o) => o.failed), skipped: sum((o) => o.skipped.length) };
process.stdout.write(
  `${totals.passed} passed, ${totals.failed} failed${totals.skipped > 0 ? `, ${totals.skipped} skipped` : ''}\n`
);
process.exitCode = totals.failed === 0 && totals.passed > 0 ? 0 : 1;
