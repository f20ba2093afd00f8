import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { XMLParser } from 'fast-xml-parser';

/** Module of each object's page. */
const pages = {
  'virtual:opportunity-page': 'Cosell_Opportunity_Record_Page',
  'virtual:account-page': 'ERP_Account_Record_Page'
};
const lists = new Set(['flexiPageRegions', 'itemInstances', 'componentInstanceProperties']);

/**
 * The Lightning page as the App Builder stored it, as a module: region name → components in their order, facets (tabs) put inside the
 * component that names them. Our own components come as constructors, so what the org would place is what the page places.
 */
export function flexipage(folder, lwcDir) {
  return {
    name: 'page-flexipage',
    resolveId: (id) => (Object.hasOwn(pages, id) ? `\0${id}` : null),
    async load(id) {
      const page = id.startsWith('\0') ? pages[id.slice(1)] : undefined;
      if (page === undefined) return null;
      const file = path.join(folder, `${page}.flexipage-meta.xml`);
      const parser = new XMLParser({ isArray: (name) => lists.has(name), parseTagValue: false });
      const { FlexiPage } = parser.parse(await readFile(file, 'utf8'));
      return moduleText(FlexiPage.flexiPageRegions, (name) => existsSync(path.join(lwcDir, name)));
    }
  };
}

function moduleText(regions, isOurs) {
  const facets = new Map(regions.map((region) => [region.name, region.itemInstances ?? []]));
  const ours = new Set();
  const item = ({ componentInstance }) => {
    const name = componentInstance.componentName.replace(/^c:/, '');
    const properties = Object.fromEntries(
      (componentInstance.componentInstanceProperties ?? []).map((property) => [property.name, property.value])
    );
    const facet = facets.get(properties.tabs ?? properties.body);
    if (isOurs(name)) ours.add(name);
    const component = isOurs(name) ? `, component: ${name}` : '';
    const children = facet ? `, children: [${facet.map(item).join(', ')}]` : '';
    return `{ key: ${JSON.stringify(componentInstance.identifier)}, name: ${JSON.stringify(name)}, properties: ${JSON.stringify(properties)}${component}${children} }`;
  };
  const entries = regions
    .filter((region) => region.type === 'Region')
    .map((region) => `${JSON.stringify(region.name)}: [${(region.itemInstances ?? []).map(item).join(', ')}]`);
  const imports = [...ours].map((name) => `import ${name} from 'c/${name}';`);
  return `${imports.join('\n')}\nexport const regions = { ${entries.join(', ')} };`;
}
