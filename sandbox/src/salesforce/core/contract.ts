import type { ApiRequest, ApiResponse } from './transport.js';
import type { RecordTypeDefinition, RecordTypeRegistry } from './record-types.js';
import type { FieldSchema, SObjectSchema } from './schema.js';

/** Who calls: the user behind an access token, or behind a session id in a SOAP header. */
export interface Session {
  userId: string;
  username: string;
  /** Has Modify All Data and Customize Application (System Administrator profile). */
  admin: boolean;
  /** `client=` of Sforce-Call-Options, empty when absent. */
  clientId: string;
  /** What change notices say about the road, for example `com/salesforce/api/rest/66.0;client=x`; absent for the user interface. */
  changeOrigin?: string;
}

export type FieldValues = Readonly<Record<string, unknown>>;

/** A row as stored: field name → value; dates as `YYYY-MM-DD`, instants as ISO 8601 UTC with milliseconds. */
export type Row = Record<string, string | number | boolean | null>;

export interface SaveOptions {
  /** Refuse with UNMODIFIED_SINCE semantics when the row changed after this instant. */
  ifUnmodifiedSince?: Date;
}

/** A record as REST answers give it: `attributes` first, instants as `2026-01-31T10:00:00.000+0000`. */
export type QueryRow = Record<string, unknown>;

export interface QueryResult {
  totalSize: number;
  done: boolean;
  nextRecordsUrl?: string;
  records: QueryRow[];
}

/**
 * The data side of the org. Every call is checked against the session's object and field permissions and throws `ApiError`
 * with Salesforce's codes (NOT_FOUND, INVALID_FIELD, INVALID_FIELD_FOR_INSERT_UPDATE, REQUIRED_FIELD_MISSING, …).
 */
export interface DataService {
  query(session: Session, soql: string, options?: { includeDeleted?: boolean; batchSize?: number }): QueryResult;
  retrieve(session: Session, object: string, id: string, fields: readonly string[]): QueryRow;
  create(session: Session, object: string, values: FieldValues): string;
  update(session: Session, object: string, id: string, values: FieldValues, options?: SaveOptions): void;
  delete(session: Session, object: string, id: string): void;
  /** Runs `work` in one transaction: everything or nothing, one change event per record. */
  transaction<T>(session: Session, work: () => T): T;
}

/** What describe, the UI API and deploy validation know about objects. */
export interface SchemaRegistry {
  objects(): readonly SObjectSchema[];
  /** Without case. */
  object(name: string): SObjectSchema | undefined;
  /** Without case. */
  field(object: string, name: string): FieldSchema | undefined;
  /** Child relationships that point at `object`. */
  children(object: string): readonly { childObject: string; field: FieldSchema }[];
}

export interface FieldAccess {
  readable: boolean;
  editable: boolean;
}

export interface ObjectAccess {
  read: boolean;
  create: boolean;
  edit: boolean;
  delete: boolean;
  viewAll: boolean;
  modifyAll: boolean;
}

/** Profiles plus assigned permission sets, as the org enforces them on every road. */
export interface AccessControl {
  object(session: Session, object: string): ObjectAccess;
  field(session: Session, object: string, field: string): FieldAccess;
  /** Whether the record type is assigned to the user. */
  recordType(session: Session, object: string, developerName: string): boolean;
}

/** Permissions a permission set grants; stored by deploy, read by `AccessControl`. */
export interface PermissionGrant {
  objects: Readonly<Record<string, ObjectAccess>>;
  /** Key `Object.Field`. */
  fields: Readonly<Record<string, FieldAccess>>;
  userPermissions: readonly string[];
  /** Record types that the permission set assigns, as `Object.DeveloperName`. */
  recordTypes?: readonly string[];
  tabs: Readonly<Record<string, 'Available' | 'Visible' | 'None'>>;
}

/** What a successful deploy changes, applied in one transaction or not at all. */
export interface MetadataChange {
  upsertObjects: readonly SObjectSchema[];
  deleteObjects: readonly string[];
  upsertFields: readonly { object: string; field: FieldSchema }[];
  deleteFields: readonly { object: string; field: string }[];
  upsertRecordTypes?: readonly RecordTypeDefinition[];
  upsertPermissionSets: readonly { name: string; label: string; description: string; grant: PermissionGrant }[];
  deletePermissionSets: readonly string[];
  /** Every component of the package as deployed, so that retrieve gives back what was put in. */
  upsertComponents: readonly StoredComponent[];
  deleteComponents: readonly { type: string; fullName: string }[];
}

export interface StoredComponent {
  /** Metadata type, for example `CustomField`, `LightningComponentBundle`. */
  type: string;
  fullName: string;
  /** Path inside the package (`objects/Opportunity.object`, `lwc/x/x.js`) → content. */
  files: Readonly<Record<string, Buffer>>;
  lastModifiedDate: string;
}

export interface ComponentStore {
  list(type: string): readonly StoredComponent[];
  get(type: string, fullName: string): StoredComponent | undefined;
}

/** Change Data Capture notice, already filtered to selected entities (PlatformEventChannelMember). */
export interface ChangeNotice {
  replayId: number;
  entityName: string;
  recordIds: readonly string[];
  /** `GAP_…`: something happened that has no details; `GAP_OVERFLOW`: too much happened, without record ids. */
  changeType:
    | 'CREATE'
    | 'UPDATE'
    | 'DELETE'
    | 'UNDELETE'
    | 'GAP_CREATE'
    | 'GAP_UPDATE'
    | 'GAP_DELETE'
    | 'GAP_UNDELETE'
    | 'GAP_OVERFLOW';
  changedFields: readonly string[];
  /** Values of the changed fields. */
  values: FieldValues;
  /** `com/salesforce/api/rest/66.0;client=…`, empty for changes from the Lightning user interface. */
  changeOrigin: string;
  commitTimestamp: number;
  commitUser: string;
  /** Grows with every transaction. */
  commitNumber: number;
  /** The same for all events of a transaction. */
  transactionKey: string;
  /** Place of the event in its transaction, from 1. */
  sequenceNumber: number;
}

export interface ChangeBus {
  /** Throws `ApiError` 400 when the entity is not selected for change events. */
  subscribe(channel: string, listener: (notice: ChangeNotice) => void): () => void;
}

/** The whole stand-in as its modules see it. Built by `openOrg` in `core/open-org.ts`. */
export interface Org {
  readonly id: string;
  readonly apiVersion: string;
  readonly schema: SchemaRegistry;
  readonly data: DataService;
  readonly access: AccessControl;
  readonly components: ComponentStore;
  readonly recordTypes: RecordTypeRegistry;
  readonly changes: ChangeBus;
  now(): Date;
  /** An id with the right key prefix and an 18-character checksum. */
  newId(keyPrefix: string): string;
  /** Session for `Authorization: Bearer …` or a SOAP session id; throws `ApiError` 401 INVALID_SESSION_ID. */
  session(accessToken: string): Session;
  applyMetadata(change: MetadataChange): void;
  /** Small documents that modules keep (deploy requests, layouts …), by module and key, in the same database. */
  documents(module: string): DocumentStore;
  dispatch(request: ApiRequest): Promise<ApiResponse>;
}

export interface DocumentStore {
  get(key: string): Buffer | undefined;
  set(key: string, value: Buffer): void;
  delete(key: string): void;
  keys(): readonly string[];
}

/** A module plugs its paths into the dispatcher; the first whose pattern matches answers. */
export interface Route {
  method: ApiRequest['method'] | '*';
  /** Matched against the path, for example `^/services/data/v(\d+\.\d)/ui-api/records/(\w+)$`. */
  pattern: RegExp;
  /** `none`: the handler authenticates itself (login, SOAP). @default bearer */
  auth?: 'bearer' | 'none';
  handle(context: RouteContext): ApiResponse | Promise<ApiResponse>;
}

export interface RouteContext {
  org: Org;
  request: ApiRequest;
  /** Capture groups of the pattern. */
  params: readonly string[];
  /** Set when `auth` is `bearer`. */
  session: Session;
}
