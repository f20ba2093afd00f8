import type { AccessControl, Session } from './contract.js';
import type { OrgDatabase } from './database.js';
import type { FieldSchema, PicklistValue, SObjectSchema } from './schema.js';
import { lookup } from './standard/fields.js';

/** Stands for records without a record type. It is no row of RecordType, and a record that has it stores nothing. */
export const masterRecordTypeId = '012000000000000AAA';

/** Standard objects that take record types; the others refuse them. */
const standardObjects: ReadonlySet<string> = new Set([
  'Account',
  'Contact',
  'Lead',
  'Opportunity',
  'Order',
  'Product2'
]);

export function takesRecordTypes(object: SObjectSchema): boolean {
  return object.custom || standardObjects.has(object.name);
}

/** RecordTypeId (Object Reference): field-level security does not govern it. */
export const recordTypeField = (): FieldSchema =>
  lookup('RecordTypeId', 'Record Type ID', 'RecordType', undefined, { permissionable: false });

/** Values of one picklist that records of a record type may take in the user interface. */
export interface RecordTypePicklist {
  values: readonly string[];
  defaultValue?: string;
}

/** A record type as deployed. */
export interface RecordTypeDefinition {
  object: string;
  developerName: string;
  label: string;
  description?: string;
  active: boolean;
  /** By field name; picklists that are not named keep all their values. */
  picklists: Readonly<Record<string, RecordTypePicklist>>;
}

/** What describe and the UI API say about a record type to one user. */
export interface RecordTypeInfo {
  active: boolean;
  /** Active, and assigned to the user. */
  available: boolean;
  defaultRecordTypeMapping: boolean;
  developerName: string;
  master: boolean;
  name: string;
  recordTypeId: string;
}

/** Record types as describe, the UI API and saves ask for them. */
export interface RecordTypeRegistry {
  /** Every record type of the object, the master record type last. */
  infos(session: Session, object: string): RecordTypeInfo[];
  /** The values that a record type leaves of a field, in the field's order; undefined when the object has no such record type. */
  values(object: string, recordTypeId: string, field: FieldSchema): PicklistValue[] | undefined;
  /** Id of a record type by its names, without case. */
  idOf(object: string, developerName: string): string | undefined;
  /** Whether the user may give records of the object this record type. */
  isUsable(session: Session, object: string, recordTypeId: string): boolean;
}

interface Stored {
  Id: string;
  Name: string;
  DeveloperName: string;
  IsActive: number;
}

/** Rows of RecordType, with the values they leave of picklists. */
export class RecordTypeStore implements RecordTypeRegistry {
  public constructor(
    private readonly database: OrgDatabase,
    private readonly access: Pick<AccessControl, 'recordType'>
  ) {
    database.define(
      `CREATE TABLE IF NOT EXISTS _record_type_picklist
       (recordType TEXT, field TEXT COLLATE NOCASE, definition TEXT NOT NULL, PRIMARY KEY (recordType, field))`
    );
  }

  public infos(session: Session, object: string): RecordTypeInfo[] {
    const own = this.of(object).map((row) => ({
      active: row.IsActive === 1,
      available: row.IsActive === 1 && this.access.recordType(session, object, row.DeveloperName),
      // Profiles assign the master record type by default, and permission sets assign no default.
      defaultRecordTypeMapping: false,
      developerName: row.DeveloperName,
      master: false,
      name: row.Name,
      recordTypeId: row.Id
    }));
    return [...own, master];
  }

  public values(object: string, recordTypeId: string, field: FieldSchema): PicklistValue[] | undefined {
    const all = (field.picklist?.values ?? []).filter((value) => value.active);
    if (recordTypeId === masterRecordTypeId) return all;
    if (!this.of(object).some((row) => row.Id === recordTypeId)) return undefined;
    const limited = this.picklist(recordTypeId, field.name);
    if (limited === undefined) return all;
    return all
      .filter(({ value }) => limited.values.includes(value))
      .map((value) => ({ ...value, defaultValue: value.value === limited.defaultValue }));
  }

  /** The API lets administrators use inactive record types. */
  public isUsable(session: Session, object: string, recordTypeId: string): boolean {
    const row = this.of(object).find((each) => each.Id === recordTypeId);
    if (row === undefined) return false;
    return session.admin || (row.IsActive === 1 && this.access.recordType(session, object, row.DeveloperName));
  }

  /** Replaces what a record type says about picklists. */
  public setPicklists(recordTypeId: string, picklists: RecordTypeDefinition['picklists']): void {
    this.database.run(`DELETE FROM _record_type_picklist WHERE recordType = ?`, recordTypeId);
    for (const [field, picklist] of Object.entries(picklists)) {
      this.database.run(
        `INSERT INTO _record_type_picklist VALUES (?, ?, ?)`,
        recordTypeId,
        field,
        JSON.stringify(picklist)
      );
    }
  }

  /** Record types go with their object. */
  public deleteAll(object: string): void {
    for (const { Id } of this.of(object)) this.setPicklists(Id, {});
    this.database.run(`DELETE FROM "RecordType" WHERE "SobjectType" = ?`, object);
  }

  public idOf(object: string, developerName: string): string | undefined {
    return this.of(object).find((row) => row.DeveloperName.toLowerCase() === developerName.toLowerCase())?.Id;
  }

  private of(object: string): Stored[] {
    return this.database.all<Stored>(
      `SELECT "Id", "Name", "DeveloperName", "IsActive" FROM "RecordType"
       WHERE "SobjectType" = ? AND "IsDeleted" = 0 ORDER BY "Id"`,
      object
    );
  }

  private picklist(recordTypeId: string, field: string): RecordTypePicklist | undefined {
    const row = this.database.first<{ definition: string }>(
      `SELECT definition FROM _record_type_picklist WHERE recordType = ? AND field = ?`,
      recordTypeId,
      field
    );
    return row === undefined ? undefined : (JSON.parse(row.definition) as RecordTypePicklist);
  }
}

const master: RecordTypeInfo = {
  active: true,
  available: true,
  defaultRecordTypeMapping: true,
  developerName: 'Master',
  master: true,
  name: 'Master',
  recordTypeId: masterRecordTypeId
};
