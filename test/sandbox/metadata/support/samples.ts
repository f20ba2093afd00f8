import { zipSync } from 'fflate';

const namespace = 'xmlns="http://soap.sforce.com/2006/04/metadata"';
const declaration = '<?xml version="1.0" encoding="UTF-8"?>';

/** A metadata file: the content's first line is line 3. */
export function file(type: string, content: string): string {
  return `${declaration}\n<${type} ${namespace}>\n${content}\n</${type}>\n`;
}

/** Fields on Opportunity, each given by its elements. */
export function opportunityFields(...fields: string[]): Record<string, string> {
  return {
    'objects/Opportunity.object': file(
      'CustomObject',
      fields.map((field) => `    <fields>${field}</fields>`).join('\n')
    )
  };
}

export const textField =
  '<fullName>Code__c</fullName><label>Code</label><type>Text</type><length>20</length><required>false</required>';

/** A custom object as small as the platform takes it. */
export function customObject(
  name: string,
  parts: Partial<typeof objectParts> & { more?: string } = {}
): Record<string, string> {
  const { more = '', ...own } = parts;
  return {
    [`objects/${name}.object`]: file('CustomObject', [...Object.values({ ...objectParts, ...own }), more].join(''))
  };
}

const objectParts = {
  deploymentStatus: '<deploymentStatus>Deployed</deploymentStatus>',
  label: '<label>Crate</label>',
  nameField: '<nameField><label>Crate Name</label><type>Text</type></nameField>',
  pluralLabel: '<pluralLabel>Crates</pluralLabel>',
  sharingModel: '<sharingModel>ReadWrite</sharingModel>'
};

/** A bundle with a class that compiles, a template, and a configuration that exposes nothing. */
export function bundle(
  name: string,
  files: Partial<Record<'js' | 'html' | 'css' | 'meta', string>> = {}
): Record<string, string> {
  const js = `import { LightningElement } from 'lwc';\nexport default class Sample extends LightningElement {}\n`;
  const meta = '<apiVersion>66.0</apiVersion><isExposed>false</isExposed>';
  return {
    [`lwc/${name}/${name}.js`]: files.js ?? js,
    [`lwc/${name}/${name}.html`]: files.html ?? '<template><p>Hello</p></template>\n',
    ...(files.css === undefined ? {} : { [`lwc/${name}/${name}.css`]: files.css }),
    [`lwc/${name}/${name}.js-meta.xml`]: file('LightningComponentBundle', files.meta ?? meta)
  };
}

export function permissionSet(content: string): Record<string, string> {
  return { 'permissionsets/Clerk.permissionset': file('PermissionSet', `<label>Clerk</label>${content}`) };
}

const directories: Readonly<Record<string, string>> = {
  applications: 'CustomApplication',
  flexipages: 'FlexiPage',
  labels: 'CustomLabels',
  layouts: 'Layout',
  lwc: 'LightningComponentBundle',
  objectTranslations: 'CustomObjectTranslation',
  permissionsets: 'PermissionSet',
  platformEventChannelMembers: 'PlatformEventChannelMember',
  staticresources: 'StaticResource',
  tabs: 'CustomTab',
  translations: 'Translations'
};

/** A manifest that names everything in `files`; of standard objects the fields, list views and record types. */
export function manifestFor(files: Readonly<Record<string, string>>): string {
  const members = new Set<string>();
  for (const [path, content] of Object.entries(files)) {
    const [directory = '', name = ''] = path.split('/');
    const fullName = name.replace(/\.[^.]+$|\.resource-meta\.xml$/, '');
    if (directory === 'objects') objectMembers(fullName, content).forEach((member) => members.add(member));
    else if (directories[directory]) members.add(`${directories[directory]}#${directory === 'lwc' ? name : fullName}`);
  }
  return manifest([...members].map((member) => member.split('#') as [string, string]));
}

const partTypes: Readonly<Record<string, string>> = {
  fields: 'CustomField',
  listViews: 'ListView',
  recordTypes: 'RecordType'
};

function objectMembers(object: string, content: string): string[] {
  if (object.endsWith('__c')) return [`CustomObject#${object}`];
  const parts = [...content.matchAll(/<(fields|listViews|recordTypes)><fullName>([^<]+)/g)];
  return parts.map(([, element = '', name = '']) => `${partTypes[element] ?? ''}#${object}.${name}`);
}

export function manifest(members: readonly (readonly [type: string, fullName: string])[], version = '66.0'): string {
  const types = members.map(([type, name]) => `    <types><members>${name}</members><name>${type}</name></types>`);
  return file('Package', [...types, `    <version>${version}</version>`].join('\n'));
}

/** An archive of the files, with a manifest for them unless they bring one. */
export function archive(files: Readonly<Record<string, string>>): Buffer {
  const complete = 'package.xml' in files ? files : { ...files, 'package.xml': manifestFor(files) };
  const entries = Object.entries(complete).map(([path, content]) => [path, new Uint8Array(Buffer.from(content))]);
  return Buffer.from(zipSync(Object.fromEntries(entries) as Record<string, Uint8Array>));
}

/** The end of every complaint about the characters of a name. */
export const nameShape =
  'can only contain underscores and alphanumeric characters. It must be unique, begin with a letter, not include spaces, ' +
  'not end with an underscore, and not contain two consecutive underscores.';
