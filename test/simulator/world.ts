import { MemoryLedger } from '../../plugin/src/ledger/index.js';
import type { Mapping } from '../../plugin/src/mapping/types.js';
import type { Clock } from '../../plugin/src/ports/clock.js';
import { CosellError } from '../../plugin/src/ports/errors.js';
import { MemoryQueue } from '../../plugin/src/queue/index.js';
import type { RunContext, RunSummary } from '../../plugin/src/sync/index.js';
import { runOnce } from '../../plugin/src/sync/index.js';
import { Bounds } from './bounds.js';
import type { Connected, Everything } from './connecting.js';
import { CALM, connect, readEverything } from './connecting.js';
import { Deciding } from './deciding.js';
import { Dice } from './dice.js';
import type { Flight } from './network.js';
import { Network } from './network.js';
import { instead } from './instead.js';
import { OrgServer } from './org-server.js';
import { People } from './people.js';
import type { ProcessWorld } from './process.js';
import { SimProcess } from './process.js';
import { QUIET } from './profile.js';
import { ReferralServer } from './referral-server.js';
import { SimTime } from './sim-time.js';
import type { Story } from './story.js';
import type { Tricks } from './tricks.js';

const REQUEST_TIMEOUT_MS = 20_000;
const LEASE_MS = 45_000;
/** Codes with which a run may end without anybody having done anything wrong. */
const ORDERLY = ['RUN_ACTIVE', 'FENCED', 'HOLD_LOST'];

/** Both servers, a network, people, and processes of the synchronization that share a ledger and a queue. */
export class SimWorld {
  public readonly time = new SimTime();
  public readonly org = new OrgServer(this.time);
  public readonly referrals: ReferralServer;
  public readonly network: Network;
  public readonly people: People;
  public readonly problems: { promise: string; text: string }[] = [];
  public readonly lines: string[] = [];
  public readonly bounds: Bounds;
  public readonly deciding: Deciding;
  public ledger: MemoryLedger;
  public queue: MemoryQueue;
  private readonly dice: Readonly<Record<'process' | 'inside' | 'engine', Dice>>;
  private readonly processWorld: ProcessWorld;
  /** Whether the processes run on machines of their own, with clocks of their own. */
  private readonly fleet: boolean;
  private readonly machineSkew: number;
  /** The queue reckons by a clock of its own and never sleeps. */
  private readonly queueClock: Clock = { now: () => this.time.now(), sleep: () => Promise.resolve() };
  private processes: SimProcess[] = [];
  private started = 0;
  private disturbed = true;
  /** No process is started any more. */
  private closed = false;

  public constructor(
    public readonly story: Story,
    public readonly mapping: Mapping,
    public readonly tricks: Tricks,
    private readonly tracing: boolean
  ) {
    const { seed, profile, rates } = story;
    this.dice = {
      process: new Dice(seed, 'process'),
      inside: new Dice(seed, 'inside'),
      engine: new Dice(seed, 'engine')
    };
    const trace = this.trace;
    this.fleet = this.dice.process.chance(0.5);
    this.machineSkew = this.throwSkew();
    this.referrals = new ReferralServer(this.time, new Dice(seed, 'lag'));
    Object.assign(this.referrals, { listLagMs: profile.listLagMs, engagementLag: profile.engagementLag });
    this.referrals.recordOf = (id) => {
      const rows = [...this.org.rows.values()];
      return rows.find(({ fields }) => fields['Referral_Identifier__c'] === id)?.id ?? id;
    };
    this.org.allowance = profile.allowance;
    this.network = new Network(this.time, seed, rates, trace);
    this.org.rowFails = () => this.network.throws('rowLocked');
    this.people = new People(this.time, this.org, this.referrals, seed, profile.serverSkewMs, trace);
    this.network.disturb = (info) => this.people.interfere(info);
    this.network.onWrite = (flight) => this.witness(flight);
    this.processWorld = {
      time: this.time,
      latency: new Dice(seed, 'inner latency'),
      dies: (process, point) => {
        if (this.network.throws('freezeInside')) process.freeze(this.dice.inside.between(1_000, 90_000));
        if (!this.dice.inside.chance(this.disturbed ? rates.crashInside : 0)) return false;
        process.kill(point);
        return true;
      },
      trace
    };
    this.queue = new MemoryQueue(this.queueClock);
    this.ledger = this.emptyLedger();
    this.people.loseLedger = () => this.loseLedger();
    this.bounds = new Bounds(this);
    this.network.kills = ({ process, info }) => process.name !== CALM && this.bounds.kills(info.writes);
    this.deciding = new Deciding(this);
    this.people.decide = (key, keep) => this.deciding.decide(key, keep);
    for (let count = 0; count < story.records; count += 1) this.people.begins(profile.inbound === true);
  }

  public readonly trace = (line: () => string): void => {
    if (this.tracing) this.lines.push(`${((this.time.now() - START) / 1000).toFixed(3).padStart(9)} ${line()}`);
  };

  public readonly breaks = (promise: string, text: string): void => {
    this.trace(() => `!! ${promise} ${text}`);
    if (this.problems.length < 20) this.problems.push({ promise, text });
  };

  /** People, faults and processes, until the disturbance is over and every process had time to come to its senses. */
  public async disturbance(): Promise<void> {
    const { events, profile, processes } = this.story;
    const over = this.time.now() + profile.minutes * 60_000;
    for (const event of events) this.time.after(event.at, () => this.people.does(event));
    this.processes = Array.from({ length: processes }, () => this.start());
    this.time.at(over, () => {
      this.disturbed = false;
      this.network.rates = QUIET;
      this.bounds.endOfDisturbance();
      this.trace(() => 'the disturbance is over');
    });
    await this.until(over + profile.afterwards * 1000);
    this.closed = true;
    this.bounds.endOfWork();
    for (const process of this.processes) process.kill('the end of the disturbance');
    await this.until(this.time.now() + 600_000);
  }

  /** Runs of one process with time between them; the last summary. */
  public async quiet(runs: number): Promise<RunSummary | undefined> {
    const process = new SimProcess(CALM, this.processWorld, this.machineSkew);
    const context = this.contextOf(process);
    let summary: RunSummary | undefined;
    for (let run = 0; run < runs; run += 1) {
      let done = false;
      const failed = (error: unknown): void => this.breaks('G5', `a quiet run failed: ${String(error)}`);
      runOnce(context)
        .then((result) => (summary = result), failed)
        .finally(() => (done = true));
      if (!(await this.time.run(() => done))) this.breaks('G5', 'a quiet run did not end');
      if (summary?.stopped) this.breaks('G5', `a quiet run stopped: ${summary.stopped.code}`);
      await this.until(this.time.now() + 61_000);
    }
    return summary;
  }

  /** Fresh reads of everything, as the connectors see it. */
  public async read(): Promise<Everything> {
    const { left, right } = this.connectorsOf(new SimProcess('reader', this.processWorld, 0), false);
    let result: Everything | undefined;
    const reading = readEverything(left, right, [...this.org.rows.values()], this.referrals);
    void reading.then((found) => (result = found));
    await this.time.run(() => result !== undefined);
    return reading;
  }

  private async until(time: number): Promise<void> {
    let reached = false;
    this.time.at(time, () => (reached = true));
    if (!(await this.time.run(() => reached))) this.breaks('G5', 'the processes never rest');
  }

  private start(): SimProcess {
    this.started += 1;
    const skew = this.fleet ? this.throwSkew() : this.machineSkew;
    const process = new SimProcess(`P${this.started}`, this.processWorld, skew);
    void this.live(process);
    this.supervise(process);
    return process;
  }

  /** A dead process is noticed and another one started. */
  private supervise(process: SimProcess): void {
    this.time.after(this.dice.process.between(2_000, 20_000), () => {
      if (this.closed) return;
      if (process.alive) this.supervise(process);
      else this.processes[this.processes.indexOf(process)] = this.start();
    });
  }

  private async live(process: SimProcess): Promise<void> {
    const context = this.contextOf(process);
    for (;;) {
      try {
        const summary = await runOnce({ ...context, ledger: this.ledgerOf(process), ...this.queueOf(process) });
        this.trace(() => `${process.name} run ended: ${summary.outcome} ${summary.stopped?.code ?? ''}`);
      } catch (error) {
        const code = error instanceof CosellError ? error.code : String((error as Error).stack);
        this.trace(() => `${process.name} run failed: ${code}`);
        if (!ORDERLY.includes(code)) this.breaks('G5', `a run ended with ${code}`);
      }
      await process.sleep(this.pause());
    }
  }

  /** Mostly as long as a poll interval; at times an event wakes the process at once. */
  private pause(): number {
    const { process } = this.dice;
    return process.chance(0.3) ? process.between(0, 1_000) : process.between(1_000, 25_000);
  }

  private contextOf(process: SimProcess): RunContext {
    return {
      mapping: this.mapping,
      ...this.connectorsOf(process),
      ledger: this.ledgerOf(process),
      ...this.queueOf(process),
      clock: process,
      random: this.dice.engine,
      shared: this.fleet,
      options: {
        leaseMs: LEASE_MS,
        feedLeaseMs: LEASE_MS,
        requestTimeoutMs: REQUEST_TIMEOUT_MS,
        ...this.story.profile.options,
        ...this.tricks.options
      }
    };
  }

  private ledgerOf(process: SimProcess): RunContext['ledger'] {
    const { ledger: shared, time } = this;
    // A ledger that machines share reckons its leases by a clock of its own.
    const lease: MemoryLedger['lease'] = (mapping, owner, _now, ttlMs) =>
      shared.lease(mapping, owner, time.now(), ttlMs);
    const ledger = process.port('ledger', instead(shared, { lease }), ['close']);
    return this.tricks.ledger?.(ledger, process) ?? ledger;
  }

  private queueOf(process: SimProcess): Pick<RunContext, 'queue'> {
    const shared = this.tricks.sharedQueue?.(this.queue) ?? this.queue;
    const queue = process.port('queue', shared, ['close', 'isHeld']);
    return { queue: this.tricks.queue?.(queue, process) ?? queue };
  }

  private connectorsOf(process: SimProcess, tricked = true): Connected {
    return connect(this, { process, tricked, ledger: this.ledgerOf(process), random: this.dice.engine });
  }

  private throwSkew(): number {
    return Math.round((this.dice.process.next() * 2 - 1) * this.story.profile.machineSkewMs);
  }

  private emptyLedger(): MemoryLedger {
    const held = this.tricks.fenced === false ? undefined : this.queue.isHeld;
    return new MemoryLedger(held, this.fleet ? () => this.time.now() : undefined);
  }

  /** The file is gone, and with it everything that ran on it. */
  private loseLedger(): void {
    this.trace(() => 'the ledger is lost');
    for (const process of this.processes) process.kill('the loss of the ledger');
    this.queue = new MemoryQueue(this.queueClock);
    this.ledger = this.emptyLedger();
  }

  /** One record is never in two hands: no two writes of one record are under way at the same time. */
  private witness({ process, info }: Flight): void {
    for (const other of this.network.inFlight) {
      if (other.info.writes === info.writes && other.process.alive && process.alive)
        this.breaks(
          'G9',
          `${info.writes}: "${info.what}" of ${process.name} while "${other.info.what}" of ${other.process.name}`
        );
    }
  }
}

const START = new SimTime().now();
