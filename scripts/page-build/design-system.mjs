import { cp, mkdir } from 'node:fs/promises';
import path from 'node:path';

/** Copies the SLDS style sheet and the images it names; components bring their icons as templates, so no sprites; then the page's own sheet. */
export async function copyDesignSystem(root, outDir) {
  const assets = path.join(root, 'node_modules/@salesforce-ux/design-system/assets');
  await mkdir(path.join(outDir, 'slds/styles'), { recursive: true });
  const sheet = 'salesforce-lightning-design-system.min.css';
  await cp(path.join(assets, 'styles', sheet), path.join(outDir, 'slds/styles', sheet));
  await cp(path.join(assets, 'images'), path.join(outDir, 'slds/images'), { recursive: true });
  await cp(path.join(root, 'sandbox/src/record-page/client/page.css'), path.join(outDir, 'page.css'));
}
