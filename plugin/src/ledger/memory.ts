import { CosellError } from '../ports/errors.js';
import { causesIn, couplingsIn, disputesIn, issuesIn } from './memory-lists.js';
import type {
  Coupling,
  CouplingQuery,
  CouplingState,
  IssueCause,
  IssueQuery,
  JournalLine,
  KeptRun,
  Ledger,
  LedgerChange,
  LedgerEntry,
  LedgerStatus,
  ListedDispute,
  ListedIssue,
  Page,
  StoredRun
} from './port.js';
import { withLater } from './rows.js';
import { COUPLING_STATES, journalCutoff, KEPT_CALLS_MS, KEPT_RUNS, noticeCutoff, STATUS_ISSUES } from './port.js';

interface Shelf {
  entries: Map<string, LedgerEntry>;
  byRight: Map<string, string>;
  cursors: Map<string, { cursor: string; updatedAt: string }>;
  runs: StoredRun[];
  journal: JournalLine[];
  /** Id → when it was received. */
  notices: Map<string, string>;
}

const copy = <T>(value: T): T => structuredClone(value);

/** In-memory twin of the file ledger; passes the same contract suite. */
export class MemoryLedger implements Ledger {
  private readonly shelves = new Map<string, Shelf>();
  private readonly leases = new Map<string, { owner: string; until: number }>();
  private readonly calls = new Map<string, Map<number, number>>();

  /**
   * @param holds whether a record is held under a fence; the queue that shares the ledger knows
   * @param clock the ledger's own clock, where machines share it
   */
  public constructor(
    private readonly holds: (mapping: string, leftKey: string, fence: number) => boolean = () => true,
    private readonly clock: (callersNow: number) => number = (now) => now
  ) {}

  public async now(callersNow: number): Promise<number> {
    return Promise.resolve(this.clock(callersNow));
  }

  public async entries(mapping: string, leftKeys: readonly string[]): Promise<ReadonlyMap<string, LedgerEntry>> {
    const { entries } = this.shelf(mapping);
    const found = leftKeys.flatMap((key) => entries.get(key) ?? []);
    return Promise.resolve(new Map(found.map((entry) => [entry.leftKey, copy(entry)])));
  }

  public async leftKeysOf(mapping: string, rightKeys: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const { byRight } = this.shelf(mapping);
    const found = rightKeys.flatMap((key): [string, string][] => {
      const left = byRight.get(key);
      return left === undefined ? [] : [[key, left]];
    });
    return Promise.resolve(new Map(found));
  }

  public async due(mapping: string, now: string, limit: number): Promise<readonly string[]> {
    const keys = [...this.shelf(mapping).entries.values()].filter(
      ({ intent, issue, telling }) =>
        intent !== undefined || telling?.pending !== undefined || (issue?.state === 'retry' && issue.notBefore <= now)
    );
    return Promise.resolve(
      keys
        .map((entry) => entry.leftKey)
        .sort()
        .slice(0, limit)
    );
  }

  public async commit(mapping: string, changes: readonly LedgerChange[]): Promise<void> {
    const shelf = this.shelf(mapping);
    for (const { leftKey, coupling } of changes) {
      const holder = coupling ? shelf.byRight.get(coupling.rightKey) : undefined;
      if (holder !== undefined && holder !== leftKey) {
        throw new CosellError('LEDGER_CONFLICT', `The record is already coupled to ${holder}.`);
      }
    }
    for (const { leftKey, fence } of changes) {
      if (fence !== undefined && !this.holds(mapping, leftKey, fence))
        throw new CosellError('FENCED', 'Another worker has taken the record over.');
    }
    for (const change of changes) this.apply(shelf, copy(change));
    return Promise.resolve();
  }

  public async cursors(mapping: string): Promise<Readonly<Record<string, string>>> {
    const { cursors } = this.shelf(mapping);
    return Promise.resolve(Object.fromEntries([...cursors].map(([system, { cursor }]) => [system, cursor])));
  }

  public async moveCursors(mapping: string, cursors: Readonly<Record<string, string>>, at: string): Promise<void> {
    for (const [system, cursor] of Object.entries(cursors)) {
      this.shelf(mapping).cursors.set(system, { cursor, updatedAt: at });
    }
    return Promise.resolve();
  }

  public async recordRun(mapping: string, run: StoredRun): Promise<void> {
    const shelf = this.shelf(mapping);
    const newestFirst = [...shelf.runs.filter(({ id }) => id !== run.id), copy(run)].sort(
      (one, two) => two.startedAt.localeCompare(one.startedAt) || one.id.localeCompare(two.id)
    );
    shelf.runs = newestFirst;
    if (run.outcome !== 'running') tidy(shelf, journalCutoff(run));
    return Promise.resolve();
  }

  public async runs(mapping: string, limit: number): Promise<readonly KeptRun[]> {
    const shelf = this.shelf(mapping);
    return Promise.resolve(shelf.runs.slice(0, limit).map((run) => keptRun(shelf, run)));
  }

  public async run(mapping: string, id: string): Promise<KeptRun | undefined> {
    const shelf = this.shelf(mapping);
    const run = shelf.runs.find((known) => known.id === id);
    return Promise.resolve(run && keptRun(shelf, run));
  }

  public async status(mapping: string): Promise<LedgerStatus> {
    const shelf = this.shelf(mapping);
    const entries = [...shelf.entries.values()];
    const couplings = entries.flatMap(({ coupling }) => coupling ?? []);
    const issues = entries.flatMap(({ leftKey, issue }) =>
      issue
        ? [{ leftKey, state: issue.state, code: issue.code, attempts: issue.attempts, notBefore: issue.notBefore }]
        : []
    );
    const lastRun = shelf.runs[0];
    return Promise.resolve({
      couplings: countStates(couplings),
      openIntents: entries.filter(({ intent }) => intent !== undefined).length,
      issues: issues
        .sort((first, second) => (first.notBefore + first.leftKey < second.notBefore + second.leftKey ? -1 : 1))
        .slice(0, STATUS_ISSUES),
      issueCount: issues.length,
      disputeCount: entries.filter(({ dispute }) => dispute !== undefined).length,
      cursors: [...shelf.cursors].map(([system, value]) => ({ system, ...value })),
      ...(lastRun ? { lastRun: copy(lastRun) } : {})
    });
  }

  public async journal(mapping: string, runId: string): Promise<readonly JournalLine[]> {
    return Promise.resolve(copy(this.shelf(mapping).journal.filter((line) => line.runId === runId)));
  }

  public async issues(mapping: string, query: IssueQuery): Promise<readonly ListedIssue[]> {
    return Promise.resolve(copy(issuesIn(this.shelf(mapping).entries.values(), query)));
  }

  public async issueCauses(mapping: string): Promise<readonly IssueCause[]> {
    return Promise.resolve(causesIn(this.shelf(mapping).entries.values()));
  }

  public async countIssues(mapping: string, code: string, since: string): Promise<number> {
    const found = issuesIn(this.shelf(mapping).entries.values(), { code, limit: Infinity });
    return Promise.resolve(found.filter(({ notBefore }) => notBefore >= since).length);
  }

  public async couplings(mapping: string, query: CouplingQuery): Promise<readonly Coupling[]> {
    return Promise.resolve(copy(couplingsIn(this.shelf(mapping).entries.values(), query)));
  }

  public async disputes(mapping: string, page: Page): Promise<readonly ListedDispute[]> {
    return Promise.resolve(copy(disputesIn(this.shelf(mapping).entries.values(), page)));
  }

  public async load(mapping: string, couplings: AsyncIterable<Coupling> | Iterable<Coupling>): Promise<number> {
    let stored = 0;
    for await (const coupling of couplings) {
      await this.commit(mapping, [{ leftKey: coupling.leftKey, coupling }]);
      stored += 1;
    }
    return stored;
  }

  public async addCalls(system: string, bucket: number, count: number): Promise<void> {
    const known = this.calls.get(system) ?? new Map<number, number>();
    known.set(bucket, (known.get(bucket) ?? 0) + count);
    for (const old of known.keys()) if (old < bucket - KEPT_CALLS_MS) known.delete(old);
    this.calls.set(system, known);
    return Promise.resolve();
  }

  public async callsSince(system: string, bucket: number): Promise<ReadonlyMap<number, number>> {
    return Promise.resolve(new Map([...(this.calls.get(system) ?? [])].filter(([start]) => start >= bucket)));
  }

  public async addNotice(mapping: string, id: string, at: string): Promise<boolean> {
    const { notices } = this.shelf(mapping);
    for (const [old, received] of notices) if (received < noticeCutoff(at)) notices.delete(old);
    const fresh = !notices.has(id);
    if (fresh) notices.set(id, at);
    return Promise.resolve(fresh);
  }

  public async notices(mapping: string, limit: number): Promise<readonly string[]> {
    const found = [...this.shelf(mapping).notices].sort((one, two) => (one[1] + one[0] < two[1] + two[0] ? -1 : 1));
    return Promise.resolve(found.slice(0, limit).map(([id]) => id));
  }

  public async removeNotices(mapping: string, ids: readonly string[]): Promise<void> {
    for (const id of ids) this.shelf(mapping).notices.delete(id);
    return Promise.resolve();
  }

  public async lease(mapping: string, owner: string, now: number, ttlMs: number): Promise<boolean> {
    const held = this.leases.get(mapping);
    const free = held === undefined || held.owner === owner || held.until <= now;
    if (free) this.leases.set(mapping, { owner, until: now + ttlMs });
    return Promise.resolve(free);
  }

  public async release(mapping: string, owner: string): Promise<void> {
    if (this.leases.get(mapping)?.owner === owner) this.leases.delete(mapping);
    return Promise.resolve();
  }

  public async close(): Promise<void> {
    return Promise.resolve();
  }

  private shelf(mapping: string): Shelf {
    const known = this.shelves.get(mapping);
    if (known) return known;
    const shelf: Shelf = {
      entries: new Map(),
      byRight: new Map(),
      cursors: new Map(),
      runs: [],
      journal: [],
      notices: new Map()
    };
    this.shelves.set(mapping, shelf);
    return shelf;
  }

  private apply(shelf: Shelf, change: LedgerChange): void {
    const entry: LedgerEntry = { ...(shelf.entries.get(change.leftKey) ?? { leftKey: change.leftKey }) };
    if (change.coupling !== undefined) {
      if (entry.coupling) shelf.byRight.delete(entry.coupling.rightKey);
      if (change.coupling) shelf.byRight.set(change.coupling.rightKey, change.leftKey);
    }
    for (const line of change.journal ?? []) shelf.journal.push({ ...line, leftKey: change.leftKey });
    if (change.dispute) change.dispute = withLater(change.dispute, change.answered, entry.dispute);
    for (const part of ['coupling', 'intent', 'issue', 'telling', 'dispute'] as const) {
      const value = change[part];
      if (value === null) delete entry[part];
      else if (value !== undefined) Object.assign(entry, { [part]: value });
    }
    shelf.entries.set(change.leftKey, entry);
  }
}

const linesOf = (shelf: Shelf, id: string): number => shelf.journal.filter(({ runId }) => runId === id).length;

const keptRun = (shelf: Shelf, run: StoredRun): KeptRun => ({ ...copy(run), journalLines: linesOf(shelf, run.id) });

/** Drops runs, and the journal of those that are too old to be undone. */
function tidy(shelf: Shelf, before: string): void {
  let idle = 0;
  const old = new Set(shelf.runs.flatMap(({ id, startedAt }) => (startedAt < before ? [id] : [])));
  const changed = new Set(shelf.journal.map(({ runId }) => runId));
  shelf.runs = shelf.runs.filter((run) => !old.has(run.id) && (changed.has(run.id) || (idle += 1) <= KEPT_RUNS));
  shelf.journal = shelf.journal.filter(({ runId }) => !old.has(runId));
}

function countStates(couplings: readonly Coupling[]): Record<CouplingState, number> {
  const counts = Object.fromEntries(COUPLING_STATES.map((state) => [state, 0])) as Record<CouplingState, number>;
  for (const { state } of couplings) counts[state] += 1;
  return counts;
}
