import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { buildPage } from './page-build/build.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const { values } = parseArgs({
  options: {
    out: { type: 'string', default: path.join(root, 'sandbox/build/record-page') },
    lwc: { type: 'string', default: path.join(root, 'force-app/main/default/lwc') },
    force: { type: 'boolean', default: false }
  }
});

const result = await buildPage({
  root,
  outDir: path.resolve(values.out),
  lwcDir: path.resolve(values.lwc),
  force: values.force
});
process.stdout.write(
  result.skipped
    ? 'Record page: up to date.\n'
    : `Record page: ${Math.round(result.bytes / 1024)} KiB (${Math.round(result.gzipBytes / 1024)} KiB gzip) in ${result.seconds.toFixed(1)} s.\n`
);
