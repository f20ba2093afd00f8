// @ts-check
/**
 * Writes `oclif.manifest.json`, which lets the CLI know every command and flag without loading its code:
 * start-up takes 0.2 s with it and over a second without.
 */
import { writeFile } from 'node:fs/promises';
import { Plugin } from '@oclif/core';
import { root } from './lib/run.mjs';

const plugin = new Plugin({
  root,
  type: 'core',
  ignoreManifest: true,
  errorOnManifestCreate: true,
  respectNoCacheDefault: true
});
await plugin.load();
await writeFile(`${root}oclif.manifest.json`, `${JSON.stringify(plugin.manifest, null, 2)}\n`);
