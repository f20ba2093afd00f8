import type { JsonObject } from '../../ports/json.js';
import type { WriteResult } from '../../sync/ports.js';
import { isoTime } from './document-values.js';
import { versionText } from './document.js';
import { allRecords, pageOf, queryPath, quoted } from './query.js';
import { chunks } from './reading.js';
import type { Patch } from './records/graph.js';
import { graphLimits, patchTogether } from './records/graph.js';
import { dataRoot } from './rest.js';
import type { Rest } from './rest.js';

/** REST API guide, "sObject Collections": 200 ids per delete; 100 keep the address short. */
const idsPerDelete = 100;
/** Rows of the trail that one turn removes: 20 calls. */
export const removedPerTurn = 2_000;

/**
 * Removes rows of the audit trail that are older than a moment (ISO 8601 UTC), the oldest first.
 * @returns how many were there to be removed; `removedPerTurn` means that there may be more
 */
export async function removeAudit(rest: Rest, before: string): Promise<number> {
  const soql = `SELECT Id FROM Cosell_Audit__c WHERE Occurred_At__c < ${before} ORDER BY Occurred_At__c LIMIT ${removedPerTurn}`;
  const { json } = await rest.call({ method: 'GET', path: queryPath(soql), repeatable: true });
  const ids = (await allRecords(rest, pageOf(json))).map(({ Id }) => String(Id));
  for (const batch of chunks(ids, idsPerDelete)) {
    const path = `${dataRoot}/composite/sobjects?ids=${batch.join(',')}&allOrNone=false`;
    await rest.call({ method: 'DELETE', path, repeatable: true });
  }
  return ids.length;
}

/** Ids of the active users who hold a permission set, given to them directly. */
export async function usersWith(rest: Rest, permissionSet: string): Promise<ReadonlySet<string>> {
  const condition = `PermissionSet.Name = ${quoted(permissionSet)} AND Assignee.IsActive = true`;
  const path = queryPath(`SELECT AssigneeId FROM PermissionSetAssignment WHERE ${condition}`);
  const { json } = await rest.call({ method: 'GET', path, repeatable: true });
  return new Set((await allRecords(rest, pageOf(json))).map(({ AssigneeId }) => String(AssigneeId)));
}

/** Marks in front of an opportunity's name, by its sync state; other states leave the name as it is. */
const marks: Readonly<Record<string, string>> = {
  Synced: '✔',
  Closed: '✔',
  Attention: '✖',
  Conflict: '✖',
  Error: '✖'
};
const anyMark = /^(?:[✔✖✓✗✅❌]\uFE0F?\s*)+/u;
/** Object reference, Opportunity.Name. */
const nameLength = 120;
const markedPerTurn = graphLimits.nodes;

/** The name with the mark of a state, or undefined where nothing is to be changed. */
export function markedName(name: string, state: string): string | undefined {
  const mark = marks[state];
  if (mark === undefined) return undefined;
  const marked = `${mark} ${name.replace(anyMark, '')}`;
  return marked === name || marked.length > nameLength ? undefined : marked;
}

function unmarked(): string {
  const states = (mark: string): string[] => Object.keys(marks).filter((state) => marks[state] === mark);
  const wrong = [...new Set(Object.values(marks))].map(
    (mark) => `(Cosell_Sync_State__c IN (${states(mark).map(quoted).join(', ')}) AND (NOT Name LIKE '${mark}%'))`
  );
  return (
    'SELECT Id, Name, LastModifiedDate, Cosell_Sync_State__c FROM Opportunity ' +
    // A deal that waits for the rep's answer is neither in step nor wrong.
    "WHERE Sync_with_Partner_Center__c = true AND Cosell_Issue_Codes__c != 'AWAITING_ANSWER' " +
    `AND (${wrong.join(' OR ')}) ORDER BY LastModifiedDate LIMIT ${markedPerTurn}`
  );
}

/** What became of the marks that were wrong. */
export interface NamesMarked {
  marked: number;
  /** Names that are to be marked at the next turn; those that cannot take a mark are not among them. */
  left: number;
}

/** The names that take a mark, each as a write under the condition that nobody edited the record since it was read. */
const writesOf = (rows: readonly JsonObject[], readAt: number): Patch[] =>
  rows.flatMap((row) => {
    const name = markedName(String(row['Name']), String(row['Cosell_Sync_State__c']));
    const modified = Date.parse(isoTime(row['LastModifiedDate']));
    if (name === undefined) return [];
    return [
      { current: { key: String(row['Id']), version: versionText({ modified, read: readAt }) }, body: { Name: name } }
    ];
  });

/**
 * Puts marks in front of the names of opportunities whose state has another one: two calls for 500 names. A record that was
 * edited just now is left for the next turn.
 */
export async function markNames(rest: Rest): Promise<NamesMarked> {
  const { json, serverTime } = await rest.call({ method: 'GET', path: queryPath(unmarked()), repeatable: true });
  const { records } = pageOf(json);
  const results = await patchTogether(rest, 'Opportunity', writesOf(records, serverTime));
  const count = (outcome: WriteResult['outcome']): number =>
    results.filter((one) => 'result' in one && one.result.outcome === outcome).length;
  const marked = count('written');
  const more = marked > 0 && records.length === markedPerTurn ? 1 : 0;
  return { marked, left: count('stale') + more };
}
