import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ComponentSet } from '@salesforce/source-deploy-retrieve';
import { CosellError } from '../ports/errors.js';

/** API version of every call and of the metadata. */
export const apiVersion = '66.0';

/** Root of this npm package, from `plugin/lib/deploy` (and `plugin/src/deploy`): works from any folder. */
export const packageRoot = fileURLToPath(new URL('../../../', import.meta.url));

/**
 * Change events and translations are package directories of their own, so that an org without spare entities, or without
 * Translation Workbench, still takes the rest: either would fail the whole deploy.
 */
const folders = {
  main: join('force-app', 'main'),
  changeEvents: join('force-app', 'cdc'),
  translations: join('force-app', 'translations')
};

export interface SourceOptions {
  changeEvents: boolean;
  translations: boolean;
  root?: string;
}

/** Everything that is deployed. Throws `CosellError` METADATA_MISSING when the package is incomplete. */
export function packageComponents({ root = packageRoot, ...chosen }: SourceOptions): ComponentSet {
  const optional = (['changeEvents', 'translations'] as const).filter((name) => chosen[name]);
  const fsPaths = [folders.main, ...optional.map((name) => folders[name])].map((folder) => join(root, folder));
  const missing = fsPaths.find((path) => !existsSync(path));
  if (missing) {
    throw new CosellError('METADATA_MISSING', `The package has no metadata folder ${missing}.`, [
      'Install the plugin again: sf plugins install sf-plugin-cosell'
    ]);
  }
  const components = ComponentSet.fromSource({ fsPaths });
  components.sourceApiVersion = apiVersion;
  components.projectDirectory = root;
  return components;
}

/** Text of the only element of that name; the file is our own and flat. */
function element(xml: string, name: string): string | undefined {
  return new RegExp(`<${name}>([^<]+)</${name}>`).exec(xml)?.[1];
}

/** Change event entities the package selects, for example `OpportunityChangeEvent`. */
export function packageEntities(components: ComponentSet): string[] {
  return components
    .getSourceComponents()
    .toArray()
    .filter(({ type }) => type.name === 'PlatformEventChannelMember')
    .map(({ xml, tree }) => (xml ? element(tree.readFileSync(xml).toString('utf8'), 'selectedEntity') : undefined))
    .filter((entity) => entity !== undefined);
}
