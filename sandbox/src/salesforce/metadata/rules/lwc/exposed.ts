import { child, children, flag, texts } from '../../xml/element.js';
import { readMetadataFile } from '../../xml/read.js';
import type { World } from '../world.js';

/** What a component offers for one target. */
export interface Offer {
  /** Objects it is limited to; none means all. */
  objects: readonly string[];
  /** Design-time properties. */
  properties: readonly string[];
}

/** Where a Lightning web component can be put; undefined when there is none of that name or it is not exposed. */
export function exposedComponent(name: string, world: World): { targets: ReadonlyMap<string, Offer> } | undefined {
  const configuration = world.files('LightningComponentBundle', name)?.[`lwc/${name}/${name}.js-meta.xml`];
  if (!configuration) return undefined;
  const element = readMetadataFile(configuration, 'LightningComponentBundle');
  if (!flag(element, 'isExposed')) return undefined;
  const named = child(element, 'targets');
  const configurations = child(element, 'targetConfigs');
  const targets = new Map<string, Offer>();
  for (const target of named ? texts(named, 'target') : []) {
    const own = (configurations ? children(configurations, 'targetConfig') : []).filter((configured) =>
      (configured.attributes['targets'] ?? '').split(',').some((each) => each.trim() === target)
    );
    targets.set(target, {
      objects: own.flatMap((configured) =>
        children(configured, 'objects').flatMap((objects) => texts(objects, 'object'))
      ),
      properties: own.flatMap((configured) =>
        children(configured, 'property').map(({ attributes }) => attributes['name'] ?? '')
      )
    });
  }
  return { targets };
}
