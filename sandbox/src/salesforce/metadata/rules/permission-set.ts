import type { DeployComponent } from '../package/collect.js';
import { problemOf, type Problem } from '../package/problem.js';
import { children, flag, text, type XmlElement } from '../xml/element.js';
import { objectPermissionProblems } from './object-permissions.js';
import { nameProblems, textLengthProblems } from './names.js';
import { isTab } from './tabs.js';
import { userPermissionNames } from './user-permissions.js';
import type { World } from './world.js';

export function permissionSetProblems(component: DeployComponent): Problem[] {
  const { element } = component;
  const empty = text(element, 'label') ? [] : ['Required field is missing: label'];
  return [
    ...nameProblems('API Name', component.fullName, 80),
    ...empty,
    ...textLengthProblems(element, { label: ['Label', 80], description: ['Description', 255] })
  ].map((problem) => problemOf(component, problem));
}

/** Components that a permission set names and this organization cannot have, or must have: element → member → type. */
const references: readonly { element: string; member: string; type: string }[] = [
  { element: 'applicationVisibilities', member: 'application', type: 'CustomApplication' },
  { element: 'classAccesses', member: 'apexClass', type: 'ApexClass' },
  { element: 'customMetadataTypeAccesses', member: 'name', type: 'CustomObject' },
  { element: 'customPermissions', member: 'name', type: 'CustomPermission' },
  { element: 'customSettingAccesses', member: 'name', type: 'CustomObject' },
  { element: 'externalDataSourceAccesses', member: 'externalDataSource', type: 'ExternalDataSource' },
  { element: 'flowAccesses', member: 'flow', type: 'Flow' },
  { element: 'pageAccesses', member: 'apexPage', type: 'ApexPage' },
  { element: 'recordTypeVisibilities', member: 'recordType', type: 'RecordType' }
];

const standardApps = /^standard__\w+$/;

export function permissionSetReferenceProblems(component: DeployComponent, world: World): Problem[] {
  const { element } = component;
  const fail = (problem: string): Problem => problemOf(component, problem);
  return [
    ...fieldProblems(element, world),
    ...objectPermissionProblems(element, world),
    ...children(element, 'tabSettings').flatMap((setting) => {
      const tab = text(setting, 'tab') ?? '';
      return isTab(tab, world) ? [] : [`In field: tab - no CustomTab named ${tab} found`];
    }),
    ...children(element, 'userPermissions').flatMap((entry) => {
      const name = text(entry, 'name') ?? '';
      return userPermissionNames.has(name) ? [] : [`Unknown user permission: ${name}`];
    }),
    ...references.flatMap((reference) => missing(element, reference, world))
  ].map(fail);
}

function missing(
  element: XmlElement,
  { element: entries, member, type }: (typeof references)[number],
  world: World
): string[] {
  return children(element, entries).flatMap((entry) => {
    const name = text(entry, member) ?? '';
    const standard = type === 'CustomApplication' && standardApps.test(name);
    return standard || world.has(type, name) ? [] : [`In field: ${member} - no ${type} named ${name} found`];
  });
}

/** Field-level security governs neither required fields nor masters, so granting it is refused. */
function fieldProblems(element: XmlElement, world: World): string[] {
  const seen = new Set<string>();
  return children(element, 'fieldPermissions').flatMap((entry) => {
    const name = text(entry, 'field') ?? '';
    const [object = '', field = ''] = name.split('.');
    if (seen.has(name.toLowerCase())) return [`Duplicate fieldPermissions for field: ${name}`];
    seen.add(name.toLowerCase());
    const schema = world.object(object);
    if (!schema) return [`In field: field - no CustomObject named ${object} found`];
    const known = world.field(object, field);
    if (!known) return [`In field: field - no CustomField named ${name} found`];
    if (!known.permissionable) return [`You cannot deploy to a required field: ${name}`];
    if (flag(entry, 'editable') && !flag(entry, 'readable')) {
      return [`Field ${name}: edit permission depends on read permission`];
    }
    return [];
  });
}
