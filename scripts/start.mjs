// @ts-check
/** `npm start` and `npm run sandbox`: runs the sandbox, or says what is missing. */
import { existsSync } from 'node:fs';
import { root } from './lib/run.mjs';

const needed = ['sandbox/lib/world/main.js', 'plugin/lib/commands', 'oclif.manifest.json', 'sandbox/build/record-page'];
const missing = needed.filter((path) => !existsSync(root + path));
if (!existsSync(`${root}node_modules`)) {
  process.stderr.write('The packages are not installed. Run npm ci.\n');
  process.exitCode = 1;
} else if (missing.length > 0) {
  process.stderr.write(`The build is missing or incomplete (${missing.join(', ')}). Run npm run build.\n`);
  process.exitCode = 1;
} else {
  const { main } = await import('../sandbox/lib/world/main.js');
  process.exitCode = await main(process.argv.slice(2), root);
}
