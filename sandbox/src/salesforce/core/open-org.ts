import { AuthService } from '../auth/auth-service.js';
import { authRoutes } from '../auth/routes.js';
import { bulkRoutes } from '../bulk/routes.js';
import { restRoutes } from '../rest/routes.js';
import { QueryService } from '../soql/query-service.js';
import { PermissionStore } from './access-control.js';
import { ApiUsage } from './api-usage.js';
import { applyMetadata } from './apply-metadata.js';
import { CallCounters } from './call-counters.js';
import { ReplayChangeBus } from './change-bus.js';
import { ChangeLog } from './change-log.js';
import { SqlDataService } from './data-service.js';
import { OrgDatabase } from './database.js';
import { defineDescribeDates } from './describe-dates.js';
import { Dispatcher } from './dispatcher.js';
import { FaultSwitches } from './faults.js';
import { formatId } from './ids.js';
import { defineDocuments, documentStore, SqlComponentStore } from './key-value-stores.js';
import { OrgClock } from './org-clock.js';
import type { OrgHandle, OrgOptions } from './org-handle.js';
import type { Engine } from './save/engine.js';
import { createRecord } from './save/save-record.js';
import { refreshOpportunityTotals, writeComputed } from './save/totals.js';
import { RecordTypeStore } from './record-types.js';
import { SchemaStore } from './schema-store.js';
import { defaultSetup, seedOrg } from './seed.js';
import { standardObjects } from './standard/index.js';

/** Version of URLs that the stand-in writes on its own account. */
export const DEFAULT_API_VERSION = '66.0';

/**
 * Opens an org: an existing file with its schema and data, or a new one with standard objects, profiles, stages, currencies,
 * the standard price book and one administrator.
 */
export function openOrg(options: OrgOptions): OrgHandle {
  const multiCurrency = options.multiCurrency ?? true;
  const database = new OrgDatabase(options.file);
  const clock = new OrgClock(options.now ?? (() => new Date()));
  defineDocuments(database);
  defineDescribeDates(database);
  const newId = idSource(database);
  const schema = new SchemaStore(database, standardObjects(multiCurrency), multiCurrency);
  const faults = new FaultSwitches();
  const access = new PermissionStore(database, schema, faults);
  const recordTypes = new RecordTypeStore(database, access);
  const components = new SqlComponentStore(database);
  const bus = new ReplayChangeBus(components, clock, new ChangeLog(database));
  const engine: Engine = {
    database,
    schema,
    access,
    recordTypes,
    bus,
    clock,
    faults,
    multiCurrency,
    newId,
    pending: [],
    createRelated(session, name, values) {
      const object = schema.object(name);
      if (object !== undefined) createRecord(engine, session, object, values);
    },
    writeComputed(name, id, values) {
      writeComputed(engine, name, id, values);
    },
    refreshTotals(opportunityId) {
      refreshOpportunityTotals(engine, opportunityId);
    }
  };
  seedOrg(engine, {
    name: options.setup?.name ?? defaultSetup.name,
    admin: options.setup?.admin ?? defaultSetup.admin
  });
  const soql = new QueryService(database, schema, access, clock, DEFAULT_API_VERSION, newId);
  const auth = new AuthService(database, clock);
  const org: OrgHandle = {
    id: auth.organizationId,
    apiVersion: DEFAULT_API_VERSION,
    schema,
    access,
    recordTypes,
    components,
    clock,
    faults,
    auth,
    soql,
    engine,
    multiCurrency,
    newId,
    changes: bus,
    bulkResultRows: options.limits?.bulkResultRows ?? 50_000,
    data: new SqlDataService(engine, soql),
    usage: new ApiUsage(clock, options.limits?.dailyApiRequests),
    allocations: {
      bulkBatches: new ApiUsage(clock, options.limits?.dailyBulkBatches ?? 15_000),
      bulkQueryJobs: new ApiUsage(clock, options.limits?.dailyBulkQueryJobs ?? 10_000)
    },
    counters: new CallCounters(),
    now: () => clock.now(),
    session: (token) => auth.session(token),
    sessionFor: (username) => auth.sessionFor(username),
    applyMetadata: (change) => {
      applyMetadata(engine, components, change, auth.firstAdmin());
    },
    documents: (module) => documentStore(database, module),
    dispatch: (request) => dispatcher.dispatch(request),
    dispatchPart: (request, session) => dispatcher.dispatchPart(request, session),
    close: () => {
      database.close();
    }
  };
  const dispatcher = new Dispatcher(org, [...(options.routes ?? []), ...authRoutes, ...bulkRoutes, ...restRoutes]);
  return org;
}

function idSource(database: OrgDatabase): (keyPrefix: string) => string {
  database.define(`CREATE TABLE IF NOT EXISTS _sequence (name TEXT PRIMARY KEY, next INTEGER NOT NULL)`);
  return (keyPrefix) => {
    const [row] = database.all<{ next: number }>(
      `INSERT INTO _sequence VALUES (?, 1) ON CONFLICT DO UPDATE SET next = next + 1 RETURNING next`,
      keyPrefix
    );
    return formatId(keyPrefix, row?.next ?? 1);
  };
}
