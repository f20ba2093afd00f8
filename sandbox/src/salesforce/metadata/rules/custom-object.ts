import type { DeployComponent } from '../package/collect.js';
import { problemOf, type Problem } from '../package/problem.js';
import { child, children, text, type XmlElement } from '../xml/element.js';
import { fieldValueProblems } from './field-values.js';
import { customNameProblems, textLengthProblems } from './names.js';
import type { World } from './world.js';

/** Elements that describe a custom object itself; the platform owns those of standard objects. */
const customOnly = ['label', 'pluralLabel', 'nameField', 'deploymentStatus'] as const;

/** Checks the object itself: its name, what it must state, its name field. Fields and list views are components of their own. */
export function customObjectProblems(component: DeployComponent, world: World): Problem[] {
  const known = world.org.schema.object(component.fullName);
  if (known && !known.custom) return standardObjectProblems(component);
  const { element } = component;
  const problems = [
    ...customNameProblems('Object Name', component.fullName),
    ...required(element),
    ...togetherProblems(element),
    ...textLengthProblems(element, {
      label: ['Label', 40],
      pluralLabel: ['PluralLabel', 40],
      description: ['Description', 1000]
    })
  ];
  return [...problems.map((problem) => problemOf(component, problem)), ...nameFieldProblems(component)];
}

function required(element: XmlElement): string[] {
  const problems: string[] = [];
  if (!text(element, 'label')) problems.push('Must specify a non-empty label for the CustomObject');
  if (!text(element, 'pluralLabel')) problems.push('Must specify a non-empty plural label for the CustomObject');
  if (!child(element, 'nameField')) problems.push('Must specify a nameField of type Text or AutoNumber');
  if (!text(element, 'deploymentStatus')) problems.push('Must specify a deploymentStatus for the CustomObject');
  if (!text(element, 'sharingModel')) problems.push('Must specify a sharingModel for the CustomObject');
  return problems;
}

/** Sharing, Bulk API and Streaming API are one switch (Object Definition, enterprise application object). */
const switchedTogether = ['enableSharing', 'enableBulkApi', 'enableStreamingApi'] as const;

function togetherProblems(element: XmlElement): string[] {
  const given = switchedTogether.map((name) => text(element, name)).filter((value) => value !== undefined);
  return new Set(given).size > 1 ? [`${switchedTogether.join(', ')} must be enabled or disabled together`] : [];
}

function nameFieldProblems(component: DeployComponent): Problem[] {
  const element = child(component.element, 'nameField');
  if (!element) return [];
  const type = text(element, 'type') ?? '';
  if (type !== 'Text' && type !== 'AutoNumber') {
    return [problemOf(component, 'Must specify a nameField of type Text or AutoNumber', element)];
  }
  // The length of a text name is the platform's, 80, and is not stated.
  const notForNames = ["Must specify 'length' for a CustomField of type Text"];
  return fieldValueProblems(element)
    .filter((problem) => !notForNames.includes(problem))
    .map((problem) => problemOf(component, problem, element));
}

function standardObjectProblems(component: DeployComponent): Problem[] {
  return customOnly.flatMap((name) => {
    const element = child(component.element, name);
    return element
      ? [problemOf(component, `Can not specify '${name}' for standard object ${component.fullName}`, element)]
      : [];
  });
}

/** Checks what an object refers to: its masters' sharing, the pages and the compact layout that it shows by default. */
export function objectReferenceProblems(component: DeployComponent, world: World): Problem[] {
  const { element, fullName } = component;
  const pages = children(element, 'actionOverrides').flatMap((override) => {
    const page = text(override, 'content') ?? '';
    if (text(override, 'type') !== 'Flexipage' || world.has('FlexiPage', page)) return [];
    return [problemOf(component, `In field: content - no FlexiPage named ${page} found`, override)];
  });
  const compact = child(element, 'compactLayoutAssignment');
  const isKnown = !compact || compact.text === 'SYSTEM' || world.has('CompactLayout', `${fullName}.${compact.text}`);
  const assignment = isKnown
    ? []
    : [
        problemOf(
          component,
          `In field: compactLayoutAssignment - no CompactLayout named ${compact.text} found`,
          compact
        )
      ];
  return [...sharingModelProblems(component, world), ...pages, ...assignment];
}

const sharingModels = { detail: 'ControlledByParent' } as const;

/** The sharing model of a detail object is its master's, and nobody else's may be. */
function sharingModelProblems(component: DeployComponent, world: World): Problem[] {
  const element = child(component.element, 'sharingModel');
  const schema = world.object(component.fullName);
  if (!element || !schema?.custom) return [];
  const isDetail = [...schema.fields.values()].some((field) => field.reference?.masterDetail);
  if (isDetail && element.text !== sharingModels.detail) {
    return [
      problemOf(
        component,
        `Cannot set sharingModel to ${element.text} on a CustomObject with a MasterDetail relationship field`,
        element
      )
    ];
  }
  if (!isDetail && element.text === sharingModels.detail) {
    return [
      problemOf(
        component,
        'Cannot set sharingModel to ControlledByParent on a CustomObject without a MasterDetail relationship field',
        element
      )
    ];
  }
  return [];
}
