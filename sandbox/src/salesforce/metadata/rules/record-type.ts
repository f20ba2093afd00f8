import { takesRecordTypes } from '../../core/record-types.js';
import type { DeployComponent } from '../package/collect.js';
import { problemOf, type Problem } from '../package/problem.js';
import { valueName } from '../translate/record-type.js';
import { child, children, text, texts, type XmlElement } from '../xml/element.js';
import { textLengthProblems } from './names.js';
import { inObject, nameOf } from './object-parts.js';
import type { World } from './world.js';

/** What the platform says of two entries for the same thing. */
const duplicate = 'duplicate value found: <unknown> duplicates value on record with id: <unknown>';

/** Checks name and texts of a record type, and that it names a picklist and each of its values once. */
export function recordTypeProblems(component: DeployComponent): Problem[] {
  const { element } = component;
  const label = text(element, 'label') ? [] : ['Required field is missing: label'];
  const widths = { label: ['Label', 80], description: ['Description', 255] } as const;
  const entries = children(element, 'picklistValues');
  const twice = [entries.map((entry) => text(entry, 'picklist') ?? ''), ...entries.map(namesOf)].some(hasDuplicates);
  return [
    ...nameOf(component, [...label, ...textLengthProblems(element, widths)]),
    ...(twice ? [problemOf(component, duplicate)] : []),
    ...businessProcessNotes(component)
  ];
}

/** Business processes cannot be deployed here, so record types do without them, and the deploy says so. */
function businessProcessNotes(component: DeployComponent): Problem[] {
  const process = child(component.element, 'businessProcess');
  if (!process) return [];
  const text = `businessProcess is ignored: business processes are not available for deploy for this organization: ${process.text}`;
  return [{ ...problemOf(component, text, process), problemType: 'Warning' }];
}

/** Checks what a record type refers to: its object, picklists and their values, its compact layout. */
export function recordTypeReferenceProblems(component: DeployComponent, world: World): Problem[] {
  const { element, parent } = component;
  const missing = inObject(component, world);
  if (missing) return missing;
  const object = world.object(parent);
  if (object && !takesRecordTypes(object)) {
    return [problemOf(component, `Entity Enumeration Or ID: bad value for restricted picklist field: ${parent}`)];
  }
  const layouts = texts(element, 'compactLayoutAssignment')
    .filter((name) => name !== 'SYSTEM' && !world.has('CompactLayout', `${parent}.${name}`))
    .map((name) => problemOf(component, `In field: compactLayoutAssignment - no CompactLayout named ${name} found`));
  const picklists = children(element, 'picklistValues').flatMap((entry) => picklistProblems(component, entry, world));
  return [...layouts, ...picklists];
}

function picklistProblems(component: DeployComponent, entry: XmlElement, world: World): Problem[] {
  const name = text(entry, 'picklist') ?? '';
  const field = world.field(component.parent, name);
  const fail = (problem: string): Problem => problemOf(component, problem, entry);
  if (!field?.picklist) return [fail(`Could not resolve picklist: ${component.parent}.${name}`)];
  const known = field.picklist.values.map(({ value }) => value);
  return namesOf(entry)
    .filter((value) => !known.includes(value))
    .map((value) => fail(`Picklist value: ${value} in picklist: ${name} not found`));
}

function namesOf(entry: XmlElement): string[] {
  return children(entry, 'values').map(valueName);
}

function hasDuplicates(names: readonly string[]): boolean {
  return new Set(names.map((name) => name.toLowerCase())).size < names.length;
}
