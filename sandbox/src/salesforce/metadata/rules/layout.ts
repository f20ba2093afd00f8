import type { FieldSchema } from '../../core/schema.js';
import type { DeployComponent } from '../package/collect.js';
import { problemOf, type Problem } from '../package/problem.js';
import { children, descendants, text } from '../xml/element.js';
import { standardRelatedLists } from './related-lists.js';
import type { World } from './world.js';

/** A layout is named `Object-Name`. */
export function layoutObject(fullName: string): string {
  return fullName.slice(0, Math.max(0, fullName.indexOf('-')));
}

export function layoutProblems(component: DeployComponent): Problem[] {
  if (layoutObject(component.fullName) === '') {
    return [problemOf(component, `Invalid layout name: ${component.fullName}; it must be Object-Layout Name`)];
  }
  const seen = new Set<string>();
  return [...descendants(component.element)]
    .filter(({ name }) => name === 'layoutItems')
    .flatMap((item) => {
      const field = text(item, 'field');
      if (field === undefined) return [];
      const twice = seen.has(field);
      seen.add(field);
      return twice ? [problemOf(component, `Field:${field} appears more than once in the layout`, item)] : [];
    });
}

export function layoutReferenceProblems(component: DeployComponent, world: World): Problem[] {
  const object = world.object(layoutObject(component.fullName));
  if (!object) return [problemOf(component, 'Parent entity failed to deploy')];
  const items = [...descendants(component.element)].filter(({ name }) => name === 'layoutItems');
  const shown = new Set(items.map((item) => (text(item, 'field') ?? '').toLowerCase()));
  return [
    ...items.flatMap((item) => {
      const field = text(item, 'field');
      return field === undefined || fieldOnLayout(field, object.name, world)
        ? []
        : [problemOf(component, `In field: field - no CustomField named ${object.name}.${field} found`, item)];
    }),
    ...[...object.fields.values()]
      .filter((field) => mustBeShown(field) && !shown.has(field.name.toLowerCase()))
      .map((field) => problemOf(component, `Layout must contain an item for required layout field: ${field.name}`)),
    ...relatedListProblems(component, object.name, world)
  ];
}

/** What the user must be able to fill in: required fields that have no value of their own. */
function mustBeShown(field: FieldSchema): boolean {
  if (field.name === 'Name') return !field.autoNumber;
  const needsValue =
    !field.nillable && field.createable && field.type !== 'boolean' && field.defaultValue === undefined;
  return needsValue && field.name !== 'OwnerId';
}

/** Layouts also name compound fields and a few that describe does not list. */
const layoutOnly: ReadonlySet<string> = new Set(['CreatedById', 'LastModifiedById', 'OwnerId', 'RecordTypeId', 'Name']);

function fieldOnLayout(name: string, object: string, world: World): boolean {
  return layoutOnly.has(name) || world.field(object, name) !== undefined;
}

/** Related lists are standard ones of the object, or `Child__c.Lookup__c`. */
function relatedListProblems(component: DeployComponent, object: string, world: World): Problem[] {
  return children(component.element, 'relatedLists').flatMap((list) => {
    const name = text(list, 'relatedList') ?? '';
    const [childObject = '', field = ''] = name.split('.');
    const target = world.field(childObject, field)?.reference;
    const isKnown = name.includes('.')
      ? target?.to.some((to) => to.toLowerCase() === object.toLowerCase())
      : standardRelatedLists.has(name);
    if (!isKnown) return [problemOf(component, `Cannot find related list:${name}`, list)];
    return children(list, 'fields').flatMap(({ text: column, line, column: place }) =>
      columnOnList(column, childObject, world)
        ? []
        : [problemOf(component, `Invalid field:${column} in related list:${name}`, { line, column: place })]
    );
  });
}

/** Custom fields are checked; standard columns have names of their own (`FULL_NAME`, `CREATED_DATE`). */
function columnOnList(column: string, object: string, world: World): boolean {
  const name = column.split('.').at(-1) ?? '';
  return !name.endsWith('__c') || !world.object(object) || world.field(object, name) !== undefined;
}
