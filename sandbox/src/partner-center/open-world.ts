import { ServiceClock } from './core/clock.js';
import type { PartnerCenterSettings } from './core/settings.js';
import { defaultSettings, mergeSettings } from './core/settings.js';
import type { World } from './core/world.js';
import { seedInbox } from './seed/seed.js';
import type { KeptValues } from './store/database.js';
import { keptValues, openDatabase } from './store/database.js';
import { ReferralStore } from './store/referral-store.js';
import type { Post } from './webhooks/deliverer.js';
import { DeliveryStore } from './webhooks/delivery-store.js';

export interface OpenOptions {
  /** Database file, or `:memory:`. */
  file: string;
  /** Milliseconds since the epoch. @default Date.now */
  now?: () => number;
  settings?: Partial<PartnerCenterSettings>;
  /** Fills an empty inbox with deals of the past, now and after a reset. @default false */
  seed?: boolean;
  /** How webhook events are sent. @default over HTTP */
  post?: Post;
}

/** The data side of the stand-in. A file that was used before goes on where it stopped. */
export interface OpenWorld {
  world: World;
  kept: KeptValues;
  deliveries: DeliveryStore;
  changeSettings(change: Readonly<Record<string, unknown>>): PartnerCenterSettings;
  /** Empties the service and fills it as at the start; settings and sign-ins stay. */
  restart(): void;
  close(): void;
}

export function openWorld(options: OpenOptions): OpenWorld {
  const database = openDatabase(options.file);
  const kept = keptValues(database);
  let settings = mergeSettings({ ...defaultSettings, ...keptSettings(kept) }, { ...options.settings });
  const offset = (kept.get('service', 'clock-offset') as number | undefined) ?? 0;
  const keepOffset = (moved: number): void => kept.set('service', 'clock-offset', moved);
  const clock = new ServiceClock(options.now ?? Date.now, offset, keepOffset);
  const store = new ReferralStore(database);
  const deliveries = new DeliveryStore(database);
  for (const { document } of store.all()) clock.seen(document.updatedDateTime ?? '1970-01-01');
  const world: World = { store, clock, settings: () => settings };
  if (options.seed) seedInbox(world);
  return {
    world,
    kept,
    deliveries,
    changeSettings: (change) => {
      settings = mergeSettings(settings, change);
      kept.set('service', 'settings', settings);
      return settings;
    },
    restart: () => {
      store.clear();
      deliveries.clear();
      kept.clear('webhook-registration');
      clock.reset();
      if (options.seed) seedInbox(world);
    },
    close: () => void database.close()
  };
}

/** Settings of the run before; names that this version does not know any more are left out. */
function keptSettings(kept: KeptValues): Partial<PartnerCenterSettings> {
  const stored = (kept.get('service', 'settings') as object | undefined) ?? {};
  return Object.fromEntries(Object.entries(stored).filter(([name]) => name in defaultSettings));
}
