import { LEFT_MISSING } from '../../plugin/src/sync/missing.js';
import { DEFAULT_OPTIONS } from '../../plugin/src/sync/context.js';
import { defaultBudget, marksFor } from '../../plugin/src/connectors/salesforce/budget/rules.js';
import { WORKERS_LOST } from '../../plugin/src/sync/worker-lost.js';
import type { SimWorld } from './world.js';

/** Of an allowance that is no longer scarce. */
const PLENTY = 100_000;

/** The limits of damage (promise G10): records that disappear, calls, and records that end their workers. */
export class Bounds {
  /** Processes that each deadly record ended. */
  private readonly killed = new Map<string, number>();

  public constructor(private readonly world: SimWorld) {}

  /** Whether a process ends with this write. */
  public kills(key: string | undefined): boolean {
    if (key === undefined || !this.world.people.deadly.has(key)) return false;
    this.killed.set(key, (this.killed.get(key) ?? 0) + 1);
    return true;
  }

  /** The lost permission is given back, after a look at what its loss did. */
  public endOfDisturbance(): void {
    const { ledger, mapping, org, story } = this.world;
    org.hidden.clear();
    const { maxMissing = DEFAULT_OPTIONS.maxMissing } = story.profile.options ?? {};
    void ledger.countIssues(mapping.name, LEFT_MISSING, '').then((parked) => {
      if (parked > maxMissing) this.world.breaks('G10', `${parked} records were parked as missing, not ${maxMissing}`);
    });
  }

  /** Before the processes end; then the calls of the day expire. */
  public endOfWork(): void {
    const { org, referrals, story } = this.world;
    const { daily, allowance } = story.profile;
    if (daily === undefined) return;
    const limits = { left: marksFor(allowance, 'work', defaultBudget).own, right: daily };
    for (const { side, requests } of [org, referrals]) {
      // Processes that pass the mark at the same moment do not know of each other: one call each.
      const most = limits[side] + story.processes;
      if (requests > most) this.world.breaks('G10', `${requests} calls on the ${side} side, not ${limits[side]}`);
    }
    org.allowance = PLENTY;
  }

  public async judge(): Promise<void> {
    const { ledger, mapping, people, story } = this.world;
    for (const [key, count] of this.killed)
      if (count > WORKERS_LOST) this.world.breaks('G10', `${key} ended ${count} processes`);
    if (story.profile.name !== 'deadly') return;
    const lost = await ledger.issues(mapping.name, { code: 'WORKER_LOST', limit: 1000 });
    for (const { leftKey } of lost)
      if (!people.deadly.has(leftKey)) this.world.breaks('G10', `${leftKey} is parked for what another record did`);
  }
}
