import type { Session, StoredComponent } from './contract.js';
import { newRow } from './save/defaults.js';
import type { Engine } from './save/engine.js';
import { insertRow } from './save/rows.js';

const OBJECT = 'PlatformEventChannelMember';

/** The selected entity and channel that a channel member component names. */
export function readChannelMember(
  component: StoredComponent
): { selectedEntity: string; eventChannel: string } | undefined {
  for (const file of Object.values(component.files)) {
    const xml = file.toString('utf8');
    const selectedEntity = element(xml, 'selectedEntity');
    if (selectedEntity !== undefined)
      return { selectedEntity, eventChannel: element(xml, 'eventChannel') ?? 'ChangeEvents' };
  }
  return undefined;
}

function element(xml: string, name: string): string | undefined {
  return new RegExp(`<${name}>\\s*(\\w+)\\s*</${name}>`).exec(xml)?.[1];
}

/** Makes the rows of the Tooling object say what is deployed. */
export function refreshChannelMembers(engine: Engine, session: Session, deployed: readonly StoredComponent[]): void {
  const object = engine.schema.object(OBJECT);
  if (object === undefined) return;
  engine.database.run(`DELETE FROM "PlatformEventChannelMember"`);
  for (const component of deployed) {
    const member = readChannelMember(component);
    if (member === undefined) continue;
    const values = {
      DeveloperName: component.fullName,
      EventChannel: member.eventChannel,
      SelectedEntity: member.selectedEntity
    };
    const given = new Set(Object.keys(values));
    insertRow(
      engine.database,
      object,
      newRow({ engine, session, object, given }, engine.newId(object.keyPrefix), values)
    );
  }
}
