import type { FieldValues, Row, Session } from '../contract.js';
import type { PermissionStore } from '../access-control.js';
import type { RecordChange, ReplayChangeBus } from '../change-bus.js';
import type { OrgDatabase } from '../database.js';
import type { FaultSwitches } from '../faults.js';
import type { OrgClock } from '../org-clock.js';
import type { RecordTypeStore } from '../record-types.js';
import type { SchemaStore } from '../schema-store.js';
import type { SObjectSchema } from '../schema.js';

/** What the steps of a save share. */
export interface Engine {
  database: OrgDatabase;
  schema: SchemaStore;
  access: PermissionStore;
  recordTypes: RecordTypeStore;
  bus: ReplayChangeBus;
  clock: OrgClock;
  faults: FaultSwitches;
  multiCurrency: boolean;
  newId(keyPrefix: string): string;
  /** Changes of the running transaction, in order. */
  pending: RecordChange[];
  /** A record that the platform itself makes beside the caller's. */
  createRelated(session: Session, object: string, values: FieldValues): void;
  refreshTotals(opportunityId: string): void;
  /** Fields of a record that follow from its children; told as a change when they differ. */
  writeComputed(object: string, id: string, values: Row): void;
}

/** One record on its way into the table. */
export interface SaveContext {
  engine: Engine;
  session: Session;
  object: SObjectSchema;
  /** The record as it will be stored; rules may change it. */
  row: Row;
  /** The record as it is stored now; absent on create. */
  before?: Row;
  /** Fields the caller gave. */
  given: ReadonlySet<string>;
}
