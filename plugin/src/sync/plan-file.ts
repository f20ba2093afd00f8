import { contentHash, stableText } from '../mapping/compare.js';
import type { Mapping, RecordIssue, Side } from '../mapping/types.js';
import { CosellError } from '../ports/errors.js';
import type { JsonObject, JsonValue } from '../ports/json.js';
import type { FieldConflict } from './merge.js';
import type { SkippedRecord } from './summary.js';

/** The format this program writes, and the only one it reads. */
export const PLAN_VERSION = 1;

export interface PlannedValue {
  field: string;
  label: string;
  value: JsonValue;
}

export interface PlannedChange {
  field: string;
  label: string;
  oldValue: JsonValue;
  newValue: JsonValue;
}

/** One thing that is done to a record, in the order in which it is done. */
export type PlannedOperation =
  | { kind: 'create'; values: readonly PlannedValue[] }
  /** A left record is created for a right one that nobody is coupled with; `reason` says what it is. */
  | { kind: 'takeIn'; category: 'deal' | 'lead'; reason: string; values: readonly PlannedValue[] }
  /** A waiting request is answered; what follows from an acceptance is for the next plan. */
  | { kind: 'answer'; accept: boolean; reason?: string }
  | { kind: 'link'; rightKey: string }
  /** The coupling moves to another left record. */
  | { kind: 'passOn'; to: string }
  | { kind: 'update'; side: Side; changes: readonly PlannedChange[] };

/** Two values of which one loses, or on which only a person can decide. */
export interface PlannedConflict {
  field: string;
  label: string;
  base: JsonValue;
  left: JsonValue;
  right: JsonValue;
  /** When each side last changed, by its server's time; ISO 8601 UTC. */
  leftAt: string;
  rightAt: string;
  resolution: FieldConflict['resolution'];
  reason: FieldConflict['reason'];
  /** What the rule does about it, one sentence. */
  effect: string;
}

/** A field whose sides differ, or that cannot be compared, and that is left as it is. */
export interface SkippedField {
  field: string;
  label: string;
  code: string;
  reason: string;
}

/** Content hashes of what a decision was made from; empty where there was nothing. */
export interface Seen {
  left: string;
  right: string;
  base: string;
}

export interface PlannedRecord {
  /** Key of the left record; `>` and the right key where there is none yet. */
  key: string;
  rightKey?: string;
  seen: Seen;
  operations: readonly PlannedOperation[];
  conflicts: readonly PlannedConflict[];
  /** What keeps the record from being in step. */
  issues: readonly RecordIssue[];
  skippedFields: readonly SkippedField[];
  /** Why nothing at all is done to the record. */
  skipped?: { code: string; message: string };
}

export interface PlanCounts {
  /** Records looked at, and those among them that need nothing. */
  considered: number;
  unchanged: number;
  create: number;
  takeIn: number;
  answer: number;
  link: number;
  updateRight: number;
  updateLeft: number;
  conflicts: number;
  attention: number;
  skippedRecords: number;
  skippedFields: number;
}

/** What a run would do, complete, as it is shown and as it is stored in a file. */
export interface SyncPlan {
  version: typeof PLAN_VERSION;
  /** ISO 8601 UTC. */
  createdAt: string;
  mapping: { name: string; hash: string };
  /** The two ends it was made for; absent members were not known. */
  org: { id?: string; username?: string };
  partnerCenter: { baseUrl?: string; tenantId?: string };
  scope: 'changes' | 'all' | 'records';
  counts: PlanCounts;
  records: readonly PlannedRecord[];
  /** Records of either side that take no part, with the reason. */
  skipped: readonly SkippedRecord[];
}

/** The same mapping gives the same hash, wherever its file lies and however it is laid out. */
export const mappingHash = (mapping: Mapping): string => contentHash(mapping as unknown as JsonValue);

/** What would be done to a record, as text that is equal for equal work. */
export const workText = ({ operations }: Pick<PlannedRecord, 'operations'>): string =>
  stableText(operations as unknown as JsonValue);

const invalid = (file: string, problem: string): CosellError =>
  new CosellError('PLAN_INVALID', `The file ${file} is not a plan that can be applied: ${problem}.`, [
    'Make a new plan with sf cosell sync plan --output-file.'
  ]);

function parsed(text: string, file: string): JsonObject {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw invalid(file, 'it is not JSON');
  }
  if (typeof content !== 'object' || content === null) throw invalid(file, 'it is not an object');
  return content as JsonObject;
}

/**
 * Reads a plan and checks it against its JSON Schema.
 * @throws CosellError `PLAN_INVALID`, or `PLAN_VERSION` for a plan of another version of this program
 */
export async function parsePlan(text: string, file: string): Promise<SyncPlan> {
  const content = parsed(text, file);
  const { version } = content;
  if (typeof version === 'number' && version !== PLAN_VERSION) {
    throw new CosellError(
      'PLAN_VERSION',
      `The plan in ${file} has version ${version}; this program reads version ${PLAN_VERSION}.`,
      ['Make a new plan with sf cosell sync plan --output-file.']
    );
  }
  // Loaded when a plan is read: no other pass needs it.
  const { checkPlan } = await import('./plan-check.generated.js');
  if (!checkPlan(content)) {
    const [problem] = checkPlan.errors ?? [];
    throw invalid(file, `${problem?.instancePath || '/'} ${problem?.message ?? 'is wrong'}`);
  }
  return content as unknown as SyncPlan;
}

/** Members that both plan and present name, and that differ. */
function differing(planned: JsonObject, present: JsonObject): string | undefined {
  return Object.keys(planned).find((name) => present[name] !== undefined && present[name] !== planned[name]);
}

/**
 * Makes sure that a plan belongs to the present mapping and to the present ends.
 * @throws CosellError `PLAN_STALE` when the mapping was changed, `PLAN_FOREIGN` when the plan is for other systems
 */
export function checkPlan(plan: SyncPlan, mapping: Mapping, ends: Pick<SyncPlan, 'org' | 'partnerCenter'>): void {
  if (differing({ id: plan.org.id ?? '' }, { ...(ends.org.id === undefined ? {} : { id: ends.org.id }) })) {
    throw new CosellError(
      'PLAN_FOREIGN',
      `The plan was made for the org ${plan.org.username ?? plan.org.id ?? ''}, not for this one.`,
      ['Name that org with --target-org, or make a new plan for this one.']
    );
  }
  const other = differing(plan.partnerCenter as JsonObject, ends.partnerCenter as JsonObject);
  if (other !== undefined) {
    throw new CosellError('PLAN_FOREIGN', `The plan was made for another Partner Center account (${other} differs).`, [
      'Use the settings that the plan was made with, or make a new plan.'
    ]);
  }
  if (plan.mapping.name === mapping.name && plan.mapping.hash === mappingHash(mapping)) return;
  throw new CosellError(
    'PLAN_STALE',
    'The mapping was changed since the plan was made, so the plan says nothing now.',
    ['Make a new plan with sf cosell sync plan --output-file and look at it again.']
  );
}
