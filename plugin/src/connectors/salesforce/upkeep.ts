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
    `WHERE Sync_with_Partner_Center__c = true AND (${wrong.join(' OR ')}) ORDER BY LastModifiedDate LIMIT ${markedPerTurn}`
  );
}

async function mark(rest: Rest, row: JsonObject, readAt: number): Promise<boolean> {
  const modified = Date.parse(isoTime(row['LastModifiedDate']));
  const name = markedName(String(row['Name']), String(row['Cosell_Sync_State__c']));
  // People edit the name: it is written under the condition that nobody did since, and never right after an edit.
  if (name === undefined || readAt - modified < settleMs) return false;
  const { status } = await rest.call({
    method: 'PATCH',
    path: `${dataRoot}/sobjects/Opportunity/${String(row['Id'])}`,
    body: { Name: name },
    headers: { 'if-unmodified-since': new Date(modified).toUTCString() },
    repeatable: true,
    accept: [400, 403, 404, 412]
  });
  return status < 300;
}

/**
 * Puts marks in front of the names of opportunities whose state has another one: one call, and one more for each name. A
 * name that cannot be changed now comes up again at the next turn.
 */
export async function markNames(rest: Rest): Promise<number> {
  const { json, serverTime } = await rest.call({ method: 'GET', path: queryPath(unmarked()), repeatable: true });
  let marked = 0;
  for (const row of pageOf(json).records) if (await mark(rest, row, serverTime)) marked += 1;
  return marked;
}
