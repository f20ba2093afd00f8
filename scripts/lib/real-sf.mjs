// @ts-check
import { existsSync } from 'node:fs';
import { root, run } from './run.mjs';

/**
 * An official Salesforce CLI in a folder of its own with its own lock file, and the Node that runs it.
 *
 * @typedef {{ name: string, folder: string, node: string, entry: string }} RealSf
 */

const entryOf = (/** @type {string} */ folder) => `${root}${folder}/node_modules/@salesforce/cli/bin/run.js`;

const node22Folder = 'test/cli/real-sf-node22';

/** The Node 22 that npm installed beside the CLI, or this Node when it is new enough and its platform has no such package. */
const node22 = () => {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const file = process.platform === 'win32' ? 'node.exe' : 'node';
  const installed = `${root}${node22Folder}/node_modules/node-${platform}-${process.arch}/bin/${file}`;
  return existsSync(installed) || Number(process.versions.node.split('.')[0]) < 22 ? installed : process.execPath;
};

/** The last CLI that runs on Node 20, and the newest, which needs Node 22. */
export const realSfs = /** @type {RealSf[]} */ ([
  {
    name: 'sf 2.146.3 on Node 20',
    folder: 'test/cli/real-sf',
    node: process.execPath,
    entry: entryOf('test/cli/real-sf')
  },
  {
    name: 'sf 2.150.6 on Node 22',
    folder: node22Folder,
    get node() {
      return node22();
    },
    entry: entryOf(node22Folder)
  }
]);

/** Entry point of the CLI that runs on Node 20. */
export const realSf = entryOf('test/cli/real-sf');

/** @param {RealSf} sf */
const install = async ({ name, folder, entry }) => {
  if (existsSync(entry)) return;
  process.stdout.write(`Installing the official Salesforce CLI (${name}, from its own lock file) …\n`);
  const install = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'];
  // With the lowest claim to the processor: other suites run meanwhile.
  const [command, ...args] =
    process.platform === 'win32' ? ['npm.cmd', ...install] : ['nice', '-n', '10', 'npm', ...install];
  const { code, output } = await run(command ?? 'npm', args, { cwd: `${root}${folder}` });
  if (code !== 0) {
    throw new Error(`${name} could not be installed. Run npm ci in ${folder} to see why.\n${output.slice(-800)}`);
  }
};

/** Installs the CLIs that are missing: about 290 MB, and 480 MB with Node 22. */
export const ensureRealSf = async () => {
  await Promise.all(realSfs.map(install));
};
