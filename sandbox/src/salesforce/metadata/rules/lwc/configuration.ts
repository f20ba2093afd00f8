import type { DeployComponent } from '../../package/collect.js';
import { child, children, number, texts, type XmlElement } from '../../xml/element.js';
import type { World } from '../world.js';
import { targetNames } from './modules.js';

/** Versions that take Lightning web components: 45.0 (Spring '19) and later. */
const firstVersion = 45;

export interface ConfigurationProblem {
  message: string;
  place: XmlElement;
}

/** Checks `js-meta.xml`: version, targets, and the configuration of each target. */
export function configurationProblems(
  component: DeployComponent,
  publicProperties: readonly string[],
  world: World
): ConfigurationProblem[] {
  const { element } = component;
  const problems: ConfigurationProblem[] = [];
  const fail = (place: XmlElement, message: string): void => void problems.push({ place, message });
  const version = number(element, 'apiVersion');
  const newest = Number(world.org.apiVersion);
  if (version !== undefined && (!Number.isInteger(version) || version < firstVersion || version > newest)) {
    fail(child(element, 'apiVersion') as XmlElement, `Invalid apiVersion: ${version.toFixed(1)}`);
  }
  const targets = child(element, 'targets');
  const named = targets ? texts(targets, 'target') : [];
  for (const target of targets ? children(targets, 'target') : []) {
    if (!targetNames.has(target.text)) fail(target, `Invalid target: ${target.text}`);
  }
  const configurations = child(element, 'targetConfigs');
  for (const configuration of configurations?.children ?? []) {
    if (configuration.name !== 'targetConfig')
      fail(configuration, `Invalid element in targetConfigs: ${configuration.name}`);
    else problems.push(...targetProblems(configuration, named, publicProperties, world));
  }
  return problems;
}

function targetProblems(
  configuration: XmlElement,
  named: readonly string[],
  publicProperties: readonly string[],
  world: World
): ConfigurationProblem[] {
  const problems: ConfigurationProblem[] = [];
  const targets = (configuration.attributes['targets'] ?? '').split(',').map((target) => target.trim());
  for (const target of targets) {
    if (named.includes(target)) continue;
    problems.push({
      place: configuration,
      message: `targetConfig refers to the target '${target}', which is not in targets`
    });
  }
  for (const property of children(configuration, 'property')) {
    const message = propertyProblem(property, targets, publicProperties);
    if (message) problems.push({ place: property, message });
  }
  for (const object of objectElements(configuration)) {
    const known = world.object(object.text);
    if (!known) problems.push({ place: object, message: `Invalid object in targetConfig: ${object.text}` });
    else if (!targets.every((target) => objectTargets.has(target))) {
      problems.push({ place: object, message: `objects is not supported for the target ${targets.join(', ')}` });
    }
  }
  return problems;
}

/** Targets that can be limited to objects. */
const objectTargets: ReadonlySet<string> = new Set(['lightning__RecordPage', 'lightning__RecordAction']);

function objectElements(configuration: XmlElement): XmlElement[] {
  return children(configuration, 'objects').flatMap((objects) => children(objects, 'object'));
}

/** Property types per kind of target; flow targets take record and Apex types besides. */
const pageTypes = ['Boolean', 'Color', 'ContentReference', 'Integer', 'Picklist', 'String'];
const flowTypes = [...pageTypes, 'Date', 'DateTime', 'Double', 'Number'];

function propertyProblem(
  property: XmlElement,
  targets: readonly string[],
  publicProperties: readonly string[]
): string | undefined {
  const { name = '', type = '', default: initial } = property.attributes;
  if (!publicProperties.includes(name))
    return `The '${name}' property isn't a public property of the component (@api ${name})`;
  const isFlow = targets.some((target) => target.startsWith('lightning__Flow'));
  const isTyped = isFlow && /^(@salesforce\/schema\/|apex:\/\/|\{)/.test(type);
  if (!isTyped && !(isFlow ? flowTypes : pageTypes).includes(type)) return `Invalid property type: ${type}`;
  if (initial === undefined) return undefined;
  const fits =
    (type === 'Boolean' && /^(true|false)$/.test(initial)) ||
    (type === 'Integer' && /^-?\d+$/.test(initial)) ||
    (type !== 'Boolean' && type !== 'Integer');
  return fits ? undefined : `Invalid default value for property '${name}' of type ${type}: ${initial}`;
}
