// @ts-check
/** `npm run build`: compiles the plugin and the sandbox, writes the oclif manifest and bundles the record page. */
import { inSeconds, run, runPackage, root } from './lib/run.mjs';

/**
 * @param {string} name
 * @param {() => Promise<{ code: number, output: string, seconds: number }>} work
 */
const step = async (name, work) => {
  const { code, output, seconds } = await work();
  process.stdout.write(`${code === 0 ? '✔' : '✖'} ${name} (${inSeconds(seconds)})\n`);
  if (code !== 0) {
    process.stdout.write(output);
    throw new Error(`The build stopped at: ${name}.`);
  }
};

const node = process.execPath;
try {
  await Promise.all([
    step('TypeScript', () => runPackage('typescript/bin/tsc', ['-b', 'plugin', 'sandbox'])).then(() =>
      step('oclif manifest', () => run(node, [`${root}scripts/manifest.mjs`]))
    ),
    step('Record page', () => run(node, [`${root}scripts/build-page.mjs`]))
  ]);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
