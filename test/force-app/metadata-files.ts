import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { XMLParser } from 'fast-xml-parser';

export const packageRoot = fileURLToPath(new URL('../../force-app/', import.meta.url));
const main = join(packageRoot, 'main/default');
const parser = new XMLParser({
  parseTagValue: false,
  isArray: (name) => ['fieldPermissions', 'objectPermissions', 'labels'].includes(name)
});

export interface Field {
  fullName: string;
  label: string;
  type: string;
  description?: string;
  inlineHelpText?: string;
  required?: string;
}

export interface PermissionSet {
  description: string;
  fieldPermissions: { field: string; readable: string; editable: string }[];
  objectPermissions: ({ object: string } & Record<string, string>)[];
}

const read = (path: string): Record<string, unknown> =>
  parser.parse(readFileSync(join(main, path), 'utf8')) as Record<string, unknown>;

/** Every custom field of the package, by `Object.Field`. */
export function customFields(): Map<string, Field> {
  return new Map(
    readdirSync(join(main, 'objects')).flatMap((object) =>
      readdirSync(join(main, 'objects', object, 'fields')).map((file): [string, Field] => {
        const { CustomField: field } = read(`objects/${object}/fields/${file}`) as { CustomField: Field };
        return [`${object}.${field.fullName}`, field];
      })
    )
  );
}

export function permissionSet(name: string): PermissionSet {
  return read(`permissionsets/${name}.permissionset-meta.xml`)['PermissionSet'] as PermissionSet;
}

export function customLabels(): { fullName: string; value: string; shortDescription: string }[] {
  const { labels } = read('labels/CustomLabels.labels-meta.xml')['CustomLabels'] as { labels: never[] };
  return labels;
}

/** Source text of all components, for what they name. */
export function componentSources(): string {
  const lwc = join(main, 'lwc');
  return readdirSync(lwc, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join(lwc, file), 'utf8'))
    .join('\n');
}
