/** Public surface of the package, for programs that embed the synchronization. Everything else may change at any time. */
export { loadMapping, MappingError, parseMapping, preflight, toCanonical, toPathValues } from './mapping/index.js';
export type { CanonicalRecord, FieldRule, Mapping, PathValues, RecordIssue } from './mapping/types.js';
export { MemoryLedger, openLedger } from './ledger/index.js';
export type { Coupling, Ledger, LedgerStatus } from './ledger/index.js';
export type { Clock } from './ports/clock.js';
export { systemClock } from './ports/clock.js';
export { ConnectorError, CosellError } from './ports/errors.js';
export type { FailureKind } from './ports/errors.js';
export type { HttpClient, HttpRequest, HttpResponse } from './ports/http.js';
export type { JsonObject, JsonValue } from './ports/json.js';
export type { Random } from './ports/random.js';
export { systemRandom } from './ports/random.js';
export { merge, planPair, runOnce } from './sync/index.js';
export type {
  AuditEntry,
  ChangePage,
  Connector,
  CreatingConnector,
  RecordReport,
  RemoteRecord,
  RunContext,
  RunOptions,
  RunSummary,
  SyncState,
  TellingConnector
} from './sync/index.js';
export { createPartnerCenterConnector } from './connectors/partner-center/index.js';
export { createSalesforceConnector } from './connectors/salesforce/index.js';
export { loadSettings, openSync, serve } from './service/index.js';
export type { OpenSync, Settings } from './service/index.js';
