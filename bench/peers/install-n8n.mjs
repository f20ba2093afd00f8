// @ts-check
/**
 * Installs n8n 1.123.81, the last line that runs on Node 20, into a folder of its own: `node bench/peers/install-n8n.mjs FOLDER`.
 * About 1.8 GB and some minutes. Three workarounds: its `xlsx` comes from the package registry instead of the vendor's own host;
 * install scripts stay off, because one of them needs Node 22 (the older expression engine does without it, see `n8n.mjs`); and
 * `sqlite3` is built afterwards, which needs a C++ compiler.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const [target] = process.argv.slice(2);
if (target === undefined) {
  process.stderr.write('Say where n8n goes: node bench/peers/install-n8n.mjs FOLDER\n');
  process.exit(1);
}
const folder = resolve(target);
mkdirSync(folder, { recursive: true });
const manifest = { private: true, dependencies: { n8n: '1.123.81' }, overrides: { xlsx: '0.18.5' } };
writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
for (const args of [
  ['install', '--ignore-scripts', '--no-audit', '--no-fund'],
  ['rebuild', 'sqlite3']
]) {
  const { status } = spawnSync('npm', args, { cwd: folder, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
process.stdout.write(`Installed. Compare with it: npm run bench -- --n8n ${folder}\n`);
