import { children, flag, text, type XmlElement } from '../xml/element.js';
import type { World } from './world.js';

/** Right → element → the rights it needs on the same object (Salesforce Help, object permissions). */
const dependencies: readonly { right: string; element: string; needs: readonly string[] }[] = [
  { right: 'Create', element: 'allowCreate', needs: ['Read'] },
  { right: 'Edit', element: 'allowEdit', needs: ['Read'] },
  { right: 'Delete', element: 'allowDelete', needs: ['Read', 'Edit'] },
  { right: 'View All', element: 'viewAllRecords', needs: ['Read'] },
  { right: 'Modify All', element: 'modifyAllRecords', needs: ['Read', 'Edit', 'Delete', 'View All'] }
];

const elementOf: Readonly<Record<string, string>> = {
  Read: 'allowRead',
  ...Object.fromEntries(dependencies.map(({ right, element }) => [right, element]))
};

/** Checks objectPermissions: known objects, rights that need other rights, details that need their masters. */
export function objectPermissionProblems(permissionSet: XmlElement, world: World): string[] {
  const entries = children(permissionSet, 'objectPermissions');
  const granted = new Set(
    entries.flatMap((entry) =>
      Object.entries(elementOf)
        .filter(([, element]) => flag(entry, element))
        .map(([right]) => `${right} ${text(entry, 'object') ?? ''}`)
    )
  );
  const seen = new Set<string>();
  return entries.flatMap((entry) => {
    const object = text(entry, 'object') ?? '';
    const schema = world.object(object);
    if (!schema || schema.setupObject) return [`In field: object - no CustomObject named ${object} found`];
    if (seen.has(object)) return [`Duplicate objectPermissions for object: ${object}`];
    seen.add(object);
    const masters = [...schema.fields.values()].filter((field) => field.reference?.masterDetail);
    const needed = [
      ...dependencies.flatMap(({ right, needs }) =>
        needs.map((need) => [`${right} ${object}`, `${need} ${object}`] as const)
      ),
      ...masters.flatMap((field) => (field.reference?.to ?? []).map((to) => [`Read ${object}`, `Read ${to}`] as const))
    ];
    return dependencyProblems(needed, granted);
  });
}

function dependencyProblems(needed: readonly (readonly [string, string])[], granted: ReadonlySet<string>): string[] {
  const lacking = new Map<string, string[]>();
  for (const [right, need] of needed) {
    if (granted.has(right) && !granted.has(need)) lacking.set(right, [...(lacking.get(right) ?? []), need]);
  }
  return [...lacking].map(([right, needs]) => `Permission ${right} depends on permission(s): ${needs.join(', ')}`);
}
