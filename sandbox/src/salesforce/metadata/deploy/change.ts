import type { MetadataChange, Org } from '../../core/contract.js';
import type { SObjectSchema } from '../../core/schema.js';
import type { DeployComponent } from '../package/collect.js';
import type { Deletion } from '../package/destructive.js';
import { permissionGrant } from '../translate/permission-grant.js';
import { recordTypeDefinition } from '../translate/record-type.js';
import { World } from '../rules/world.js';
import { text } from '../xml/element.js';

/**
 * What the organization must change to become `world`, in steps. There is a step before the main one only when a component is
 * deleted first and then deployed anew, which empties it.
 */
export function metadataChanges(world: World, deletions: readonly Deletion[]): MetadataChange[] {
  const isRenewed = ({ type, fullName, fileName }: Deletion): boolean =>
    !fileName.endsWith('destructiveChangesPost.xml') && world.inPackage(type, fullName) !== undefined;
  const first = deletions.filter(isRenewed);
  const main = changeTo(
    world,
    deletions.filter((deletion) => !isRenewed(deletion))
  );
  return first.length === 0 ? [main] : [changeTo(new World(world.org, []), first), main];
}

function changeTo(world: World, deletions: readonly Deletion[]): MetadataChange {
  const { org, components } = world;
  const lastModifiedDate = org.now().toISOString();
  return {
    upsertObjects: objects(world),
    deleteObjects: named(deletions, 'CustomObject'),
    upsertFields: fields(world),
    deleteFields: named(deletions, 'CustomField').map((fullName) => {
      const [object = '', field = ''] = fullName.split('.');
      return { object, field };
    }),
    upsertRecordTypes: components
      .filter(isOfType('RecordType'))
      .map(({ parent, element }) => recordTypeDefinition(parent, element)),
    upsertPermissionSets: components.filter(isOfType('PermissionSet')).map(({ fullName, element }) => ({
      name: fullName,
      label: text(element, 'label') ?? fullName,
      description: text(element, 'description') ?? '',
      grant: permissionGrant(element)
    })),
    deletePermissionSets: named(deletions, 'PermissionSet'),
    upsertComponents: components.map(({ type, fullName, files }) => ({ type, fullName, files, lastModifiedDate })),
    deleteComponents: [...deletions, ...dependents(org, deletions)].map(({ type, fullName }) => ({ type, fullName }))
  };
}

function isOfType(type: string): (component: DeployComponent) => boolean {
  return (component) => component.type === type;
}

function named(deletions: readonly Deletion[], type: string): string[] {
  return deletions.filter((deletion) => deletion.type === type).map(({ fullName }) => fullName);
}

/** Deployed custom objects with all their fields; those of new objects come along, those of others stand in `upsertFields`. */
function objects(world: World): SObjectSchema[] {
  return world.components
    .filter(({ type, fullName }) => type === 'CustomObject' && world.object(fullName)?.custom)
    .map(({ fullName }) => world.object(fullName) as SObjectSchema);
}

function fields(world: World): MetadataChange['upsertFields'] {
  return world.components.filter(isOfType('CustomField')).flatMap(({ parent, element }) => {
    const field = world.field(parent, text(element, 'fullName') ?? '');
    return field?.custom ? [{ object: world.object(parent)?.name ?? parent, field }] : [];
  });
}

/** What goes with a deleted object: its fields, list views …, its layouts and its tab. */
function dependents(org: Org, deletions: readonly Deletion[]): { type: string; fullName: string }[] {
  return named(deletions, 'CustomObject').flatMap((object) => {
    const inside = ['CustomField', 'ListView', 'CompactLayout', 'RecordType'].flatMap((type) =>
      org.components.list(type).filter(({ fullName }) => fullName.startsWith(`${object}.`))
    );
    const layouts = org.components.list('Layout').filter(({ fullName }) => fullName.startsWith(`${object}-`));
    const tabs = org.components.list('CustomTab').filter(({ fullName }) => fullName === object);
    return [...inside, ...layouts, ...tabs];
  });
}
