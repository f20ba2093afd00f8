import type { FieldSchema } from '../../core/schema.js';
import type { DeployComponent } from '../package/collect.js';
import { problemOf, type Problem } from '../package/problem.js';
import { child, flag, text } from '../xml/element.js';
import { fieldTypeRules } from './field-types.js';
import { fieldValueProblems } from './field-values.js';
import { nameProblems } from './names.js';
import type { World } from './world.js';

/** Two masters at most (Salesforce Help, considerations for relationships). */
const mostMasters = 2;

/** Checks name and values of a field, without looking at other components of the package. */
export function customFieldProblems(component: DeployComponent, world: World): Problem[] {
  const name = text(component.element, 'fullName') ?? '';
  if (!name.endsWith('__c')) {
    // Standard fields can be customized in a file too, but there must be one.
    const known = world.org.schema.field(component.parent, name);
    return known ? [] : [problemOf(component, `Could not resolve standard field's name.`)];
  }
  return [
    ...nameProblems('Field Name', name.slice(0, -'__c'.length)),
    ...fieldValueProblems(component.element),
    ...changeProblems(component, world.org.schema.field(component.parent, name))
  ].map((problem) => problemOf(component, problem));
}

/** Types that hold each other's values; every other change of type loses data and is refused. */
const convertible: readonly (readonly string[])[] = [
  ['string', 'textarea', 'email', 'phone', 'url', 'picklist', 'multipicklist'],
  ['double', 'currency', 'percent'],
  ['date', 'datetime']
];

function changeProblems(component: DeployComponent, known: FieldSchema | undefined): string[] {
  const type = text(component.element, 'type') ?? '';
  if (!known) return [];
  const isReference = type === 'Lookup' || type === 'MasterDetail';
  const target = text(component.element, 'referenceTo');
  if (known.reference && isReference) {
    return known.reference.to.includes(target ?? '') ? [] : ['Cannot change which object type a lookup points to'];
  }
  const group = convertible.find((types) => types.includes(known.type));
  const next = fieldTypeRules[type]?.describeType;
  if (next === undefined || next === known.type || group?.includes(next)) return [];
  return [`Cannot change type of CustomField from ${known.type} to ${type}`];
}

/** Checks what a field refers to: its object, the object it looks up, the names of relationships. */
export function fieldReferenceProblems(component: DeployComponent, world: World): Problem[] {
  const { element, parent } = component;
  const fail = (problem: string): Problem => problemOf(component, problem);
  if (world.hasFailed('CustomObject', parent)) return [fail('Parent entity failed to deploy')];
  if (!world.object(parent)) {
    return [fail(`Entity Enumeration Or ID: bad value for restricted picklist field: ${parent}`)];
  }
  const target = text(element, 'referenceTo');
  if (target === undefined) return [];
  const schema = world.object(target);
  if (!schema || (schema.setupObject && schema.name !== 'User')) {
    return [fail(`referenceTo value of '${target}' does not resolve to a valid sObject type`)];
  }
  return [...masterProblems(component, world), ...relationshipProblems(component, world)].map(fail);
}

function masterProblems(component: DeployComponent, world: World): string[] {
  const { element, parent } = component;
  const type = text(element, 'type');
  const schema = world.object(parent);
  const constraint = text(element, 'deleteConstraint');
  if (type === 'Lookup' && flag(element, 'required') && (constraint ?? 'SetNull') === 'SetNull') {
    return ['must specify either cascade delete or restrict delete for required lookup foreign key'];
  }
  if (type !== 'MasterDetail' || !schema) return [];
  if (!schema.custom) return [`Cannot create a master-detail relationship on standard object ${schema.name}`];
  if (text(element, 'referenceTo') === 'User') return ['Cannot create a master-detail relationship to User'];
  const masters = [...schema.fields.values()].filter((field) => field.reference?.masterDetail);
  return masters.length > mostMasters
    ? [`You have reached the maximum number (${mostMasters}) of master-detail relationships for ${schema.name}`]
    : [];
}

function relationshipProblems(component: DeployComponent, world: World): string[] {
  const name = child(component.element, 'relationshipName')?.text;
  const target = text(component.element, 'referenceTo') ?? '';
  if (name === undefined || name === '') return [];
  const problems = nameProblems('Child Relationship Name', name);
  const own = text(component.element, 'fullName');
  const taken = world.objects().some((object) =>
    [...object.fields.values()].some((field) => {
      const isSelf = field.name === own && object.name.toLowerCase() === component.parent.toLowerCase();
      const pointsThere = field.reference?.to.some((to) => to.toLowerCase() === target.toLowerCase());
      return (
        !isSelf && pointsThere && field.reference?.childRelationshipName?.toLowerCase() === `${name}__r`.toLowerCase()
      );
    })
  );
  if (taken) problems.push(`There is already a Child Relationship named ${name} on ${target}.`);
  return problems;
}
