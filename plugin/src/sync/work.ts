import type { Coupling } from '../ledger/port.js';
import { inScope, preflight } from '../mapping/preflight.js';
import type { CanonicalRecord, RecordIssue } from '../mapping/types.js';
import { passOn } from './answering.js';
import { isArrival } from './arrivals.js';
import { issueEntry } from './audit.js';
import { bringInStep, confirmOpen } from './bring.js';
import type { ActiveRun } from './context.js';
import { isoNow } from './context.js';
import { auditScope, checkCounterpart, create, link, resolveIntent } from './counterpart.js';
import { defer, handleFailure } from './fail.js';
import { issueOf } from './issues.js';
import { checkMissing, LEFT_MISSING } from './missing.js';
import type { PairWork } from './pair.js';
import { leftHash, rightHash } from './pair.js';
import type { RemoteRecord } from './ports.js';
import { knownRight } from './seen.js';
import { couplingNow, settle, store, storeWithNext } from './settle.js';
import { isTaken, isTakenOver } from './stop.js';
import { takeIn } from './taking-in.js';
import type { Outbox, Verdict } from './telling.js';
import { isNews } from './telling.js';
import { journalUnconfirmed } from './trail.js';
import { isAsk, isWanted, NOT_COUPLED } from './wanted.js';

async function readLeft(run: ActiveRun, work: PairWork): Promise<RemoteRecord | undefined> {
  if (work.left === undefined && work.gone?.left !== true) {
    const left = (await run.left.read([{ key: work.leftKey }])).get(work.leftKey);
    if (left) work.left = left;
  }
  return work.left?.lifecycle === 'deleted' ? undefined : work.left;
}

async function readRight(run: ActiveRun, work: PairWork, key: string): Promise<RemoteRecord | undefined> {
  if (work.right === undefined && work.gone?.right !== true) {
    const context = work.entry.coupling?.context;
    const right = (await run.right.read([{ key, ...(context ? { context } : {}) }])).get(key);
    if (right) work.right = right;
  }
  return work.right;
}

/** The left record is gone: nothing is deleted on the right, a person decides (promise G10). Listed once. */
async function leftGone(run: ActiveRun, work: PairWork): Promise<void> {
  const { turns } = run;
  if (work.entry.coupling === undefined || turns === undefined) return park(run, work);
  await turns.take(async () => {
    await checkMissing(run);
    await park(run, work);
  });
}

/** A counterpart whose left record is gone is remembered: were it forgotten, a record that comes back would get a second one. */
function orphaned(run: ActiveRun, { leftKey, right, entry }: PairWork): Coupling | undefined {
  if (entry.coupling) return { ...entry.coupling, state: 'paused' };
  if (right?.counterpart !== leftKey) return undefined;
  const now = isoNow(run.clock);
  return {
    leftKey,
    rightKey: right.key,
    ...(right.context ? { context: right.context } : {}),
    state: 'paused',
    base: {},
    seenLeft: 'deleted',
    seenRight: rightHash(run.mapping, right),
    leftAt: new Date(0).toISOString(),
    rightAt: right.modifiedAt,
    createdAt: now,
    updatedAt: now
  };
}

async function park(run: ActiveRun, work: PairWork): Promise<void> {
  const { coupling } = work.entry;
  const remembered = orphaned(run, work);
  const [side, key] = coupling
    ? (['left', work.leftKey] as const)
    : (['right', work.right?.key ?? work.leftKey] as const);
  const message = `The record ${work.leftKey} does not exist in ${run.left.label}, or may not be read.`;
  run.tally.skip({ side, key, code: LEFT_MISSING, message });
  const right = work.right ? rightHash(run.mapping, work.right) : (coupling?.seenRight ?? '');
  // Its trail is gone with it, so an edit that an update under way may have overwritten is kept in the journal (promise G2).
  journalUnconfirmed(run, work);
  const notBefore = new Date(run.clock.now()).toISOString();
  const seen = { leftHash: 'deleted', rightHash: right, notBefore, issues: [] };
  await store(run, work, {
    ...(remembered ? { coupling: remembered } : {}),
    intent: null,
    issue: { state: 'parked', code: coupling ? LEFT_MISSING : 'NO_LEFT_RECORD', attempts: 1, ...seen },
    telling: null
  });
}

/**
 * A counterpart turned up for a record that is not shared: they are coupled without a word, so that no second counterpart is
 * created when sharing is switched on.
 */
async function rest(run: ActiveRun, work: PairWork): Promise<void> {
  const coupling = couplingNow(run, work, {});
  run.tally.add('unchanged');
  if (coupling && work.left && work.right) {
    const seen = { seenLeft: leftHash(run.mapping, work.left), seenRight: rightHash(run.mapping, work.right) };
    await store(run, work, { coupling: { ...coupling, ...seen, state: 'paused' }, intent: null });
  }
}

/** Sharing was switched off while a write was under way: whether it went through has to be known before the record rests. */
async function isResolved(run: ActiveRun, outbox: Outbox, work: PairWork): Promise<boolean> {
  const { coupling, intent } = work.entry;
  if (intent?.kind === 'update' && coupling && work.left) {
    const right = await readRight(run, work, coupling.rightKey);
    if (right) confirmOpen(run, work, work.left, right);
  }
  if (coupling !== undefined || intent?.kind !== 'create') return true;
  const answer = intent.attempt > 0 ? await resolveIntent(run, work, intent) : false;
  if (typeof answer === 'object') await defer(run, outbox, work, 'OUTCOME_UNKNOWN', answer.waiting.until);
  else if (!answer && work.right?.counterpart !== work.leftKey) await store(run, work, { intent: null });
  return typeof answer === 'boolean';
}

/** Sharing is switched off: a coupled pair rests, and people see that it does. */
async function pause(run: ActiveRun, outbox: Outbox, work: PairWork): Promise<void> {
  const { coupling, telling, issue } = work.entry;
  if (coupling === undefined && work.right?.counterpart === work.leftKey) return rest(run, work);
  if (coupling === undefined && telling === undefined && issue === undefined) {
    run.tally.add('unchanged');
    return;
  }
  const issues = coupling ? [issueOf.paused(run.right.label)] : [];
  const verdict: Verdict = { state: 'NotShared', issues };
  // The right side is not part of the message: what happens there while sharing is off is nobody's news here.
  delete work.right;
  run.tally.add(!isNews(run, work, verdict) ? 'unchanged' : coupling ? 'paused' : 'skipped');
  await settle(run, outbox, work, verdict);
}

/** Not to be worked on until somebody changes something; told once. */
async function attention(
  run: ActiveRun,
  outbox: Outbox,
  work: PairWork,
  left: RemoteRecord,
  issues: readonly RecordIssue[]
): Promise<void> {
  const verdict: Verdict = { state: 'Attention', issues };
  // From here on the issue stands for the ask; an open intent would be looked into in every run.
  if (isAsk(work.entry)) storeWithNext(work, { intent: null });
  run.tally.add('attention');
  if (isNews(run, work, verdict))
    work.audit.push(issueEntry(auditScope(run, work, left.modifiedAt), issues, 'attention'));
  await settle(run, outbox, work, verdict, {
    issue: {
      state: 'parked',
      code: issues[0]?.code ?? 'ATTENTION',
      attempts: 1,
      leftHash: leftHash(run.mapping, left),
      rightHash: work.right ? rightHash(run.mapping, work.right) : '',
      notBefore: left.modifiedAt,
      issues
    }
  });
}

/** It came here all the same, because somebody asked for another look: nothing is created for it. */
function uncoupled(run: ActiveRun, work: PairWork): false {
  const message = `It is coupled with no record of ${run.right.label}.`;
  run.tally.skip({ side: 'left', key: work.leftKey, code: NOT_COUPLED, message });
  return false;
}

/** Makes sure that the pair is coupled and its right side read. `false` when there is nothing more to do now. */
async function findOrCreate(run: ActiveRun, outbox: Outbox, work: PairWork, left: RemoteRecord): Promise<boolean> {
  const { coupling, intent } = work.entry;
  const key = coupling?.rightKey ?? work.right?.key ?? knownRight(work.entry)?.key ?? left.counterpart;
  if (key !== undefined) {
    const right = await readRight(run, work, key);
    const problem = checkCounterpart(run, work, right);
    if (problem && coupling === undefined) delete work.right;
    if (problem) await attention(run, outbox, work, left, [problem]);
    if (problem || right === undefined) return false;
    if (coupling === undefined) link(run, work, right);
    return true;
  }
  if (intent?.kind === 'create' && !isAsk(work.entry)) {
    const answer = await resolveIntent(run, work, intent);
    if (answer === true) return true;
    if (typeof answer === 'object') {
      await defer(run, outbox, work, 'OUTCOME_UNKNOWN', answer.waiting.until);
      return false;
    }
  }
  if (!isWanted(run, work.entry, work)) return uncoupled(run, work);
  const missing =
    left.answerOnly === true ? [issueOf.counterpartGone(run.right.label)] : preflight(run.mapping, left.document);
  if (missing.length > 0) {
    await attention(run, outbox, work, left, missing);
    return false;
  }
  await create(run, work, left);
  return true;
}

/** Rounds until the pair is in step; after too many changes under our hands the record is left for the next run. */
async function rounds(run: ActiveRun, outbox: Outbox, work: PairWork): Promise<void> {
  if (isArrival(work.leftKey)) return takeIn(run, work);
  let values: CanonicalRecord | undefined;
  let changes = 0;
  for (let round = 0; round < run.options.maxRounds * 2 && changes < run.options.maxRounds; round += 1) {
    const left = await readLeft(run, work);
    if (left === undefined) return leftGone(run, work);
    if (left.answer?.successor !== undefined) {
      if (await passOn(run, work, left)) return undefined;
      changes += 1;
      await run.clock.sleep(run.options.staleDelayMs);
      continue;
    }
    if (!inScope(run.mapping, left.document)) {
      if (await isResolved(run, outbox, work)) await pause(run, outbox, work);
      return undefined;
    }
    if (!(await findOrCreate(run, outbox, work, left))) return undefined;
    const result = await bringInStep(run, outbox, work, values);
    if (result === 'settled') return undefined;
    values = result === 'again' || work.left === undefined ? undefined : result;
    if (result !== 'again') continue;
    changes += 1;
    if (changes < run.options.maxRounds) await run.clock.sleep(run.options.staleDelayMs);
  }
  return defer(run, outbox, work, 'CHANGING', new Date(run.clock.now()).toISOString());
}

async function roundsOrFailure(run: ActiveRun, outbox: Outbox, work: PairWork): Promise<void> {
  try {
    await rounds(run, outbox, work);
    run.tally.failuresInARow = 0;
  } catch (error) {
    if (isTakenOver(error)) throw error;
    // A record that turned out to be another one's counterpart is not shown as this one's.
    if (isTaken(error) && work.entry.coupling === undefined) delete work.right;
    await handleFailure(run, outbox, work, error);
  }
}

/**
 * Brings one pair in step. Throws only what ends the run.
 * @returns false when another worker took the record over: then nothing more is done or said about it here
 */
export async function workOn(run: ActiveRun, outbox: Outbox, work: PairWork): Promise<boolean> {
  try {
    await roundsOrFailure(run, outbox, work);
    return true;
  } catch (error) {
    if (!isTakenOver(error)) throw error;
    run.tally.add('takenOver');
    return false;
  }
}
