import { CallCounters } from '../partner-center/control/call-counters.js';
import type { ApiRequest, ServiceResponse } from '../partner-center/core/transport.js';
import { Signer } from '../partner-center/identity/signing.js';
import { ServiceClock } from '../partner-center/core/clock.js';
import { keptValues } from '../partner-center/store/database.js';
import { Limits } from './api/limits.js';
import { FaultPlan } from './control/faults.js';
import type { BusinessCentralSettings } from './core/settings.js';
import { defaultSettings, mergeSettings } from './core/settings.js';
import type { World } from './core/world.js';
import { Dispatcher } from './dispatcher.js';
import { Applications, INTEGRATION_CLIENT_ID } from './identity/applications.js';
import type { Identity } from './identity/token-endpoint.js';
import { accessToken } from './identity/token-endpoint.js';
import { pagesOf } from './pages/routes.js';
import type { Seed } from './seed/seed.js';
import { seedWorld } from './seed/seed.js';
import { openDatabase } from './store/database.js';
import { RowStore } from './store/row-store.js';
import { Notifier } from './webhooks/notifier.js';
import { postOverHttp } from './webhooks/post.js';
import type { Post } from './webhooks/subscriptions.js';
import { Subscriptions } from './webhooks/subscriptions.js';

export interface OpenOptions {
  /** Database file, or `:memory:`. */
  file: string;
  /** Milliseconds since the epoch. @default Date.now */
  now?: () => number;
  settings?: Partial<BusinessCentralSettings>;
  /** What an empty database is filled with, now and after a reset. @default setup */
  seed?: Seed;
  /** How subscribers are called. @default over HTTP */
  post?: Post;
}

/** The stand-in without sockets: same rules over `dispatch` as over HTTP. */
export interface BusinessCentral {
  readonly world: World;
  readonly identity: Identity;
  readonly faults: FaultPlan;
  readonly counters: CallCounters;
  readonly notifier: Notifier;
  dispatch(request: ApiRequest): Promise<ServiceResponse>;
  changeSettings(change: Readonly<Record<string, unknown>>): BusinessCentralSettings;
  /** An access token without the way over the token endpoint. Default: the application of the integration. */
  issueAccessToken(clientId?: string): Promise<string>;
  /** Moves the service's clock; notices that are due are sent. Milliseconds. */
  advance(milliseconds: number): Promise<void>;
  /** Back to the beginning, with the clock of the machine. Settings and applications stay. */
  reset(): void;
  close(): void;
}

/** The data side of the stand-in. */
function openData(options: OpenOptions) {
  const database = openDatabase(options.file);
  const kept = keptValues(database);
  const store = new RowStore(database);
  const before = kept.get('service', 'settings') as Partial<BusinessCentralSettings> | undefined;
  let settings = mergeSettings({ ...defaultSettings, ...before }, { ...options.settings });
  const offset = (kept.get('service', 'clock-offset') as number | undefined) ?? 0;
  const clock = new ServiceClock(options.now ?? Date.now, offset, (moved) =>
    kept.set('service', 'clock-offset', moved)
  );
  const world: World = { store, kept, clock, settings: () => settings };
  const seed = (): void => seedWorld(world, options.seed ?? 'setup');
  if (kept.get('service', 'environments') === undefined) seed();
  return {
    database,
    world,
    changeSettings: (change: Readonly<Record<string, unknown>>): BusinessCentralSettings => {
      settings = mergeSettings(settings, change);
      kept.set('service', 'settings', settings);
      return settings;
    },
    restart: (): void => {
      store.clear();
      for (const room of ['number-series', 'legacy']) kept.clear(room);
      clock.reset();
      seed();
    }
  };
}

/** Opens the database and puts the parts together. A file that was used before goes on where it stopped. */
export async function openBusinessCentral(options: OpenOptions): Promise<BusinessCentral> {
  const { database, world, changeSettings, restart } = openData(options);
  const applications = new Applications(world.kept);
  const identity: Identity = { world, applications, signer: await Signer.open(world.kept) };
  const post = options.post ?? postOverHttp;
  const subscriptions = new Subscriptions(world, post);
  const notifier = new Notifier(world, database, subscriptions, post);
  world.store.onCommit = (changes) => notifier.note(changes);
  const faults = new FaultPlan();
  const counters = new CallCounters();
  const limits = new Limits(world);
  const dispatcher = new Dispatcher({ identity, faults, counters, limits, subscriptions, pages: pagesOf(world) });
  return {
    world,
    identity,
    faults,
    counters,
    notifier,
    changeSettings,
    dispatch: (request) => dispatcher.dispatch(request),
    issueAccessToken: async (clientId = INTEGRATION_CLIENT_ID) => {
      const application = applications.find(clientId);
      if (!application) throw new Error(`There is no application ${clientId}.`);
      return accessToken(identity, application);
    },
    advance: async (milliseconds) => {
      world.clock.advance(milliseconds);
      await notifier.pump();
    },
    reset: () => {
      restart();
      for (const part of [notifier, faults]) part.clear();
      for (const part of [limits, counters]) part.reset();
    },
    close: () => database.close()
  };
}
