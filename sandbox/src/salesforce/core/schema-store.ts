import type { SchemaRegistry } from './contract.js';
import type { OrgDatabase } from './database.js';
import { customKeyPrefix } from './ids.js';
import type { FieldSchema, SObjectSchema } from './schema.js';
import { isPlatformField, platformFields } from './platform-fields.js';
import { picklistValues } from './standard/fields.js';
import { dropColumn, dropTable, ensureTable } from './tables.js';

interface Child {
  childObject: string;
  field: FieldSchema;
}
interface ObjectRow {
  name: string;
  definition: string;
}
interface FieldRow {
  object: string;
  name: string;
  definition: string;
}

/**
 * Objects and fields of the org: the standard ones from code, the deployed ones from the same database file as the rows,
 * so that a restart finds both.
 */
export class SchemaStore implements SchemaRegistry {
  private readonly byName = new Map<string, SObjectSchema>();
  private fieldsByName = new Map<string, FieldSchema>();
  private childrenByParent = new Map<string, Child[]>();
  /** Grows with every change, for whoever caches what it derives from the schema. */
  public revision = 0;

  public constructor(
    private readonly database: OrgDatabase,
    private readonly standard: readonly SObjectSchema[],
    private readonly multiCurrency: boolean
  ) {
    database.define(`CREATE TABLE IF NOT EXISTS _object (name TEXT PRIMARY KEY, definition TEXT NOT NULL)`);
    database.define(
      `CREATE TABLE IF NOT EXISTS _field (object TEXT, name TEXT, definition TEXT NOT NULL, PRIMARY KEY (object, name))`
    );
    this.load();
    for (const object of this.byName.values()) ensureTable(database, object);
  }

  /** Reads everything anew: at the start, and after a deploy that was rolled back. */
  public load(): void {
    this.byName.clear();
    for (const object of this.standard) this.byName.set(object.name.toLowerCase(), object);
    for (const row of this.database.all<ObjectRow>(`SELECT name, definition FROM _object ORDER BY rowid`)) {
      const definition = JSON.parse(row.definition) as Omit<SObjectSchema, 'fields'>;
      const known = this.byName.get(row.name.toLowerCase());
      this.byName.set(row.name.toLowerCase(), { ...definition, fields: known?.fields ?? new Map() });
    }
    for (const row of this.database.all<FieldRow>(`SELECT object, name, definition FROM _field ORDER BY rowid`)) {
      this.addField(row.object, JSON.parse(row.definition) as FieldSchema);
    }
    this.refreshCurrencies();
  }

  /** The values of every CurrencyIsoCode are the org's active currencies (Object Reference, CurrencyType). */
  public refreshCurrencies(): void {
    const present = this.database.first(`SELECT 1 FROM sqlite_master WHERE name = 'CurrencyType'`) !== undefined;
    const rows = present
      ? this.database.all<{ IsoCode: string }>(
          `SELECT "IsoCode" FROM "CurrencyType" WHERE "IsActive" = 1 AND "IsDeleted" = 0 ORDER BY "Id"`
        )
      : [];
    if (rows.length > 0) {
      const values = picklistValues(
        rows.map((row) => row.IsoCode),
        rows[0]?.IsoCode
      );
      for (const [key, object] of this.byName) {
        const field = object.fields.get('CurrencyIsoCode');
        if (field === undefined) continue;
        const changed = { ...field, picklist: { restricted: true, values } };
        this.byName.set(key, { ...object, fields: new Map([...object.fields, [field.name, changed]]) });
      }
    }
    this.index();
  }

  public objects(): readonly SObjectSchema[] {
    return [...this.byName.values()];
  }

  public object(name: string): SObjectSchema | undefined {
    return this.byName.get(name.toLowerCase());
  }

  public field(object: string, name: string): FieldSchema | undefined {
    return this.fieldsByName.get(`${object}.${name}`.toLowerCase());
  }

  public children(object: string): readonly Child[] {
    return this.childrenByParent.get(object.toLowerCase()) ?? [];
  }

  /** The object whose ids begin with this prefix. */
  public objectOfId(id: string): SObjectSchema | undefined {
    return this.objects().find((each) => each.keyPrefix === id.slice(0, 3));
  }

  /** Stores an object; fields given with it are added to those it has. A new custom object gets its key prefix and system fields. */
  public upsertObject(given: SObjectSchema): void {
    const known = this.object(given.name);
    const schema: SObjectSchema =
      known === undefined
        ? { ...given, keyPrefix: this.freePrefix(), fields: new Map() }
        : { ...given, name: known.name, keyPrefix: known.keyPrefix, custom: known.custom, fields: known.fields };
    const { fields: _fields, ...definition } = schema;
    this.database.run(
      `INSERT INTO _object VALUES (?, ?) ON CONFLICT DO UPDATE SET definition = excluded.definition`,
      schema.name,
      JSON.stringify(definition)
    );
    this.byName.set(schema.name.toLowerCase(), schema);
    if (known === undefined)
      platformFields(given, this.multiCurrency).forEach((field) => this.storeField(schema.name, field));
    for (const field of given.fields.values()) {
      if (known === undefined || !isPlatformField(known, field)) this.storeField(schema.name, field);
    }
    this.finish(schema.name);
  }

  /** A detail record has no owner of its own: its master's owner counts. */
  public upsertField(object: string, field: FieldSchema): void {
    this.storeField(object, field);
    if (field.reference?.masterDetail === true && this.field(object, 'OwnerId') !== undefined)
      this.removeField(object, 'OwnerId');
    this.finish(object);
  }

  public deleteField(object: string, name: string): void {
    this.removeField(object, name);
    this.finish(object);
  }

  public deleteObject(name: string): void {
    this.database.run(`DELETE FROM _field WHERE object = ?`, name);
    this.database.run(`DELETE FROM _object WHERE name = ?`, name);
    dropTable(this.database, name);
    this.byName.delete(name.toLowerCase());
    this.index();
  }

  private storeField(object: string, field: FieldSchema): void {
    const name = this.object(object)?.name ?? object;
    this.database.run(
      `INSERT INTO _field VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET definition = excluded.definition`,
      name,
      field.name,
      JSON.stringify(field)
    );
    this.addField(name, field);
  }

  private addField(object: string, field: FieldSchema): void {
    const schema = this.object(object);
    if (schema === undefined) return;
    this.byName.set(object.toLowerCase(), { ...schema, fields: new Map([...schema.fields, [field.name, field]]) });
  }

  private removeField(object: string, name: string): void {
    const schema = this.object(object);
    const field = this.field(object, name) ?? [...(schema?.fields.values() ?? [])].find((each) => each.name === name);
    if (schema === undefined || field === undefined) return;
    this.database.run(`DELETE FROM _field WHERE object = ? AND name = ?`, schema.name, field.name);
    const fields = new Map(schema.fields);
    fields.delete(field.name);
    this.byName.set(schema.name.toLowerCase(), { ...schema, fields });
    const hasColumn = this.database.first(`SELECT 1 FROM pragma_table_info(?) WHERE name = ?`, schema.name, field.name);
    if (hasColumn !== undefined) dropColumn(this.database, schema.name, field);
  }

  private finish(object: string): void {
    const schema = this.object(object);
    if (schema !== undefined) ensureTable(this.database, schema);
    this.index();
  }

  private freePrefix(): string {
    const taken = new Set(this.objects().map((each) => each.keyPrefix));
    let index = 0;
    while (taken.has(customKeyPrefix(index))) index++;
    return customKeyPrefix(index);
  }

  private index(): void {
    this.revision++;
    this.fieldsByName = new Map();
    this.childrenByParent = new Map();
    for (const object of this.byName.values()) {
      for (const field of object.fields.values()) {
        this.fieldsByName.set(`${object.name}.${field.name}`.toLowerCase(), field);
        for (const parent of field.reference?.to ?? []) {
          const list = this.childrenByParent.get(parent.toLowerCase()) ?? [];
          list.push({ childObject: object.name, field });
          this.childrenByParent.set(parent.toLowerCase(), list);
        }
      }
    }
  }
}
