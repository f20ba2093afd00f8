import type { AuthService } from '../auth/auth-service.js';
import type { QueryService } from '../soql/query-service.js';
import type { PermissionStore } from './access-control.js';
import type { ApiUsage } from './api-usage.js';
import type { CallCounters } from './call-counters.js';
import type { ReplayChangeBus } from './change-bus.js';
import type { Org, Route, Session } from './contract.js';
import type { FaultSwitches } from './faults.js';
import type { OrgClock } from './org-clock.js';
import type { SchemaStore } from './schema-store.js';
import type { Engine } from './save/engine.js';
import type { ApiRequest, ApiResponse } from './transport.js';

export interface OrgOptions {
  /** Database file, or `:memory:` for an org that ends with the process. */
  file: string;
  /** Routes of the modules beside the core, asked before the core's own. */
  routes?: readonly Route[];
  now?: () => Date;
  /** Several currencies; adds CurrencyIsoCode and CurrencyType. @default true */
  multiCurrency?: boolean;
  limits?: {
    /** API requests in 24 hours. @default 100000, Enterprise Edition without extra licences */
    dailyApiRequests?: number;
    /** @default 15000 */
    dailyBulkBatches?: number;
    /** @default 10000 */
    dailyBulkQueryJobs?: number;
    /** Rows of one page of a Bulk API 2.0 query result. @default 50000; small pages show clients that lose pages */
    bulkResultRows?: number;
  };
  /** Name and first administrator of a new org. */
  setup?: { name?: string; admin?: { username: string; firstName: string; lastName: string } };
}

/** An open org with what its server, tests and seeds need beyond the contract of the modules. */
export interface OrgHandle extends Org {
  readonly schema: SchemaStore;
  readonly access: PermissionStore;
  readonly changes: ReplayChangeBus;
  readonly clock: OrgClock;
  readonly faults: FaultSwitches;
  readonly usage: ApiUsage;
  /** What Bulk API 2.0 uses up (Bulk API 2.0 limits). */
  readonly allocations: Readonly<Record<'bulkBatches' | 'bulkQueryJobs', ApiUsage>>;
  readonly counters: CallCounters;
  readonly auth: AuthService;
  readonly soql: QueryService;
  readonly engine: Engine;
  readonly multiCurrency: boolean;
  readonly bulkResultRows: number;
  /** A session as this user has it, without a token; for seeds and tests. Throws when there is no such active user. */
  sessionFor(username: string): Session;
  /** A part of a composite call, see `Dispatcher.dispatchPart`. */
  dispatchPart(request: ApiRequest, session: Session): ApiResponse;
  close(): void;
}
