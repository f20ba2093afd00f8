// @ts-check
import { existsSync } from 'node:fs';
import { root, run } from './run.mjs';

const folder = `${root}test/cli/real-sf`;

/** The real CLI's entry point. */
export const realSf = `${folder}/node_modules/@salesforce/cli/bin/run.js`;

/** Installs the official Salesforce CLI into its own folder from its own lock file, once. */
export const ensureRealSf = async () => {
  if (existsSync(realSf)) return;
  process.stdout.write('Installing the official Salesforce CLI (about 290 MB, from its own lock file) …\n');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const { code, output } = await run(npm, ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: folder });
  if (code !== 0) {
    throw new Error(
      `The Salesforce CLI could not be installed. Run npm ci in test/cli/real-sf to see why.\n${output.slice(-800)}`
    );
  }
};
