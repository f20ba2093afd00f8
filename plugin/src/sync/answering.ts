import type { RecordIssue } from '../mapping/types.js';
import { requestEntry } from './audit.js';
import type { ActiveRun } from './context.js';
import { auditScope } from './counterpart.js';
import { issueOf } from './issues.js';
import type { PairWork } from './pair.js';
import type { RemoteRecord, WriteResult } from './ports.js';
import type { Arrival } from './inbound.js';
import { arrivalOf, goOnWith } from './taking-in.js';
import { store } from './settle.js';

/** Codes of issues that the trail tells in words of its own. */
export const ANSWER_CODES: ReadonlySet<string> = new Set(['AWAITING_ANSWER', 'REQUEST_EXPIRED', 'REQUEST_DECLINED']);

/** What a request means for a pair as it stands. */
export interface Held {
  /** Nothing may travel to the right before the answer. */
  held: boolean;
  issues: readonly RecordIssue[];
}

const NOT_HELD: Held = { held: false, issues: [] };

/** Pure: what people are told about a request, and whether their edits wait for its answer. */
export function heldBy(run: ActiveRun, left: RemoteRecord, { request }: RemoteRecord): Held {
  const { inbound } = run;
  if (request === undefined || inbound === undefined) return NOT_HELD;
  const { left: ours, right: theirs } = { left: run.left.label, right: run.right.label };
  const how = inbound.howToAnswer[left.answerOnly === true ? 'lead' : 'deal'];
  if (request.state === 'waiting') return { held: true, issues: [issueOf.awaitingAnswer(theirs, request.until, how)] };
  if (request.state === 'expired') return { held: false, issues: [issueOf.requestExpired(theirs)] };
  if (request.state === 'declined') return { held: false, issues: [issueOf.requestDeclined(theirs)] };
  const toConvert = left.answerOnly === true && left.answer?.choice === 'wait';
  return toConvert ? { held: true, issues: [issueOf.acceptedElsewhere(theirs, ours)] } : NOT_HELD;
}

/** The request was waiting when the pair was last worked on, and is answered now, by whomever: told once. */
const wasWaiting = ({ entry }: PairWork): boolean => entry.coupling?.context?.['request'] === 'waiting';

async function send(run: ActiveRun, work: PairWork, left: RemoteRecord, right: RemoteRecord): Promise<WriteResult> {
  const { answer } = left;
  if (run.right.answer === undefined) return { outcome: 'stale' };
  if (answer?.choice !== 'decline') return run.right.answer(right, { accept: true, marker: work.leftKey });
  return run.right.answer(right, { accept: false, reason: answer.reason ?? run.inbound?.declineReason ?? '' });
}

/** What was done about a request: nothing, something after which the right or the left record has to be read again. */
export type Step = 'none' | 'answered' | 'again';

/**
 * Answers a waiting request as the left record says, before any field travels; and lets a left record that still waits follow an
 * answer that was given on the right. Both are conditional on the versions read, so neither is carried out on an old state.
 */
export async function answerStep(
  run: ActiveRun,
  work: PairWork,
  left: RemoteRecord,
  right: RemoteRecord
): Promise<Step> {
  const { inbound } = run;
  const { request } = right;
  if (inbound === undefined || request === undefined) return 'none';
  if (request.state === 'waiting') return answerWaiting(run, work, left, right);
  if (!wasWaiting(work)) return 'none';
  work.audit.push(requestEntry(auditScope(run, work, 'request'), request.state, inbound.acceptedAs));
  const follows = request.state === 'accepted' && left.answerOnly !== true && left.answer?.choice === 'wait';
  if (!follows || Object.keys(inbound.onAccepted).length === 0) return 'none';
  await run.beforeWrite(work);
  const result = await run.left.update(left, inbound.onAccepted);
  if (result.outcome === 'stale') delete work.right;
  else run.tally.add('updatedLeft');
  delete work.left;
  return 'again';
}

async function answerWaiting(run: ActiveRun, work: PairWork, left: RemoteRecord, right: RemoteRecord): Promise<Step> {
  const choice = left.answer?.choice ?? 'wait';
  if (choice === 'wait') return 'none';
  await run.beforeWrite(work);
  const result = await send(run, work, left, right);
  delete work.right;
  if (result.outcome === 'stale') {
    delete work.left;
    return 'again';
  }
  run.tally.add(choice === 'accept' ? 'accepted' : 'declined');
  if (result.record) work.right = result.record;
  return 'answered';
}

/** The right record, as one that comes to the successor; of one that is gone only the key is known. */
async function inheritance(run: ActiveRun, work: PairWork, rightKey: string): Promise<Arrival> {
  const { context } = work.entry.coupling ?? {};
  if (work.right === undefined && work.gone?.right !== true) {
    const found = (await run.right.read([{ key: rightKey, ...(context ? { context } : {}) }])).get(rightKey);
    if (found) work.right = found;
  }
  if (work.right !== undefined) return { ...arrivalOf(run, work.right), category: 'deal' };
  return { rightKey, category: 'deal', waiting: false, values: {} };
}

/**
 * Passing on is the answer already: a successor that begins in the state in which requests wait leaves it, so that it accepts.
 * @returns false when it changed after it was read; nothing was written
 */
async function leaveHold(run: ActiveRun, work: PairWork, key: string): Promise<boolean> {
  const onAccepted = run.inbound?.onAccepted ?? {};
  const state = work.right?.request?.state;
  if ((state !== 'waiting' && state !== 'accepted') || Object.keys(onAccepted).length === 0) return true;
  const successor = (await run.left.read([{ key }])).get(key);
  if (successor?.answer?.choice !== 'wait') return true;
  await run.beforeWrite(work);
  return (await run.left.update(successor, onAccepted)).outcome === 'written';
}

/**
 * Another left record goes on with the counterpart: first it shows so itself, then the ledger lets go of this one.
 * @returns false when the other record changed meanwhile, so that it has to be tried again
 */
export async function passOn(run: ActiveRun, work: PairWork, left: RemoteRecord): Promise<boolean> {
  const { ledger, mapping, inbound } = run;
  const { successor } = left.answer ?? {};
  const holder = successor && (await ledger.leftKeysOf(mapping.name, [successor.rightKey])).get(successor.rightKey);
  if (inbound === undefined || successor === undefined || (holder !== undefined && holder !== work.leftKey)) {
    run.tally.add('unchanged');
    if (work.entry.issue) await store(run, work, { issue: null });
    return true;
  }
  const arrival = await inheritance(run, work, successor.rightKey);
  if (!(await leaveHold(run, work, successor.key))) return false;
  await run.beforeWrite(work);
  await inbound.port.succeed(successor.key, arrival);
  const { context } = work.entry.coupling ?? {};
  await store(run, work, { coupling: null, intent: null, issue: null, telling: null, dispute: null });
  await goOnWith(run, successor.key, { key: successor.rightKey, ...(context ? { context } : {}) }, { heir: true });
  return true;
}
