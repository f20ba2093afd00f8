import { addedLanguages } from '../../core/translation-workbench.js';
import type { DeployComponent } from '../package/collect.js';
import { problemOf, type Problem } from '../package/problem.js';
import { child, children, text, type XmlElement } from '../xml/element.js';
import { textLengthProblems, tooLong } from './names.js';
import type { World } from './world.js';

type Check = (component: DeployComponent, world: World) => Problem[];

/** Without Translation Workbench, or without the language in it, a package with translations is refused. */
const notAvailable = 'Not available for deploy for this organization';

/** Parts of a Translations file and the type of what they translate. Whatever else it may hold does not exist in this organization. */
const translated: Readonly<Record<string, readonly [type: string, longest: number]>> = {
  customApplications: ['CustomApplication', 40],
  customLabels: ['CustomLabel', 1000],
  customTabs: ['CustomTab', 40]
};

export const translationsProblems: Check = (component, world) => {
  if (!addedLanguages(world.org).includes(component.fullName)) return [problemOf(component, notAvailable)];
  const names = new Set<string>();
  return component.element.children.flatMap((part) => {
    const name = text(part, 'name') ?? '';
    const longest = translated[part.name]?.[1] ?? Infinity;
    const key = `${part.name}#${name.toLowerCase()}`;
    const problems = [
      ...(names.has(key) ? [`Duplicate name '${name}' in ${part.name}`] : []),
      ...((text(part, 'label')?.length ?? 0) > longest ? [tooLong('Value', longest)] : [])
    ];
    names.add(key);
    return problems.map((problem) => problemOf(component, problem, part));
  });
};

export const translationsReferenceProblems: Check = (component, world) =>
  component.element.children.flatMap((part) => {
    const name = text(part, 'name');
    if (name === undefined) return [];
    const [type] = translated[part.name] ?? [];
    if (type !== undefined && world.has(type, name)) return [];
    return [problemOf(component, `In field: name - no ${type ?? part.name} named ${name} found`, part)];
  });

/** `Opportunity-nl_NL` → object and language. */
export function objectAndLanguage(fullName: string): { object: string; language: string } {
  const at = fullName.lastIndexOf('-');
  return { object: fullName.slice(0, at), language: fullName.slice(at + 1) };
}

export const objectTranslationProblems: Check = (component, world) => {
  const { language } = objectAndLanguage(component.fullName);
  if (!addedLanguages(world.org).includes(language)) return [problemOf(component, notAvailable)];
  return children(component.element, 'fields').flatMap((field) =>
    // Labels of fields take 40 characters, their help 510 (Salesforce Help, custom field attributes).
    textLengthProblems(field, {
      label: ['Label', 40],
      help: ['InlineHelpText', 510],
      relationshipLabel: ['RelationshipLabel', 80]
    }).map((problem) => problemOf(component, `${text(field, 'name') ?? ''}: ${problem}`, field))
  );
};

export const objectTranslationReferenceProblems: Check = (component, world) => {
  const { object } = objectAndLanguage(component.fullName);
  const schema = world.object(object);
  if (!schema) return [problemOf(component, `In field: object - no CustomObject named ${object} found`)];
  const ofObject = nounProblems(component.element, schema.custom);
  return [
    ...ofObject.map((problem) => problemOf(component, problem)),
    ...children(component.element, 'fields').flatMap((field) => fieldProblems(component, field, schema.name, world))
  ];
};

/** Names of a custom object are translated by number; those of a standard object are renamed elsewhere. */
function nounProblems(element: XmlElement, custom: boolean): string[] {
  const values = children(element, 'caseValues');
  if (custom || (values.length === 0 && !child(element, 'nameFieldLabel'))) return [];
  return ['Cannot translate the name of a standard object'];
}

function fieldProblems(component: DeployComponent, element: XmlElement, object: string, world: World): Problem[] {
  const name = text(element, 'name') ?? '';
  const field = name.endsWith('__c') ? world.field(object, name) : undefined;
  if (!field) return [problemOf(component, `In field: name - no CustomField named ${object}.${name} found`, element)];
  const labels = new Set(field.picklist?.values.map(({ label }) => label));
  return children(element, 'picklistValues')
    .filter((value) => !labels.has(text(value, 'masterLabel') ?? ''))
    .map((value) =>
      problemOf(
        component,
        `In field: masterLabel - no PicklistValue named ${text(value, 'masterLabel') ?? ''} found in ${object}.${name}`,
        value
      )
    );
}
