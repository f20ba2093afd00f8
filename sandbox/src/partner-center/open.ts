import { CallCounters } from './control/call-counters.js';
import { FaultPlan } from './control/faults.js';
import { Dispatcher } from './core/dispatcher.js';
import type { DirectoryUser } from './core/directory.js';
import { findUser, users } from './core/directory.js';
import type { Route } from './core/routes.js';
import type { PartnerCenterSettings } from './core/settings.js';
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
import type { OpenOptions } from './open-world.js';
import { openWorld } from './open-world.js';
import { expireOverdue } from './referrals/expiry.js';
import { referralRoutes } from './referrals/routes.js';
import type { KeptValues } from './store/database.js';
import { WebhookAuthority } from './webhooks/authority.js';
import { Deliverer, postOverHttp } from './webhooks/deliverer.js';
import type { DeliveryStore } from './webhooks/delivery-store.js';
import { MischiefPlan } from './webhooks/mischief.js';
import { WebhookRegistrations } from './webhooks/registration.js';
import { certificateRoutes, webhookRoutes } from './webhooks/routes.js';
import { WebhookValidation } from './webhooks/validation.js';

export type { OpenOptions } from './open-world.js';

/** The stand-in without sockets: same rules over `dispatch` as over HTTP. */
export interface PartnerCenter {
  readonly world: World;
  readonly faults: FaultPlan;
  readonly counters: CallCounters;
  readonly grants: GrantStore;
  readonly webhooks: {
    readonly authority: WebhookAuthority;
    readonly deliverer: Deliverer;
    readonly deliveries: DeliveryStore;
    readonly mischief: MischiefPlan;
  };
  dispatch(request: ApiRequest): Promise<ServiceResponse>;
  changeSettings(change: Readonly<Record<string, unknown>>): PartnerCenterSettings;
  /** A refresh token as after a sign-in with (or without) a second factor. Default: the Referrals admin. */
  issueRefreshToken(options?: { user?: string; mfa?: boolean }): string;
  /** An access token without the way over the token endpoint. `audience` defaults to the referrals host. */
  issueAccessToken(options?: { user?: string; mfa?: boolean; audience?: string }): Promise<string>;
  /** Moves the service's clock; what is overdue then expires at once. Milliseconds. */
  advance(milliseconds: number): void;
  /** Back to an empty (or seeded) service with the clock of the machine. Settings and sign-ins stay. */
  reset(): void;
  close(): void;
}

/** Opens the database and puts the parts together. */
export async function openPartnerCenter(options: OpenOptions): Promise<PartnerCenter> {
  const { world, kept, deliveries, changeSettings, restart, close } = openWorld(options);
  const signer = await Signer.open(kept);
  const grants = new GrantStore(kept);
  const issuer = new TokenIssuer(signer, grants, world.clock, world.settings);
  const faults = new FaultPlan();
  const counters = new CallCounters();
  const throttle = new Throttle();
  const beforeCall = (): void => expireOverdue(world);
  const authority = new WebhookAuthority(kept);
  const mischief = new MischiefPlan();
  const post = options.post ?? postOverHttp;
  const deliverer = new Deliverer({ world, kept, store: deliveries, authority, mischief, post });
  const webhooks = { authority, deliverer, deliveries, mischief };
  const routes = allRoutes({ world, kept, signer, grants, issuer, webhooks });
  const dispatcher = new Dispatcher({ world, faults, counters, throttle, beforeCall, routes });
  return {
    world,
    faults,
    counters,
    grants,
    webhooks,
    dispatch: (request) => dispatcher.dispatch(request),
    changeSettings,
    issueRefreshToken: ({ user, mfa = true } = {}) => issuer.refreshToken(userOf(user), { mfa }),
    issueAccessToken: ({ user, mfa = true, audience } = {}) =>
      issuer.userToken(userOf(user), { mfa, audience, clientId: 'sandbox' }),
    advance: (milliseconds) => {
      world.clock.advance(milliseconds);
      expireOverdue(world);
      void deliverer.pump();
    },
    reset: () => {
      restart();
      throttle.reset();
      faults.clear();
      counters.reset();
      mischief.clear();
      deliverer.pause(false);
    },
    close: () => {
      deliverer.close();
      close();
    }
  };
}

interface Parts {
  world: World;
  kept: KeptValues;
  signer: Signer;
  grants: GrantStore;
  issuer: TokenIssuer;
  webhooks: PartnerCenter['webhooks'];
}

/** The three hosts and the inbox; each API host takes tokens of its own audience. */
function allRoutes({ world, kept, signer, grants, issuer, webhooks }: Parts): Route[] {
  const { clock, settings } = world;
  const identity = { grants, issuer, clock, settings };
  const signIn = (audience: string) => (request: ApiRequest) =>
    authenticate(request, audience, signer, new Date(clock.now()), settings());
  const registrations = new WebhookRegistrations(kept, world);
  const validation = new WebhookValidation(world, registrations, webhooks.deliverer, webhooks.deliveries);
  return [
    ...referralRoutes(world, signIn(REFERRALS_AUDIENCE)),
    ...webhookRoutes(registrations, validation, signIn(WEBHOOKS_AUDIENCE)),
    ...certificateRoutes(webhooks.authority),
    ...identityRoutes(identity, signer),
    ...signInRoutes(identity),
    ...inboxRoutes(world, webhooks.deliveries)
  ];
}

function userOf(name: string | undefined): DirectoryUser {
  const user = name === undefined ? users[0] : findUser(name);
  if (!user) throw new Error(`The directory has no user ${name}.`);
  return user;
}
