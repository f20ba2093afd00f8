import type { Connection } from '@salesforce/core';
import { CosellError } from '../ports/errors.js';
import type { ChangeEventResult } from './result.js';

/** Entities an org may select for change events without an add-on (Change Data Capture guide, allocations). */
export const entityLimit = 5;

/** The part of the connection that is used. */
export type ToolingQuery = (soql: string) => Promise<{ records: { SelectedEntity: string }[] }>;

export function toolingQuery(connection: Connection): ToolingQuery {
  return async (soql) => connection.tooling.query<{ SelectedEntity: string }>(soql);
}

/**
 * Counts the entities that are selected already, on whatever channel, before anything is deployed.
 * Throws `CosellError` CHANGE_EVENT_LIMIT when ours do not fit.
 */
export async function checkEntityLimit(query: ToolingQuery, entities: readonly string[]): Promise<ChangeEventResult> {
  const { records } = await query('SELECT SelectedEntity FROM PlatformEventChannelMember');
  const present = new Set(records.map((record) => record.SelectedEntity));
  const after = new Set([...present, ...entities]);
  if (after.size > entityLimit && after.size > present.size) {
    throw new CosellError(
      'CHANGE_EVENT_LIMIT',
      `The org has ${present.size} of ${entityLimit} change event entities in use (${[...present].join(', ')}) ` +
        `and this package needs ${after.size - present.size} more.`,
      [
        'Deploy without change events, changes are then found by polling: sf cosell deploy',
        'Or free an entity in Setup, Change Data Capture, and run the command again.'
      ]
    );
  }
  return { entities: [...entities], selected: after.size, limit: entityLimit };
}
