import type { FieldAccess, ObjectAccess, PermissionGrant } from '../../core/contract.js';
import { children, flag, text, type XmlElement } from '../xml/element.js';

/** What a checked PermissionSet grants. */
export function permissionGrant(element: XmlElement): PermissionGrant {
  return {
    objects: Object.fromEntries(
      children(element, 'objectPermissions').map((entry) => [text(entry, 'object') ?? '', objectAccess(entry)])
    ),
    fields: Object.fromEntries(
      children(element, 'fieldPermissions').map((entry) => [text(entry, 'field') ?? '', fieldAccess(entry)])
    ),
    userPermissions: children(element, 'userPermissions')
      .filter((entry) => flag(entry, 'enabled'))
      .map((entry) => text(entry, 'name') ?? ''),
    recordTypes: children(element, 'recordTypeVisibilities')
      .filter((entry) => flag(entry, 'visible'))
      .map((entry) => text(entry, 'recordType') ?? ''),
    tabs: Object.fromEntries(
      children(element, 'tabSettings').map((entry) => [
        text(entry, 'tab') ?? '',
        (text(entry, 'visibility') ?? 'None') as 'Available' | 'Visible' | 'None'
      ])
    )
  };
}

function objectAccess(entry: XmlElement): ObjectAccess {
  return {
    read: flag(entry, 'allowRead'),
    create: flag(entry, 'allowCreate'),
    edit: flag(entry, 'allowEdit'),
    delete: flag(entry, 'allowDelete'),
    viewAll: flag(entry, 'viewAllRecords'),
    modifyAll: flag(entry, 'modifyAllRecords')
  };
}

function fieldAccess(entry: XmlElement): FieldAccess {
  return { readable: flag(entry, 'readable'), editable: flag(entry, 'editable') };
}
