// @ts-check
/** `npm run snapshot`: accepts the current commands and flags as the ones users may rely on. */
import { readFileSync, writeFileSync } from 'node:fs';
import { root } from './lib/run.mjs';
import { commandSnapshot } from './lib/snapshot.mjs';

const manifest = JSON.parse(readFileSync(`${root}oclif.manifest.json`, 'utf8'));
writeFileSync(`${root}command-snapshot.json`, `${JSON.stringify(commandSnapshot(manifest), null, 2)}\n`);
