import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';

const categories = ['utility', 'standard', 'action', 'custom', 'doctype'];
const virtualPrefix = '\0icons:';
/** Composed at run time by base components (`utility:${variant}`), so no search finds them. */
const composed = ['utility:error', 'utility:info', 'utility:success', 'utility:warning', 'utility:offline'];

/**
 * Keeps icon templates that nothing names out of the bundle: the package holds 3,999 of them (6.1 MB). The right-to-left sets are empty,
 * because the page is left-to-right.
 */
export function iconSubset({ base, sources }) {
  let named;
  return {
    name: 'page-icon-subset',
    async buildStart() {
      const lightning = path.join(base, 'src/lightning');
      named = await namedIcons([...sources, lightning]);
    },
    resolveId(source) {
      const match = /^lightning\/iconSvgTemplates(\w+?)(Rtl)?$/.exec(source);
      return match ? `${virtualPrefix}${match[2] ? 'rtl' : match[1].toLowerCase()}` : null;
    },
    load(id) {
      if (!id.startsWith(virtualPrefix)) return null;
      const category = id.slice(virtualPrefix.length);
      return categories.includes(category) ? library(base, category, named) : 'export default {};';
    }
  };
}

function library(base, category, named) {
  const folder = path.join(
    base,
    `src/lightning/iconSvgTemplates${category[0].toUpperCase()}${category.slice(1)}/buildTemplates/${category}`
  );
  const names = [...(named.get(category) ?? [])].sort().filter((name) => existsSync(path.join(folder, `${name}.html`)));
  const imports = names.map(
    (name) => `import ${category}_${name} from ${JSON.stringify(path.join(folder, `${name}.html`))};`
  );
  return `${imports.join('\n')}\nexport default { ${names.map((name) => `${category}_${name}`).join(', ')} };`;
}

async function namedIcons(folders) {
  const found = new Map(categories.map((category) => [category, new Set()]));
  const pattern = new RegExp(`\\b(${categories.join('|')}):(\\w+)`, 'g');
  const collect = (text) => {
    for (const [, category, name] of text.matchAll(pattern)) found.get(category).add(name);
  };
  collect(composed.join(' '));
  for (const folder of folders) for (const file of await sourceFiles(folder)) collect(await readFile(file, 'utf8'));
  return found;
}

async function sourceFiles(folder) {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile() && /\.(js|ts|html)$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => !/iconSvgTemplates|__docs__|__examples|__tests__|iconColors/.test(file));
}
