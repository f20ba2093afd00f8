import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';

/** Packages whose version decides what the bundle contains. */
const packages = [
  '@lwc/compiler',
  '@lwc/rollup-plugin',
  '@salesforce-ux/design-system',
  'lightning-base-components',
  'lwc',
  'rollup',
  'terser',
  'typescript'
];

/** SHA-256 over the names and contents of everything that goes into the page. */
export async function inputsDigest(root, lwcDir) {
  const folders = [
    path.join(root, 'sandbox/src/record-page/client'),
    path.join(root, 'scripts/page-build'),
    path.join(root, 'force-app/main/default/labels'),
    path.join(root, 'force-app/translations'),
    path.join(root, 'force-app/main/default/flexipages'),
    lwcDir
  ];
  const files = (await Promise.all(folders.map(filesBelow))).flat().sort();
  const manifests = packages.map((name) => path.join(root, 'node_modules', name, 'package.json'));
  const hash = createHash('sha256');
  for (const file of [...files, ...manifests])
    hash
      .update(`${file}\0`)
      .update(await readFile(file))
      .update('\0');
  return hash.digest('hex');
}

async function filesBelow(folder) {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('__tests__'))
    .map((entry) => path.join(entry.parentPath, entry.name));
}
