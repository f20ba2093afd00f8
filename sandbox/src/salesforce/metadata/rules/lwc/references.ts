import type { FieldSchema } from '../../../core/schema.js';
import type { World } from '../world.js';
import { userPermissionNames } from '../user-permissions.js';
import { frameworkModules, lightningModules, salesforceModules } from './modules.js';

/** One import of one file of a bundle. */
export interface ModuleImport {
  specifier: string;
  fileName: string;
  bundle: string;
  /** Names of the files of the bundle. */
  files: ReadonlySet<string>;
}

/** `@salesforce` scopes whose members are components: scope → the type that messages name, and the component type. */
const componentScopes: Readonly<Record<string, readonly [reference: string, type: string]>> = {
  contentAssetUrl: ['contentAssetUrl', 'ContentAsset'],
  customPermission: ['customPermission', 'CustomPermission'],
  messageChannel: ['messageChannel', 'LightningMessageChannel'],
  resourceUrl: ['resourceUrl', 'StaticResource']
};

/** @returns what is wrong with an import, or undefined */
export function importProblem(found: ModuleImport, world: World): string | undefined {
  const { specifier, bundle } = found;
  if (frameworkModules.has(specifier)) return undefined;
  if (specifier.startsWith('./') || specifier.startsWith('../')) return fileProblem(found);
  if (specifier.startsWith('@salesforce/')) return salesforceProblem(found, world);
  const [namespace = '', name = ''] = specifier.split('/');
  const isKnown =
    (namespace === 'c' && world.hasExactly('LightningComponentBundle', name)) ||
    (namespace === 'lightning' && lightningModules.has(name));
  if (isKnown) return undefined;
  return `No MODULE named markup://${namespace}:${name} found : [markup://c:${bundle}]`;
}

/** A relative import must lie in the bundle; `.js` may be left out, and a missing template or style sheet is none. */
function fileProblem({ specifier, fileName, files, bundle }: ModuleImport): string | undefined {
  const path = specifier.replace(/\?.*$/, '').replace(/^\.\//, '');
  const base = fileName.replace(/\.(js|html)$/, '');
  const implied = [`${bundle}.html`, `${base}.css`, `${base}.scoped.css`];
  if (files.has(path) || files.has(`${path}.js`) || implied.includes(path)) return undefined;
  const wanted = /\.\w+$/.test(path) ? path : `${path}.js`;
  return `LWC1010: Failed to resolve import "${specifier}" from "${fileName}". Please add "${wanted}" file to the component folder.`;
}

function salesforceProblem({ specifier, fileName, bundle }: ModuleImport, world: World): string | undefined {
  if (salesforceModules.exact.has(specifier)) return undefined;
  if (salesforceModules.scopes.some((scope) => specifier.startsWith(scope))) return undefined;
  const [, scope = '', ...rest] = specifier.split('/');
  const name = rest.join('/');
  const invalid = (type: string): string => `Invalid reference ${name} of type ${type} in file ${fileName}`;
  if (scope === 'schema')
    return schemaIsKnown(name, world) ? undefined : invalid(name.includes('.') ? 'sobjectField' : 'sobject');
  if (scope === 'label') return labelIsKnown(name, world) ? undefined : invalid('label');
  if (scope === 'userPermission') return userPermissionNames.has(name) ? undefined : invalid('userPermission');
  if (scope === 'apex') return `Unable to find Apex action class referenced as '${name.split('.')[0] ?? name}'.`;
  const [reference, type] = componentScopes[scope] ?? [];
  if (!reference || !type) return `No MODULE named markup://${specifier} found : [markup://c:${bundle}]`;
  return world.has(type, name) ? undefined : invalid(reference);
}

/** `c.Name`: custom labels have the namespace `c` inside an organization. */
function labelIsKnown(name: string, world: World): boolean {
  return name.startsWith('c.') && world.hasExactly('CustomLabel', name.slice('c.'.length));
}

/** `Object`, `Object.Field` or a path over parents, `Object.Parent__r.Field`; names are case-sensitive here. */
function schemaIsKnown(path: string, world: World): boolean {
  const [object = '', ...steps] = path.split('.');
  let schema = world.object(object);
  if (schema?.name !== object) return false;
  for (const [index, step] of steps.entries()) {
    const fields: FieldSchema[] = [...(schema?.fields.values() ?? [])];
    const isLast = index === steps.length - 1;
    if (isLast) return fields.some(({ name }) => name === step);
    const parent = fields.find(({ reference }) => reference?.relationshipName === step)?.reference?.to[0];
    schema = parent === undefined ? undefined : world.object(parent);
  }
  return steps.length === 0;
}
