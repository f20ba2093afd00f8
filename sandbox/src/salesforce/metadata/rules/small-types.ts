import { translationLanguages } from '../../core/translation-workbench.js';
import type { DeployComponent } from '../package/collect.js';
import { problemOf, type Problem } from '../package/problem.js';
import { child, children, flag, text, texts } from '../xml/element.js';
import { nameProblems, textLengthProblems } from './names.js';
import { isTab } from './tabs.js';
import type { World } from './world.js';

type Check = (component: DeployComponent, world: World) => Problem[];

/** Exactly one of these says what a tab shows. */
const tabContents = ['auraComponent', 'customObject', 'flexiPage', 'lwcComponent', 'page', 'scontrol', 'url'] as const;

export const customTabProblems: Check = (component, world) => {
  const { element, fullName } = component;
  const fail = (problem: string): Problem[] => [problemOf(component, problem)];
  const given = tabContents.filter((name) => (name === 'customObject' ? flag(element, name) : text(element, name)));
  if (given.length !== 1) return fail('Must specify exactly one of customObject, flexiPage, lwcComponent, page or url');
  if (given[0] !== 'customObject' && !text(element, 'label')) return fail('Required field is missing: label');
  if (!text(element, 'motif')) return fail('Required field is missing: motif');
  const missing = {
    auraComponent: ['AuraDefinitionBundle', text(element, 'auraComponent')],
    customObject: ['CustomObject', fullName],
    flexiPage: ['FlexiPage', text(element, 'flexiPage')],
    lwcComponent: ['LightningComponentBundle', text(element, 'lwcComponent')],
    page: ['ApexPage', text(element, 'page')],
    scontrol: ['Scontrol', text(element, 'scontrol')],
    url: ['', '']
  } as const;
  const [type = '', name = ''] = missing[given[0] ?? 'url'];
  const exists = type === '' || (type === 'CustomObject' ? world.object(name)?.custom : world.has(type, name));
  return exists ? [] : fail(`In field: ${given[0] ?? ''} - no ${type} named ${name} found`);
};

export const applicationProblems: Check = (component, world) => {
  const { element } = component;
  const utilityBar = text(element, 'utilityBar');
  const problems = texts(element, 'tabs')
    .filter((tab) => !isTab(tab, world))
    .map((tab) => `In field: tabs - no CustomTab named ${tab} found`);
  if (utilityBar && !world.has('FlexiPage', utilityBar)) {
    problems.push(`In field: utilityBar - no FlexiPage named ${utilityBar} found`);
  }
  for (const override of children(element, 'actionOverrides')) {
    const page = text(override, 'content');
    if (text(override, 'type') === 'Flexipage' && !world.has('FlexiPage', page ?? '')) {
      problems.push(`In field: content - no FlexiPage named ${page ?? ''} found`);
    }
  }
  return problems.map((problem) => problemOf(component, problem));
};

export const applicationNameProblems: Check = (component) =>
  [
    ...nameProblems('Developer Name', component.fullName, 80),
    ...(text(component.element, 'label') ? [] : ['Required field is missing: label']),
    ...textLengthProblems(component.element, { label: ['Label', 40], description: ['Description', 255] })
  ].map((problem) => problemOf(component, problem));

export const customLabelProblems: Check = (component) => {
  const { element, fullName } = component;
  const problems = nameProblems('Name', fullName, 80);
  const language = text(element, 'language') ?? '';
  if (!translationLanguages.has(language)) problems.push(`'${language}' is not a valid value for the enum 'Language'`);
  if (!text(element, 'value')) problems.push('Required field is missing: value');
  problems.push(
    ...textLengthProblems(element, {
      value: ['Value', 1000],
      shortDescription: ['MasterLabel', 80],
      categories: ['Category', 255]
    })
  );
  return problems.map((problem) => problemOf(component, problem));
};

export const staticResourceProblems: Check = (component) => {
  const problems = nameProblems('Name', component.fullName, 80);
  const hasContent = Object.keys(component.files).some((path) => path.endsWith('.resource'));
  if (!hasContent) problems.push(`Missing content file for static resource: ${component.fullName}`);
  if (!/^[\w.+-]+\/[\w.+-]+$/.test(text(component.element, 'contentType') ?? '')) {
    problems.push(`Invalid content type: ${text(component.element, 'contentType') ?? ''}`);
  }
  const content = Object.entries(component.files).find(([path]) => path.endsWith('.resource'))?.[1];
  // 5 MB per resource (Salesforce Help, static resources).
  if ((content?.byteLength ?? 0) > 5 * 1024 * 1024) problems.push('The maximum size of a static resource is 5 MB');
  return problems.map((problem) => problemOf(component, problem));
};

export const customLabelsProblems: Check = (component) =>
  component.fullName === 'CustomLabels' && !child(component.element, 'fullName')
    ? []
    : [problemOf(component, 'The only valid full name for CustomLabels is CustomLabels')];
