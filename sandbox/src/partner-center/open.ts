import { CallCounters } from './control/call-counters.js';
import { FaultPlan } from './control/faults.js';
import { ServiceClock } from './core/clock.js';
import { Dispatcher } from './core/dispatcher.js';
import type { DirectoryUser } from './core/directory.js';
import { findUser, users } from './core/directory.js';
import type { PartnerCenterSettings } from './core/settings.js';
import { defaultSettings, mergeSettings } from './core/settings.js';
import { Throttle } from './core/throttle.js';
import type { ApiRequest, ServiceResponse } from './core/transport.js';
import type { World } from './core/world.js';
import { authenticate } from './identity/bearer.js';
import { GrantStore } from './identity/grants-store.js';
import { REFERRALS_AUDIENCE, WEBHOOKS_AUDIENCE } from './identity/resources.js';
import { identityRoutes } from './identity/routes.js';
import { signInRoutes } from './identity/sign-in-routes.js';
import { Signer } from './identity/signing.js';
import { TokenIssuer } from './identity/token-issuer.js';
import { inboxRoutes } from './inbox/routes.js';
import { expireOverdue } from './referrals/expiry.js';
import { referralRoutes } from './referrals/routes.js';
import { seedInbox } from './seed/seed.js';
import { keptValues, openDatabase } from './store/database.js';
import { ReferralStore } from './store/referral-store.js';
import { WebhookRegistrations } from './webhooks/registration.js';
import { webhookRoutes } from './webhooks/routes.js';

export interface OpenOptions {
  /** Database file, or `:memory:`. */
  file: string;
  /** Milliseconds since the epoch. @default Date.now */
  now?: () => number;
  settings?: Partial<PartnerCenterSettings>;
  /** Fills an empty inbox with deals of the past, now and after a reset. @default false */
  seed?: boolean;
}

/** The stand-in without sockets: same rules over `dispatch` as over HTTP. */
export interface PartnerCenter {
  readonly world: World;
  readonly faults: FaultPlan;
  readonly counters: CallCounters;
  readonly grants: GrantStore;
  dispatch(request: ApiRequest): Promise<ServiceResponse>;
  changeSettings(change: Readonly<Record<string, unknown>>): PartnerCenterSettings;
  /** A refresh token as after a sign-in with (or without) a second factor. Default: the Referrals admin. */
  issueRefreshToken(options?: { user?: string; mfa?: boolean }): string;
  /** An access token without the way over the token endpoint. `audience` defaults to the referrals host. */
  issueAccessToken(options?: { user?: string; mfa?: boolean; audience?: string }): Promise<string>;
  /** Moves the service's clock; what is overdue then expires at once. Milliseconds. */
  advance(milliseconds: number): void;
  /** Back to an empty (or seeded) service with the clock of the machine. Sign-ins stay valid. */
  reset(): void;
  close(): void;
}

/** Opens the database and puts the parts together. A file that was used before goes on where it stopped. */
export async function openPartnerCenter(options: OpenOptions): Promise<PartnerCenter> {
  const database = openDatabase(options.file);
  const kept = keptValues(database);
  let settings = mergeSettings(defaultSettings, {
    ...(kept.get('service', 'settings') as object | undefined),
    ...options.settings
  });
  const offset = (kept.get('service', 'clock-offset') as number | undefined) ?? 0;
  const clock = new ServiceClock(options.now ?? Date.now, offset, (moved) =>
    kept.set('service', 'clock-offset', moved)
  );
  const store = new ReferralStore(database);
  for (const { document } of store.all()) clock.seen(document.updatedDateTime ?? '1970-01-01');
  const world: World = { store, clock, settings: () => settings };
  if (options.seed) seedInbox(world);
  const signer = await Signer.open(kept);
  const grants = new GrantStore(kept);
  const issuer = new TokenIssuer(signer, grants, clock, world.settings);
  const identity = { grants, issuer, clock, settings: world.settings };
  const signIn = (audience: string) => (request: ApiRequest) =>
    authenticate(request, audience, signer, new Date(clock.now()), settings);
  const faults = new FaultPlan();
  const counters = new CallCounters();
  const throttle = new Throttle();
  const dispatcher = new Dispatcher({
    world,
    faults,
    counters,
    throttle,
    beforeCall: () => expireOverdue(world),
    routes: [
      ...referralRoutes(world, signIn(REFERRALS_AUDIENCE)),
      ...webhookRoutes(new WebhookRegistrations(kept, world), signIn(WEBHOOKS_AUDIENCE)),
      ...identityRoutes(identity, signer),
      ...signInRoutes(identity),
      ...inboxRoutes(world)
    ]
  });
  return {
    world,
    faults,
    counters,
    grants,
    dispatch: (request) => dispatcher.dispatch(request),
    changeSettings: (change) => {
      settings = mergeSettings(settings, change);
      kept.set('service', 'settings', settings);
      return settings;
    },
    issueRefreshToken: ({ user, mfa = true } = {}) => issuer.refreshToken(userOf(user), { mfa }),
    issueAccessToken: ({ user, mfa = true, audience } = {}) =>
      issuer.userToken(userOf(user), { mfa, audience, clientId: 'sandbox' }),
    advance: (milliseconds) => {
      clock.advance(milliseconds);
      expireOverdue(world);
    },
    reset: () => {
      store.clear();
      clock.reset();
      throttle.reset();
      faults.clear();
      counters.reset();
      if (options.seed) seedInbox(world);
    },
    close: () => void database.close()
  };
}

function userOf(name: string | undefined): DirectoryUser {
  const user = name === undefined ? users[0] : findUser(name);
  if (!user) throw new Error(`The directory has no user ${name}.`);
  return user;
}
