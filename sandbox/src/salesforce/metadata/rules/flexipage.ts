import type { DeployComponent } from '../package/collect.js';
import { problemOf, type Problem } from '../package/problem.js';
import { child, children, descendants, text, type XmlElement } from '../xml/element.js';
import { standardComponents, pageTemplates, targetOfPage } from './flexipage-catalogue.js';
import { exposedComponent } from './lwc/exposed.js';
import { nameProblems, textLengthProblems } from './names.js';
import type { World } from './world.js';

export function flexiPageProblems(component: DeployComponent): Problem[] {
  const { element } = component;
  return [
    ...[
      ...nameProblems('Developer Name', component.fullName, 80),
      ...textLengthProblems(element, { masterLabel: ['MasterLabel', 80], description: ['Description', 255] })
    ].map((problem) => problemOf(component, problem)),
    ...regionProblems(component),
    ...identifierProblems(component)
  ];
}

/** Regions of the template, and facets that some component of the page shows. */
function regionProblems(component: DeployComponent): Problem[] {
  const { element } = component;
  const template = child(element, 'template');
  const name = (template && text(template, 'name')) ?? '';
  const regions = pageTemplates[name];
  if (!regions) return [problemOf(component, `We couldn't retrieve the template information for ${name}.`, template)];
  const values = new Set([...descendants(element)].filter((part) => part.name === 'value').map((part) => part.text));
  const seen = new Set<string>();
  return children(element, 'flexiPageRegions').flatMap((region) => {
    const regionName = text(region, 'name') ?? '';
    const fail = (problem: string): Problem[] => [problemOf(component, problem, region)];
    if (seen.has(regionName)) return fail(`Region ${regionName} is specified more than once.`);
    seen.add(regionName);
    if (text(region, 'type') === 'Region') {
      return regions.includes(regionName)
        ? []
        : fail(`The region ${regionName} doesn't exist on the page template ${name}.`);
    }
    return values.has(regionName) ? [] : fail(`The facet ${regionName} isn't used by any component on the page.`);
  });
}

/** Every component and field of a page has an identifier of its own (API version 49.0 and later). */
function identifierProblems(component: DeployComponent): Problem[] {
  const seen = new Set<string>();
  return instances(component.element).flatMap((instance) => {
    const identifier = text(instance, 'identifier') ?? '';
    if (identifier === '') return [problemOf(component, 'Required field is missing: identifier', instance)];
    if (seen.has(identifier))
      return [problemOf(component, `The identifier ${identifier} is used more than once on the page.`, instance)];
    seen.add(identifier);
    return [];
  });
}

function instances(element: XmlElement): XmlElement[] {
  return [...descendants(element)].filter(({ name }) => name === 'componentInstance' || name === 'fieldInstance');
}

export function flexiPageReferenceProblems(component: DeployComponent, world: World): Problem[] {
  const { element } = component;
  const type = text(element, 'type') ?? '';
  const object = text(element, 'sobjectType');
  if (type === 'RecordPage' && object === undefined)
    return [problemOf(component, 'Required field is missing: sobjectType')];
  if (object !== undefined && !world.object(object)) {
    return [
      problemOf(
        component,
        `In field: sobjectType - no CustomObject named ${object} found`,
        child(element, 'sobjectType')
      )
    ];
  }
  return instances(element).flatMap((instance) =>
    (instance.name === 'fieldInstance'
      ? fieldProblems(instance, object ?? '', world)
      : componentProblems(instance, { type, object }, world)
    ).map((problem) => problemOf(component, problem, instance))
  );
}

/** `Record.Field`, or `Record.Parent.Field` over a look-up. */
function fieldProblems(instance: XmlElement, object: string, world: World): string[] {
  const item = text(instance, 'fieldItem') ?? '';
  const [root, ...steps] = item.split('.');
  if (root !== 'Record' || steps.length === 0) return [`Invalid field reference: ${item}`];
  let current = object;
  for (const step of steps.slice(0, -1)) {
    const fields = [...(world.object(current)?.fields.values() ?? [])];
    current = fields.find(({ reference }) => reference?.relationshipName === step)?.reference?.to[0] ?? '';
  }
  const last = steps.at(-1) ?? '';
  return world.field(current, last)
    ? []
    : [`In field: fieldItem - no CustomField named ${current || object}.${last} found`];
}

function componentProblems(
  instance: XmlElement,
  page: { type: string; object: string | undefined },
  world: World
): string[] {
  const name = text(instance, 'componentName') ?? '';
  const [namespace, ownName] = name.includes(':') ? name.split(':') : ['c', name];
  if (standardComponents.has(name)) return [];
  const exposed = namespace === 'c' ? exposedComponent(ownName ?? '', world) : undefined;
  const offer = exposed?.targets.get(targetOfPage[page.type] ?? '');
  const fitsObject = !offer || offer.objects.length === 0 || offer.objects.includes(page.object ?? '');
  if (!offer || !fitsObject) {
    const shown = namespace === 'c' ? `c:${ownName ?? ''}` : name;
    return [`We couldn't retrieve the design time component information for component ${shown}.`];
  }
  return children(instance, 'componentInstanceProperties').flatMap((property) => {
    const propertyName = text(property, 'name') ?? '';
    return offer.properties.includes(propertyName)
      ? []
      : [`The property '${propertyName}' isn't defined for component c:${ownName ?? ''}.`];
  });
}
