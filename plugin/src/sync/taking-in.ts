import type { OpenIssue } from '../ledger/port.js';
import { isEmpty, stableText } from '../mapping/compare.js';
import { toPathValues } from '../mapping/convert.js';
import type { CanonicalRecord, RecordIssue } from '../mapping/types.js';
import type { JsonObject } from '../ports/json.js';
import { arrivingRef, isArriving } from './arrivals.js';
import type { ActiveRun } from './context.js';
import { isoNow, labelsOf } from './context.js';
import type { Arrival, Inbound } from './inbound.js';
import { issueOf } from './issues.js';
import type { PairWork } from './pair.js';
import { rightHash } from './pair.js';
import type { RecordRef, RemoteRecord } from './ports.js';
import { seenAs } from './seen.js';
import { store } from './settle.js';
import { inTurn } from './turns.js';
import { valuesOf } from './values.js';

/** What keeps a record out may be put right on a record that no feed speaks of, such as an account: so it is looked at again. */
const AGAIN_AFTER_MS = 60 * 60_000;

/** What is filled on the right, by canonical name. */
export function filledValues({ mapping }: ActiveRun, right: RemoteRecord): CanonicalRecord {
  return Object.fromEntries(Object.entries(valuesOf(mapping, 'right', right)).filter(([, value]) => !isEmpty(value)));
}

/** A right record in the words of the left side. */
export function arrivalOf(run: ActiveRun, right: RemoteRecord): Arrival {
  const waiting = right.request?.state === 'waiting';
  return {
    rightKey: right.key,
    // A lead is one until it is accepted, and an opportunity afterwards (troubleshooting of Microsoft's connector).
    category: waiting ? (right.category ?? 'deal') : 'deal',
    waiting,
    values: toPathValues(run.mapping, 'left', filledValues(run, right))
  };
}

/** Whom an arrival is for: nobody, when it is coupled already, gone, closed or not ours to take in. */
export async function arrivingIn(
  run: ActiveRun,
  work: PairWork
): Promise<{ right: RemoteRecord; inbound: Inbound } | { holder?: string }> {
  const ref = arrivingRef(work.leftKey) ?? { key: '' };
  const holder = (await run.ledger.leftKeysOf(run.mapping.name, [ref.key])).get(ref.key);
  if (holder !== undefined) return { holder };
  if (work.right === undefined && work.gone?.right !== true) {
    const found = (await run.right.read([ref])).get(ref.key);
    if (found) work.right = found;
  }
  const { inbound } = run;
  if (inbound === undefined || work.right === undefined || !isArriving(run, work.right)) return {};
  return { right: work.right, inbound };
}

/** Why an arrival is not taken in although nobody has it. */
export function foreignReference(run: ActiveRun, inbound: Inbound, right: RemoteRecord): RecordIssue[] {
  const named = right.counterpart;
  if (named === undefined || inbound.unknownReference === 'create') return [];
  return [issueOf.unknownReference(named, labelsOf(run))];
}

/** There is no left record to tell it on, so it stands in the ledger's list of issues and in the summary of the run. */
async function list(run: ActiveRun, work: PairWork, issues: readonly RecordIssue[]): Promise<void> {
  const code = issues[0]?.code ?? 'ATTENTION';
  const before = work.entry.issue;
  const issue: OpenIssue = {
    state: 'retry',
    code,
    attempts: before?.code === code ? before.attempts + 1 : 1,
    leftHash: '',
    rightHash: work.right ? rightHash(run.mapping, work.right) : '',
    notBefore: new Date(run.clock.now() + AGAIN_AFTER_MS).toISOString(),
    issues
  };
  run.tally.add('attention');
  run.tally.report(work.leftKey, issues);
  await store(run, work, { issue, intent: null });
}

/** Gives the left record to the queue. Should that be lost: it names its counterpart, and the left feed shows it. */
export async function goOnWith(run: ActiveRun, key: string, ref: RecordRef, more: JsonObject): Promise<void> {
  const { ledger, mapping, queue, clock } = run;
  const known = (await ledger.entries(mapping.name, [key])).get(key);
  if (known?.coupling === undefined && known?.intent === undefined)
    await ledger.commit(mapping.name, [{ leftKey: key, intent: seenAs(ref, key, isoNow(clock), more) }]);
  await queue.enqueue(mapping.name, [{ key, priority: 0 }]);
}

/** Lists have no history: what one side lacks was not necessarily taken away there. */
const history = ({ mapping }: ActiveRun, values: CanonicalRecord): JsonObject =>
  Object.fromEntries(
    mapping.fields.flatMap(({ name, type }) => (type === 'list' ? [] : [[name, values[name] ?? null]]))
  );

/** What an attempt whose outcome nobody stored was about to make the left record of. */
const attempted = ({ entry }: PairWork): JsonObject | undefined =>
  entry.intent?.payload?.['taken'] as JsonObject | undefined;

/** Nothing is known of the left record's history: where the two differ, the rules decide and both values are named (promise G2). */
const UNKNOWN: JsonObject = {};

const done = async (run: ActiveRun, work: PairWork): Promise<void> => {
  if (work.entry.issue ?? work.entry.intent) await store(run, work, { issue: null, intent: null });
};

/**
 * Creates the left record. What it is made of is stored first: after a crash the right record may say something else by then, and
 * that is an edit.
 */
async function make(
  run: ActiveRun,
  work: PairWork,
  { right, inbound }: { right: RemoteRecord; inbound: Inbound },
  details: JsonObject
): Promise<{ key: string; taken: JsonObject }> {
  const before = attempted(work);
  const taken = history(run, filledValues(run, right));
  const startedAt = isoNow(run.clock);
  await store(run, work, {
    intent: { kind: 'create', marker: work.leftKey, attempt: 0, startedAt, payload: { taken } }
  });
  await run.beforeWrite(work);
  const { key, created } = await inbound.port.takeIn(arrivalOf(run, right), details);
  if (created) run.tally.add('takenIn');
  // A record that was there already may come of an earlier attempt, with the values of that one.
  const sure = created || before === undefined || stableText(before) === stableText(taken);
  return { key, taken: sure ? taken : UNKNOWN };
}

/** Looks for the left record, or makes it, and goes on with it. */
async function findOrMake(run: ActiveRun, work: PairWork, arriving: { right: RemoteRecord; inbound: Inbound }) {
  const { right, inbound } = arriving;
  const reception = await inbound.port.receive(arrivalOf(run, right));
  if (reception.outcome === 'unclear') return list(run, work, reception.issues);
  const { key, taken } =
    reception.outcome === 'there'
      ? { key: reception.key, taken: attempted(work) ?? UNKNOWN }
      : await make(run, work, arriving, reception.details);
  const ref = { key: right.key, ...(right.context ? { context: right.context } : {}) };
  await goOnWith(run, key, ref, { taken });
  await done(run, work);
}

/**
 * Takes a right record in: finds or creates the left one, which from then on is worked on like any other. Creating is repeatable,
 * because the right key is unique on the left side; a crash at any point leads to the same record (promise G1).
 */
export async function takeIn(run: ActiveRun, work: PairWork): Promise<void> {
  const arriving = await arrivingIn(run, work);
  if (!('right' in arriving)) {
    run.tally.add('unchanged');
    return done(run, work);
  }
  const foreign = foreignReference(run, arriving.inbound, arriving.right);
  if (foreign.length > 0) return list(run, work, foreign);
  const shared = arriving.inbound.port.sharedBy?.(arrivalOf(run, arriving.right));
  return inTurn(run, work, shared, () => findOrMake(run, work, arriving));
}
