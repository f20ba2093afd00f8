import type { DeployComponent } from '../package/collect.js';
import { problemOf, type Problem } from '../package/problem.js';
import { children, text } from '../xml/element.js';
import { readMetadataFile } from '../xml/read.js';
import { nameProblems } from './names.js';
import type { World } from './world.js';

/** Entities that can be selected without an add-on licence (Change Data Capture Developer Guide, allocations). */
export const mostSelectedEntities = 5;

/** Standard objects that publish change events; every custom object does (same guide, supported objects). */
const capable: ReadonlySet<string> = new Set([
  'Account',
  'Contact',
  'Contract',
  'Lead',
  'Opportunity',
  'OpportunityContactRole',
  'Order',
  'OrderItem',
  'Pricebook2',
  'Product2',
  'Quote',
  'Task',
  'User'
]);

const standardChannel = 'ChangeEvents';

export function channelMemberProblems(component: DeployComponent): Problem[] {
  const channel = text(component.element, 'eventChannel') ?? '';
  const problems = nameProblems('Developer Name', component.fullName, 80);
  if (channel !== standardChannel)
    problems.push(`In field: eventChannel - no PlatformEventChannel named ${channel} found`);
  for (const name of ['enrichedFields', 'filterExpression']) {
    if (channel === standardChannel && children(component.element, name).length > 0) {
      problems.push(`${name} can't be used with the standard ChangeEvents channel`);
    }
  }
  return problems.map((problem) => problemOf(component, problem));
}

export function channelMemberReferenceProblems(component: DeployComponent, world: World): Problem[] {
  const entity = text(component.element, 'selectedEntity') ?? '';
  const object = world.object(objectOf(entity));
  const isCapable = object && eventOf(object.name) === entity && (object.custom || capable.has(object.name));
  if (!isCapable)
    return [problemOf(component, `The selected entity ${entity} isn't available for Change Data Capture`)];
  const others = world
    .names(component.type)
    .filter((name) => name !== component.fullName)
    .map((name) => ({ name, entity: selectedEntity(name, world) }));
  if (others.some((other) => other.entity === entity)) {
    return [problemOf(component, `The entity ${entity} is already selected for the channel ${standardChannel}`)];
  }
  const entities = new Set(others.map((other) => other.entity)).add(entity);
  return entities.size > mostSelectedEntities
    ? [
        problemOf(
          component,
          `You've reached the maximum number of entities selected for Change Data Capture: ${mostSelectedEntities}`
        )
      ]
    : [];
}

/** `OpportunityChangeEvent` and `X__ChangeEvent` of the objects `Opportunity` and `X__c`. */
function objectOf(entity: string): string {
  return entity.endsWith('__ChangeEvent')
    ? entity.replace(/__ChangeEvent$/, '__c')
    : entity.replace(/ChangeEvent$/, '');
}

function eventOf(object: string): string {
  return object.endsWith('__c') ? object.replace(/__c$/, '__ChangeEvent') : `${object}ChangeEvent`;
}

function selectedEntity(fullName: string, world: World): string {
  const [content] = Object.values(world.files('PlatformEventChannelMember', fullName) ?? {});
  return content ? (text(readMetadataFile(content, 'PlatformEventChannelMember'), 'selectedEntity') ?? '') : '';
}
