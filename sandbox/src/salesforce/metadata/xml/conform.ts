import { metadataEnums, metadataTypes } from './metadata-schema.generated.js';
import { XmlProblem, type XmlElement } from './element.js';

/** Namespace of every metadata file (Metadata API Developer Guide, file properties). */
export const metadataNamespace = 'http://soap.sforce.com/2006/04/metadata';

/** The WSDL types numbers as `int`, except these. */
const doubles: ReadonlySet<string> = new Set(['LightningComponentBundle.apiVersion']);

interface MemberType {
  type: string;
  repeats: boolean;
  optional: boolean;
}

/**
 * Checks `element` against the WSDL type `typeName`: unknown, scattered and missing elements, wrong enum values, booleans and
 * numbers. Like the platform it stops at the first fault.
 *
 * @throws XmlProblem
 */
export function conform(element: XmlElement, typeName: string, mayLack: readonly string[] = []): void {
  if (element.namespace !== metadataNamespace) {
    throw at(
      element,
      `Error parsing file: Namespace '${element.namespace}' is not valid for ${typeName}, expected '${metadataNamespace}'`
    );
  }
  const members = metadataTypes[typeName] ?? {};
  let previous = '';
  const seen = new Set<string>();
  for (const part of element.children) {
    const member = memberType(members[part.name]);
    if (!member) {
      throw at(
        part,
        `Error parsing file: Element {${part.namespace}}${part.name} invalid at this location in type ${typeName}`
      );
    }
    // A repeated element must stand beside its likes, and a single one may stand once: the same message covers both.
    if (seen.has(part.name) && (!member.repeats || previous !== part.name)) {
      throw at(part, `Error parsing file: Element ${part.name} is duplicated at this location in type ${typeName}`);
    }
    seen.add(part.name);
    previous = part.name;
    conformValue(part, member.type, `${typeName}.${part.name}`);
  }
  for (const [name, declared] of Object.entries(members)) {
    const member = memberType(declared);
    if (member && !member.optional && !member.repeats && !seen.has(name) && !mayLack.includes(name)) {
      throw at(element, `Required field is missing: ${name}`);
    }
  }
}

function conformValue(element: XmlElement, type: string, path: string): void {
  if (type === 'any') return;
  if (metadataTypes[type]) return conform(element, type);
  const foreign = element.children[0];
  if (foreign) {
    throw at(
      foreign,
      `Error parsing file: Element {${foreign.namespace}}${foreign.name} invalid at this location in type xsd:string`
    );
  }
  const value = element.text;
  const values = metadataEnums[type];
  if (values && !values.includes(value)) throw at(element, `'${value}' is not a valid value for the enum '${type}'`);
  if (type === 'boolean' && !/^(true|false|0|1)$/.test(value)) throw wrong(element, 'xsd:boolean');
  if (type !== 'number') return;
  if (doubles.has(path)) {
    if (value === '' || !Number.isFinite(Number(value))) throw wrong(element, 'xsd:double');
  } else if (!/^[+-]?\d+$/.test(value)) throw wrong(element, 'xsd:int');
}

function wrong(element: XmlElement, type: string): XmlProblem {
  return at(element, `Error parsing file: '${element.text}' is not a valid value for the type ${type}`);
}

function at(element: XmlElement, message: string): XmlProblem {
  return new XmlProblem(message, element.line, element.column);
}

/** `name?` may be absent, `name[]` repeats. */
function memberType(declared: string | undefined): MemberType | undefined {
  if (declared === undefined) return undefined;
  if (declared.endsWith('[]')) return { type: declared.slice(0, -2), repeats: true, optional: true };
  if (declared.endsWith('?')) return { type: declared.slice(0, -1), repeats: false, optional: true };
  return { type: declared, repeats: false, optional: false };
}
