import type { EntitySet } from '../contract/model.js';
import type { View } from './types.js';

const ENGLISH = 1033;

/** `approvalEntries` reads as "Approval Entries". */
function caption(name: string): { languageCode: number; caption: string }[] {
  const words = name.replace(/([a-z])([A-Z])/g, '$1 $2');
  return [{ languageCode: ENGLISH, caption: words.charAt(0).toUpperCase() + words.slice(1) }];
}

/** Names and captions of everything in the model, as the service lists them for builders of forms. */
export function entityDefinitions(sets: ReadonlyMap<string, EntitySet>): View {
  return () =>
    [...sets.values()].map((set) => ({
      id: set.type,
      version: 0,
      values: {
        entityName: set.type,
        entitySetName: set.name,
        entityCaptions: caption(set.type),
        entitySetCaptions: caption(set.name),
        properties: [...set.properties.keys()].map((name) => ({ name, captions: caption(name) })),
        actions: [...set.actions.values()].map((name) => ({ name, captions: caption(name) })),
        enumMembers: []
      }
    }));
}
