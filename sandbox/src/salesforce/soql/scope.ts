import type { AccessControl, Session } from '../core/contract.js';
import { quote, type SqlValue } from '../core/database.js';
import type { FieldSchema, SObjectSchema } from '../core/schema.js';
import type { SchemaStore } from '../core/schema-store.js';
import { malformed, noRelationship, noSuchColumn } from './errors.js';

/** A piece of SQL with its parameters in order. */
export interface Sql {
  sql: string;
  parameters: readonly SqlValue[];
}

/** What compiling needs to know besides the query. */
export interface CompileEnvironment {
  schema: SchemaStore;
  access: AccessControl;
  session: Session;
  now: Date;
  soql: string;
  includeDeleted: boolean;
  nextAlias: { value: number };
}

export interface ResolvedField {
  sql: string;
  field: FieldSchema;
  object: SObjectSchema;
  /** Relationship names from the queried object, empty for its own fields. */
  path: readonly string[];
  table: string;
}

interface Table {
  alias: string;
  object: SObjectSchema;
  path: readonly string[];
}

/** SOQL allows five levels of parents. */
const MAX_LEVELS = 5;

/** The tables one query level reads: the object itself and a join for each parent path, made when first used. */
export class QueryScope {
  private readonly tables = new Map<string, Table>();
  private readonly joins: string[] = [];
  public readonly root: Table;

  public constructor(
    public readonly environment: CompileEnvironment,
    public readonly object: SObjectSchema,
    private readonly prefixes: readonly string[]
  ) {
    this.root = { alias: this.alias(), object, path: [] };
    this.tables.set('', this.root);
  }

  /** `FROM` and its joins; ask after everything was resolved. */
  public get from(): string {
    return [`${quote(this.object.name)} ${this.root.alias}`, ...this.joins].join(' ');
  }

  /** A field by its dotted path, without case, with or without the alias of the object. Throws INVALID_FIELD. */
  public resolve(dotted: string): ResolvedField {
    const { names, last } = this.split(dotted);
    const table = names.reduce((current, name) => this.parent(current, name), this.root);
    const field = this.environment.schema.field(table.object.name, last);
    if (field === undefined || !this.readable(table.object, field)) {
      throw noSuchColumn(this.environment.soql, last, table.object.name);
    }
    return { sql: this.column(table, field), field, object: table.object, path: table.path, table: table.alias };
  }

  /** The parent record a dotted path of relationships leads to. */
  public parentTable(names: readonly string[]): Table {
    return names.reduce((current, name) => this.parent(current, name), this.root);
  }

  public column(table: Table, field: FieldSchema): string {
    return `${table.alias}.${quote(field.name)}`;
  }

  public readable(object: SObjectSchema, field: FieldSchema): boolean {
    return this.environment.access.field(this.environment.session, object.name, field.name).readable;
  }

  private split(dotted: string): { names: string[]; last: string } {
    const names = dotted.split('.');
    const last = names.pop() ?? '';
    const first = names[0]?.toLowerCase();
    if (first !== undefined && this.prefixes.includes(first) && this.relationship(this.object, first) === undefined)
      names.shift();
    if (names.length > MAX_LEVELS) {
      throw malformed(`SOQL relationship path '${dotted}' has more than ${String(MAX_LEVELS)} levels`);
    }
    return { names, last };
  }

  private parent(from: Table, name: string): Table {
    const { soql, schema, access, session } = this.environment;
    const field = this.relationship(from.object, name);
    const target = schema.object(field?.reference?.to[0] ?? '');
    if (field?.reference === undefined || target === undefined || !this.readable(from.object, field)) {
      throw noRelationship(soql, name);
    }
    if (!access.object(session, target.name).read) throw noRelationship(soql, name);
    const path = [...from.path, field.reference.relationshipName];
    const key = path.join('.');
    const known = this.tables.get(key);
    if (known !== undefined) return known;
    const table = { alias: this.alias(), object: target, path };
    this.tables.set(key, table);
    this.joins.push(
      `LEFT JOIN ${quote(target.name)} ${table.alias} ON ${table.alias}."Id" = ${this.column(from, field)}`
    );
    return table;
  }

  private relationship(object: SObjectSchema, name: string): FieldSchema | undefined {
    const lowered = name.toLowerCase();
    for (const field of object.fields.values()) {
      if (field.reference?.relationshipName.toLowerCase() === lowered) return field;
    }
    return undefined;
  }

  private alias(): string {
    return `t${String(this.environment.nextAlias.value++)}`;
  }
}
