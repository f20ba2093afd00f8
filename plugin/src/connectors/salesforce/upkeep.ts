import type { JsonObject } from '../../ports/json.js';
import { isoTime } from './document-values.js';
import { allRecords, pageOf, queryPath, quoted } from './query.js';
import { chunks } from './reading.js';
import { dataRoot } from './rest.js';
import type { Rest } from './rest.js';
import { settleMs } from './update.js';

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
const markedPerTurn = 200;

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

/** `later`: people edit the name, so it is written under the condition that nobody did since, and never right after an edit. */
async function mark(rest: Rest, row: JsonObject, readAt: number): Promise<'marked' | 'later' | 'never'> {
  const modified = Date.parse(isoTime(row['LastModifiedDate']));
  const name = markedName(String(row['Name']), String(row['Cosell_Sync_State__c']));
  if (name === undefined) return 'never';
  if (readAt - modified < settleMs) return 'later';
  const { status } = await rest.call({
    method: 'PATCH',
    path: `${dataRoot}/sobjects/Opportunity/${String(row['Id'])}`,
    body: { Name: name },
    headers: { 'if-unmodified-since': new Date(modified).toUTCString() },
    repeatable: true,
    accept: [400, 403, 404, 412]
  });
  if (status === 412) return 'later';
  return status < 300 ? 'marked' : 'never';
}

/** Puts marks in front of the names of opportunities whose state has another one: one call, and one more for each name. */
export async function markNames(rest: Rest): Promise<NamesMarked> {
  const { json, serverTime } = await rest.call({ method: 'GET', path: queryPath(unmarked()), repeatable: true });
  const { records } = pageOf(json);
  const count = { marked: 0, later: 0, never: 0 };
  for (const row of records) count[await mark(rest, row, serverTime)] += 1;
  const more = count.marked > 0 && records.length === markedPerTurn ? 1 : 0;
  return { marked: count.marked, left: count.later + more };
}
