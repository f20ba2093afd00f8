import type { Intent } from '../ledger/port.js';
import { ledgerNow, lookupAt, remainder, SEND_WITHIN_MS, sentBy } from './attempts.js';
import { agreedOnCreate, canWrite, creationRecord, creationValues } from '../mapping/convert.js';
import { isEmpty } from '../mapping/compare.js';
import type { CanonicalRecord } from '../mapping/types.js';
import { ConnectorError } from '../ports/errors.js';
import type { JsonObject, JsonValue } from '../ports/json.js';
import { namesLeft } from './arrivals.js';
import type { AuditScope } from './audit.js';
import { couplingEntry, creationEntries, issueEntry } from './audit.js';
import type { ActiveRun } from './context.js';
import { isoNow, labelsOf } from './context.js';
import { issueOf } from './issues.js';
import type { PairWork } from './pair.js';
import { bornAt } from './pair.js';
import type { AuditEntry, RemoteRecord } from './ports.js';
import { couplingNow, journal, store, storeWithNext, withAudit } from './settle.js';
import { valuesOf } from './values.js';
import { isAsk } from './wanted.js';

/** The create is under way or its outcome unknown; it is looked for not before `until`. */
export interface Waiting {
  waiting: { until: string };
}

export function auditScope(run: ActiveRun, work: PairWork, epoch = work.entry.coupling?.updatedAt ?? ''): AuditScope {
  return {
    mapping: run.mapping,
    leftKey: work.leftKey,
    ...(work.right ? { rightKey: work.right.key } : {}),
    epoch,
    at: isoNow(run.clock),
    labels: labelsOf(run)
  };
}

/**
 * What of a creation has arrived. A field that travels into an empty one only may be a creation of its own, as the invitation of
 * Microsoft is: where the record does not show it, it was not carried out and is sent again.
 */
function arrived({ mapping }: ActiveRun, sent: CanonicalRecord, right: RemoteRecord): CanonicalRecord {
  const now = valuesOf(mapping, 'right', right);
  const missing = mapping.fields.filter(({ name, rule }) => rule === 'onlyIfEmpty' && isEmpty(now[name]));
  const names = new Set(missing.map(({ name }) => name));
  return Object.fromEntries(Object.entries(sent).filter(([name]) => !names.has(name)));
}

/** What both sides agree on right after a creation: what was sent, and the system's own defaults for the rest. */
function baseAfterCreate(run: ActiveRun, sent: CanonicalRecord, right: RemoteRecord): CanonicalRecord {
  return { ...valuesOf(run.mapping, 'right', right), ...agreedOnCreate(run.mapping, arrived(run, sent, right)) };
}

/**
 * The same for a creation that is found again only now: what was sent, and nothing where nothing was. What the record holds
 * beyond that may be somebody's edit since then (promise G2). A field that the creation ignores starts with a value of the
 * system's own; it is known by not being one that the left side takes.
 */
function baseWhenCreated(run: ActiveRun, sent: CanonicalRecord, right: RemoteRecord): CanonicalRecord {
  const { mapping } = run;
  const now = valuesOf(mapping, 'right', right);
  const unsent = mapping.fields.flatMap((field): [string, JsonValue][] => {
    const { name, direction, omitOnCreate } = field;
    if (direction === 'toLeft') return [];
    if (omitOnCreate !== true) return [[name, null]];
    const value = now[name];
    return value === undefined || canWrite(field, 'left', value) ? [] : [[name, value]];
  });
  return { ...Object.fromEntries(unsent), ...agreedOnCreate(mapping, arrived(run, sent, right)) };
}

/**
 * The coupling, the completion of the intent and the entries that tell about it are stored in one transaction, with what follows
 * from comparing the two: nothing is sent in between, and until then the open intent leads back to the record.
 */
function couple(
  run: ActiveRun,
  work: PairWork,
  right: RemoteRecord,
  base: CanonicalRecord,
  entries: (scope: AuditScope) => AuditEntry[],
  { kind = 'created', intent = null }: { kind?: 'created' | 'linked' | 'takenIn'; intent?: Intent | null } = {}
): void {
  work.right = right;
  journal(run, work, kind, []);
  const coupling = couplingNow(run, work, base);
  const telling = withAudit(work, entries(auditScope(run, work, 'coupling')));
  storeWithNext(work, { ...(coupling ? { coupling } : {}), intent, issue: null, telling });
}

const isHeir = ({ entry }: PairWork): boolean => entry.intent?.payload?.['heir'] === true;

/** What a new left record holds by itself is no decision of anybody: where the counterpart says otherwise, that is the news. */
const inherited = ({ mapping }: ActiveRun, { left }: PairWork): CanonicalRecord => {
  const own = left === undefined ? {} : valuesOf(mapping, 'left', left);
  return Object.fromEntries(
    mapping.fields.flatMap(({ name, type }) => {
      const value = own[name];
      return type === 'list' || value === undefined ? [] : [[name, value]];
    })
  );
};

/** Couples a record that exists already. One that we created is known up to its base; any other has no history. */
export function link(run: ActiveRun, work: PairWork, right: RemoteRecord): void {
  const { sent, taken } = (work.entry.intent?.payload ?? {}) as { sent?: CanonicalRecord; taken?: CanonicalRecord };
  // Nobody but us lets a left record name a request that still waits, also where the crash left no other trace.
  if (taken !== undefined || right.request?.state === 'waiting') {
    const base = isHeir(work) ? inherited(run, work) : (taken ?? {});
    couple(run, work, right, base, (scope) => [couplingEntry(scope, 'takenIn')], { kind: 'takenIn' });
    return;
  }
  if (sent === undefined && isHeir(work)) {
    couple(run, work, right, inherited(run, work), (scope) => [couplingEntry(scope, 'linked')], { kind: 'linked' });
  } else if (sent === undefined)
    couple(run, work, right, {}, (scope) => [couplingEntry(scope, 'linked')], { kind: 'linked' });
  else {
    const intent = remainder(run, work.entry.intent);
    const entries = (scope: AuditScope): AuditEntry[] => creationEntries(scope, arrived(run, sent, right));
    couple(run, work, right, baseWhenCreated(run, sent, right), entries, { intent });
  }
  run.tally.add('linked');
}

/** Of several records with our marker the oldest is kept; the others are named for a person, as nothing can be deleted there. */
function adopt(run: ActiveRun, work: PairWork, found: readonly RemoteRecord[]): boolean {
  const usable = found.filter((record) => record.lifecycle !== 'deleted' && record.counterpart === work.leftKey);
  const [kept, ...twins] = usable.sort(
    (first, second) => Date.parse(bornAt(first)) - Date.parse(bornAt(second)) || (first.key < second.key ? -1 : 1)
  );
  if (kept === undefined) return false;
  run.adopted?.set(kept.key, work.leftKey);
  link(run, work, kept);
  for (const twin of twins) {
    const issue = {
      code: 'TWIN',
      message: `${twin.key} in ${run.right.label} carries the same marker.`,
      nextStep: 'Close the younger record by hand.'
    };
    run.tally.skip({ side: 'right', key: twin.key, code: issue.code, message: issue.message });
    work.audit.push(issueEntry(auditScope(run, work, twin.key), [issue], 'attention'));
  }
  return true;
}

/** Stores the intent of one more attempt, and makes sure that the create goes out right after it. */
async function intend(run: ActiveRun, work: PairWork, left: RemoteRecord, sent: CanonicalRecord): Promise<Intent> {
  const before = isAsk(work.entry) ? undefined : work.entry.intent;
  for (;;) {
    const since = run.clock.now();
    const now = await ledgerNow(run);
    const intent: Intent = {
      kind: 'create',
      marker: left.key,
      attempt: (before?.attempt ?? 0) + 1,
      startedAt: before?.startedAt ?? now,
      payload: { sent: sent as JsonObject, attemptedAt: now }
    };
    await store(run, work, { intent });
    await run.beforeWrite(work);
    if (run.clock.now() - since <= SEND_WITHIN_MS) return intent;
  }
}

/** Before a create is repeated: was the first one carried out? */
export async function resolveIntent(run: ActiveRun, work: PairWork, intent: Intent): Promise<boolean | Waiting> {
  const { lookupSlackMs } = run.options;
  const started = Date.parse(intent.startedAt);
  const local = run.clock.now();
  const left = lookupAt(run, intent) - (await run.ledger.now(local));
  if (left > 0) return { waiting: { until: new Date(local + left).toISOString() } };
  const since = new Date(started - lookupSlackMs).toISOString();
  const found = await run.right.findByMarker(intent.marker, since, sentBy(run, intent));
  return adopt(run, work, await free(run, work, found));
}

/** Without records that belong to others: where there is no field for a marker, an equal record may be somebody else's. */
async function free(run: ActiveRun, { leftKey }: PairWork, found: readonly RemoteRecord[]): Promise<RemoteRecord[]> {
  const holders = await run.ledger.leftKeysOf(
    run.mapping.name,
    found.map(({ key }) => key)
  );
  const { adopted } = run;
  return found.filter(({ key }) => (holders.get(key) ?? adopted?.get(key) ?? leftKey) === leftKey);
}

/** Stores the intent, creates the counterpart and couples it. */
export async function create(run: ActiveRun, work: PairWork, left: RemoteRecord): Promise<void> {
  const values = valuesOf(run.mapping, 'left', left);
  const sent = creationRecord(run.mapping, values);
  const intent = await intend(run, work, left, sent);
  try {
    const mayGoOn = async (): Promise<void> => run.beforeWrite(work);
    const right = await run.right.create(intent.marker, creationValues(run.mapping, values), { mayGoOn });
    const entries = (scope: AuditScope): AuditEntry[] => creationEntries(scope, arrived(run, sent, right));
    couple(run, work, right, baseAfterCreate(run, sent, right), entries);
  } catch (error) {
    // These say that nothing was carried out; anything else leaves the intent open, and the next run looks first.
    const clean = error instanceof ConnectorError && error.kind !== 'unknownOutcome';
    if (clean) await store(run, work, { intent: null });
    else if (error instanceof ConnectorError) {
      const payload = { ...intent.payload, endedAt: await ledgerNow(run) };
      await store(run, work, { intent: { ...intent, payload } });
    }
    throw error;
  }
  run.tally.add('created');
}

/** A counterpart named by the left record or by a feed, or why it cannot be taken. */
export function checkCounterpart(run: ActiveRun, work: PairWork, right: RemoteRecord | undefined) {
  if (right === undefined || right.lifecycle === 'deleted') return issueOf.counterpartGone(run.right.label);
  // A reference to a record of another system is no other record of ours, where such records are taken in.
  const elsewhere = run.inbound?.unknownReference !== 'create' || namesLeft(run.mapping, right);
  const foreign = elsewhere && right.counterpart !== undefined && right.counterpart !== work.leftKey;
  return foreign ? issueOf.coupledElsewhere(run.right.label) : undefined;
}
