import path from 'node:path';
import lwcPlugin from '@lwc/rollup-plugin';
import { constants } from './constants-plugin.mjs';
import { customComponents } from './custom-components-plugin.mjs';
import { flexipage } from './flexipage-plugin.mjs';
import { iconSubset } from './icon-subset-plugin.mjs';
import { minify } from './minify-plugin.mjs';
import { readLabels } from './labels.mjs';
import { salesforceModules } from './salesforce-modules-plugin.mjs';
import { typescript } from './typescript-plugin.mjs';

/** The plug-ins in the order they have to see a module: ours resolve before the LWC plug-in does. */
export async function pagePlugins({ root, lwcDir }) {
  const client = path.join(root, 'sandbox/src/record-page/client');
  const base = path.join(root, 'node_modules/lightning-base-components');
  return [
    customComponents(lwcDir),
    salesforceModules({ labels: await readLabels(root), client, base }),
    flexipage(path.join(root, 'force-app/main/default/flexipages'), lwcDir),
    iconSubset({ base, sources: [client, lwcDir] }),
    typescript(client),
    lwcPlugin({
      rootDir: path.join(client, 'modules'),
      modules: [
        { dir: path.join(client, 'modules') },
        { dir: path.join(client, 'platform') },
        { npm: 'lightning-base-components' }
      ],
      exclude: [path.join(client, '*.ts'), path.join(client, 'data/**')],
      // lightning-datatable's sort dialog uses lwc:is.
      enableDynamicComponents: true,
      apiVersion: 66
    }),
    constants(),
    minify()
  ];
}
