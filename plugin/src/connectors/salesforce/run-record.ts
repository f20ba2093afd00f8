import type { JsonObject } from '../../ports/json.js';
import type { RunRow } from '../../sync/ports.js';
import type { SubRequest } from './composite.js';
import { queryPath } from './query.js';
import { dataRoot } from './rest.js';

export const runObject = 'Cosell_Run__c';
export const runKeyField = 'Run_Identifier__c';

/** Runs that the org keeps. */
export const keptRuns = 500;
/** Ids of a delete with the collections resource are in its address; 50 of them keep it short. */
const removedAtOnce = 50;

/** Field of the package → count of the engine. */
const counts = {
  Looked_At__c: 'considered',
  Created__c: 'created',
  Linked__c: 'linked',
  Taken_In__c: 'takenIn',
  Accepted__c: 'accepted',
  Declined__c: 'declined',
  Updated_Partner_Center__c: 'updatedRight',
  Updated_Salesforce__c: 'updatedLeft',
  Attention__c: 'attention',
  Conflicts__c: 'conflicts',
  Deferred__c: 'deferred',
  Refused__c: 'rejected',
  Failed__c: 'failed'
} as const;
const calls = { Salesforce_Calls__c: 'salesforce', Partner_Center_Calls__c: 'partner-center' } as const;
/** Values of the restricted picklist; a run that leaves work to others or to the next one is a partial one. */
const outcomes: Readonly<Record<string, string>> = { success: 'Success', stopped: 'Stopped' };

const numbers = (fields: Readonly<Record<string, string>>, from: Readonly<Record<string, number>>): JsonObject =>
  Object.fromEntries(Object.entries(fields).map(([field, name]) => [field, from[name] ?? 0]));

/** The row of a run, by its id: told again it is brought up to date. */
export function runRecord(run: RunRow): JsonObject {
  return {
    attributes: { type: runObject },
    [runKeyField]: run.id,
    Mapping__c: run.mapping,
    Started_At__c: run.startedAt,
    Ended_At__c: run.toldAt,
    Outcome__c: outcomes[run.outcome] ?? 'Partial',
    Stopped_Code__c: run.stoppedCode ?? null,
    ...numbers(counts, run.counts),
    ...numbers(calls, run.calls)
  };
}

/**
 * Keeps the list of runs short without a call of its own: one sub-request rides along with each delivery, which asks for rows
 * beyond the newest 500 or, when it is known that there are some, removes them.
 */
export class RunHistory {
  private old: readonly string[] = [];

  /** The sub-request that rides along. */
  public request(): SubRequest {
    if (this.old.length > 0) {
      const ids = this.old.join(',');
      return {
        referenceId: 'oldRuns',
        method: 'DELETE',
        url: `${dataRoot}/composite/sobjects?ids=${ids}&allOrNone=false`
      };
    }
    const soql = `SELECT Id FROM ${runObject} ORDER BY CreatedDate DESC, Id DESC LIMIT ${removedAtOnce} OFFSET ${keptRuns}`;
    return { referenceId: 'oldRuns', method: 'GET', url: queryPath(soql) };
  }

  /** Takes note of its answer. A failure is of no consequence: the next delivery asks again. */
  public answered(body: unknown): void {
    const records = (body as { records?: { Id: string }[] } | null)?.records;
    this.old = Array.isArray(records) ? records.map(({ Id }) => Id) : [];
  }
}
