import type { RecordTypeDefinition, RecordTypePicklist } from '../../core/record-types.js';
import { children, flag, text, type XmlElement } from '../xml/element.js';

/** A checked RecordType as the organization keeps it. */
export function recordTypeDefinition(object: string, element: XmlElement): RecordTypeDefinition {
  const developerName = text(element, 'fullName') ?? '';
  const description = text(element, 'description');
  return {
    object,
    developerName,
    label: text(element, 'label') ?? developerName,
    active: flag(element, 'active'),
    ...(description ? { description } : {}),
    picklists: Object.fromEntries(
      children(element, 'picklistValues').map((entry) => [text(entry, 'picklist') ?? '', picklist(entry)])
    )
  };
}

function picklist(entry: XmlElement): RecordTypePicklist {
  const values = children(entry, 'values');
  const initial = values.find((value) => flag(value, 'default'));
  return {
    values: values.map(valueName),
    ...(initial ? { defaultValue: valueName(initial) } : {})
  };
}

/** Values stand URL-encoded in record types (Metadata API Developer Guide, RecordTypePicklistValue); a bare `%` is itself. */
export function valueName(value: XmlElement): string {
  const name = text(value, 'fullName') ?? '';
  try {
    return decodeURIComponent(name);
  } catch (error) {
    if (error instanceof URIError) return name;
    throw error;
  }
}
