import type { DeployComponent } from '../package/collect.js';
import { problemOf, type Problem } from '../package/problem.js';
import { children, text, texts } from '../xml/element.js';
import { isStandardColumn } from './list-columns.js';
import { nameProblems, textLengthProblems } from './names.js';
import type { World } from './world.js';

type Check = (component: DeployComponent, world: World) => Problem[];

const developerName: Check = (component) => nameOf(component);

export function nameOf(component: DeployComponent, more: string[] = []): Problem[] {
  const name = text(component.element, 'fullName') ?? '';
  return [...nameProblems('Developer Name', name, 80), ...more].map((problem) => problemOf(component, problem));
}

export const compactLayoutProblems: Check = (component) => {
  // Ten fields at most (Salesforce Help, compact layouts).
  const fields = texts(component.element, 'fields');
  const count = fields.length === 0 || fields.length > 10 ? ['A compact layout must have between 1 and 10 fields'] : [];
  return nameOf(component, [...count, ...textLengthProblems(component.element, { label: ['Label', 80] })]);
};

export const compactLayoutReferenceProblems: Check = (component, world) =>
  inObject(component, world) ??
  texts(component.element, 'fields')
    .filter((field) => !world.field(component.parent, field))
    .map((field) => problemOf(component, `In field: fields - no CustomField named ${component.parent}.${field} found`));

export const listViewProblems: Check = developerName;

export const listViewReferenceProblems: Check = (component, world) =>
  inObject(component, world) ?? [
    ...columnProblems(component, texts(component.element, 'columns'), world),
    ...columnProblems(
      component,
      children(component.element, 'filters').map((filter) => text(filter, 'field') ?? ''),
      world
    )
  ];

function columnProblems(component: DeployComponent, columns: readonly string[], world: World): Problem[] {
  const object = world.object(component.parent);
  return columns
    .filter((column) =>
      column.endsWith('__c') ? !world.field(component.parent, column) : object && !isStandardColumn(object, column)
    )
    .map((column) => problemOf(component, `Could not resolve list view column: ${column}`));
}

/** Parts of an object that is not there fail with it. */
export function inObject(component: DeployComponent, world: World): Problem[] | undefined {
  return world.object(component.parent) ? undefined : [problemOf(component, 'Parent entity failed to deploy')];
}
