import { mkdir, readFile, rename, rm, writeFile, readdir } from 'node:fs/promises';
import { performance } from 'node:perf_hooks';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { rollup } from 'rollup';
import { copyDesignSystem } from './design-system.mjs';
import { inputsDigest } from './inputs-digest.mjs';
import { pagePlugins } from './plugins.mjs';

/** Written last, so that a build cut short is never taken for a finished one. */
const stampFile = 'inputs.sha256';

/**
 * Bundles the browser part of the record page with our Lightning web components, the base components and SLDS.
 * Does nothing when no input changed since the last build.
 *
 * @param {{ root: string, outDir: string, lwcDir: string, force?: boolean }} options absolute paths
 * @returns {Promise<{ skipped: true } | { skipped: false, bytes: number, gzipBytes: number, seconds: number }>}
 */
export async function buildPage({ root, outDir, lwcDir, force = false }) {
  const digest = await inputsDigest(root, lwcDir);
  const previous = await readFile(path.join(outDir, stampFile), 'utf8').catch(() => '');
  if (!force && previous === digest) return { skipped: true };
  const started = performance.now();
  // Of this process alone, so that two builds at once do not mix.
  const stage = `${outDir}.${process.pid}`;
  await rm(stage, { recursive: true, force: true });
  await mkdir(stage, { recursive: true });
  await Promise.all([bundle(root, lwcDir, stage), copyDesignSystem(root, stage)]);
  await writeFile(path.join(stage, stampFile), digest);
  await rm(outDir, { recursive: true, force: true });
  await rename(stage, outDir);
  const sizes = await measure(outDir);
  return { skipped: false, ...sizes, seconds: (performance.now() - started) / 1000 };
}

async function bundle(root, lwcDir, outDir) {
  const build = await rollup({
    input: path.join(root, 'sandbox/src/record-page/client/main.ts'),
    plugins: await pagePlugins({ root, lwcDir }),
    onwarn: refuseOrIgnore
  });
  try {
    await build.write({ file: path.join(outDir, 'page.js'), format: 'es', inlineDynamicImports: true });
  } finally {
    await build.close();
  }
}

/** A module that cannot be resolved would only be missed in the browser, so it fails the build. */
function refuseOrIgnore(warning, warn) {
  if (warning.code === 'UNRESOLVED_IMPORT' || warning.code === 'MISSING_EXPORT') throw new Error(warning.message);
  // The base components' own import cycles and template syntax are not ours to change.
  const files = [warning.id, warning.loc?.file, ...(warning.ids ?? [])].filter((file) => file !== undefined);
  const fromPackage = files.some((file) => file.includes('node_modules'));
  // A component whose template contains the component itself.
  const nested = warning.code === 'CIRCULAR_DEPENDENCY' && files.some((file) => file.endsWith('.html'));
  if (!fromPackage && !nested) warn(warning);
}

async function measure(outDir) {
  const names = (await readdir(outDir)).filter((name) => name.endsWith('.js'));
  const contents = await Promise.all(names.map((name) => readFile(path.join(outDir, name))));
  return {
    bytes: contents.reduce((sum, content) => sum + content.length, 0),
    gzipBytes: contents.reduce((sum, content) => sum + gzipSync(content).length, 0)
  };
}
