import path from 'node:path';
import { existsSync } from 'node:fs';

/**
 * `c/x` → `lwc/x/x.js`. In a Salesforce project the parent folder is called `lwc`, while the compiler takes the namespace from the folder,
 * so the LWC plug-in is told the specifier. The committed JavaScript is bundled: it is what the org gets.
 */
export function customComponents(lwcDir) {
  return {
    name: 'page-custom-components',
    resolveId(source) {
      const name = /^c\/(\w+)$/.exec(source)?.[1];
      if (!name) return null;
      const file = path.join(lwcDir, name, `${name}.js`);
      if (!existsSync(file)) this.error(`There is no component ${source}: ${file} does not exist.`);
      return `${file}?specifier=c/${name}`;
    }
  };
}
