import type { ServiceClock } from '../../partner-center/core/clock.js';
import type { KeptValues } from '../../partner-center/store/database.js';
import type { RowStore } from '../store/row-store.js';
import type { BusinessCentralSettings } from './settings.js';

/** What the rules of the application work on. */
export interface World {
  readonly store: RowStore;
  readonly kept: KeptValues;
  readonly clock: ServiceClock;
  settings(): BusinessCentralSettings;
}

/** One call's view: a company, and who asks. */
export interface Scope {
  readonly world: World;
  readonly environment: string;
  /** Id of the company; empty for the sets of the environment. */
  readonly company: string;
  /** Id of the calling application, as `systemModifiedBy` shows it. */
  readonly user: string;
}

/** Milliseconds, as the service prints instants. Two writes in one millisecond carry the same stamp. */
export const stamp = (world: World): string => new Date(world.clock.now()).toISOString();

export const today = (world: World): string => stamp(world).slice(0, 10);
