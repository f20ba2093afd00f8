import { readMetadataFile } from '../xml/read.js';
import { XmlProblem, type XmlElement } from '../xml/element.js';
import { isNamed, notNamed, type Collected } from './collect.js';
import type { Manifest } from './manifest.js';
import { problemOf, type PackageComponent } from './problem.js';

/** Adds the Lightning web component folders (`lwc/name/…`) that the manifest names. */
export function collectBundles(
  root: string,
  manifest: Manifest,
  bundles: ReadonlyMap<string, ReadonlyMap<string, Buffer>>,
  into: Collected
): void {
  for (const [fullName, files] of bundles) {
    const component: PackageComponent = {
      type: 'LightningComponentBundle',
      fullName,
      fileName: `${root}lwc/${fullName}`,
      line: 0,
      column: 0
    };
    const [firstPath = ''] = files.keys();
    if (fullName === '' || !isNamed(manifest, component.type, fullName)) {
      into.problems.push(notNamed({ root }, fullName === '' ? firstPath : `lwc/${fullName}/`, component.type));
      continue;
    }
    const element = configuration(root, component, files, into);
    if (element) into.components.push({ ...component, element, parent: '', files: Object.fromEntries(files) });
  }
}

function configuration(
  root: string,
  component: PackageComponent,
  files: ReadonlyMap<string, Buffer>,
  into: Collected
): XmlElement | undefined {
  const path = `lwc/${component.fullName}/${component.fullName}.js-meta.xml`;
  const content = files.get(path);
  if (!content) {
    into.problems.push(problemOf(component, `No base file for markup://c:${component.fullName}`));
    return undefined;
  }
  try {
    return readMetadataFile(content, 'LightningComponentBundle');
  } catch (error) {
    if (!(error instanceof XmlProblem)) throw error;
    const { line, column } = error;
    into.problems.push(problemOf(component, error.message, { line, column, fileName: root + path }));
    return undefined;
  }
}
