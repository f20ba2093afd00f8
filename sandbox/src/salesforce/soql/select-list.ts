import type { FieldType } from '@jetstreamapp/soql-parser-js';
import type { FieldSchema, SObjectSchema } from '../core/schema.js';
import { isStored } from '../core/tables.js';
import { invalidField, malformed } from './errors.js';
import { compileFunction, type SoqlFunction } from './functions.js';
import type { ColumnKind, CompiledQuery, RecordShape } from './compiled-query.js';
import type { QueryScope } from './scope.js';

const addressMembers = ['City', 'Country', 'Latitude', 'Longitude', 'PostalCode', 'State', 'Street'] as const;
const renderings: Readonly<Record<string, ColumnKind | undefined>> = {
  tolabel: 'label',
  format: 'formatted',
  convertcurrency: 'plain'
};

export type ChildCompiler = (subquery: Extract<FieldType, { type: 'FieldSubquery' }>['subquery']) => {
  name: string;
  query: CompiledQuery;
  foreignKey: string;
};

/** Collects the columns of a query and the shape of its records. */
export class SelectList {
  public readonly columns: string[] = [];
  public readonly shape: RecordShape;
  private readonly selected = new Set<string>();
  private unnamed = 0;

  public constructor(
    private readonly scope: QueryScope,
    private readonly children: ChildCompiler,
    private readonly grouped: boolean
  ) {
    this.shape = { object: scope.object, idIndex: -1, entries: [] };
    if (!grouped) this.shape.idIndex = this.add(`${scope.root.alias}."Id"`);
  }

  public select(item: FieldType): void {
    switch (item.type) {
      case 'Field':
        this.field([], item.field, item.alias);
        return;
      case 'FieldRelationship':
        this.field(item.relationships, item.field, 'alias' in item ? item.alias : undefined);
        return;
      case 'FieldSubquery':
        this.shape.entries.push({ kind: 'children', ...this.children(item.subquery) });
        return;
      case 'FieldFunctionExpression':
        this.function(item);
        return;
      default:
        throw malformed('TYPEOF is only allowed on relationships with several target objects');
    }
  }

  /** One field of the queried object, from FIELDS(). */
  public plainField(object: SObjectSchema, field: FieldSchema): void {
    if (this.scope.readable(object, field)) this.field([], field.name, undefined);
  }

  private field(relationships: readonly string[], name: string, alias: string | undefined): void {
    const { soql } = this.scope.environment;
    if (alias !== undefined && !this.grouped) throw malformed('only aggregate expressions use field aliasing');
    const dotted = [...relationships, name].join('.');
    const resolved = this.scope.resolve(dotted);
    const key = [...resolved.path, resolved.field.name].join('.').toLowerCase();
    if (this.selected.has(key) && alias === undefined) {
      throw invalidField(soql, dotted, `duplicate field selected: ${dotted}`);
    }
    this.selected.add(key);
    if (this.grouped) {
      const output = alias ?? resolved.field.name;
      this.push(this.shape, output, resolved.sql, conversionOf(resolved.field), resolved.field);
      return;
    }
    const shape = this.shapeAt(resolved.path);
    if (resolved.field.type === 'address') this.address(shape, resolved.object, resolved.field, resolved.table);
    else this.push(shape, resolved.field.name, resolved.sql, conversionOf(resolved.field), resolved.field);
  }

  private function(item: Extract<FieldType, { type: 'FieldFunctionExpression' }>): void {
    const rendering = renderings[item.functionName.toLowerCase()];
    const [parameter] = item.parameters;
    if (rendering !== undefined && typeof parameter === 'string') {
      const resolved = this.scope.resolve(parameter);
      const shape = this.grouped ? this.shape : this.shapeAt(resolved.path);
      const conversion = rendering === 'plain' ? conversionOf(resolved.field) : rendering;
      this.push(shape, item.alias ?? resolved.field.name, resolved.sql, conversion, resolved.field);
      return;
    }
    const compiled = compileFunction(this.scope, item as SoqlFunction);
    if (!this.grouped) throw malformed(`Field must be grouped or aggregated: ${item.rawValue ?? item.functionName}`);
    const name = item.alias ?? `expr${String(this.unnamed++)}`;
    this.push(this.shape, name, compiled.sql, compiled.type === 'datetime' ? 'instant' : 'plain');
  }

  /** The record of a parent path, made with its id when first asked for. */
  private shapeAt(path: readonly string[]): RecordShape {
    let shape = this.shape;
    path.forEach((name, depth) => {
      const found = shape.entries.find((entry) => entry.kind === 'parent' && entry.name === name);
      if (found?.kind === 'parent') {
        shape = found.shape;
        return;
      }
      const table = this.scope.parentTable(path.slice(0, depth + 1));
      const parent: RecordShape = { object: table.object, idIndex: this.add(`${table.alias}."Id"`), entries: [] };
      shape.entries.push({ kind: 'parent', name, shape: parent });
      shape = parent;
    });
    return shape;
  }

  private address(shape: RecordShape, object: SObjectSchema, field: FieldSchema, table: string): void {
    const members = addressMembers.flatMap((member) => {
      const stored = object.fields.get(`${field.compoundPrefix ?? ''}${member}`);
      if (stored === undefined || !isStored(stored)) return [];
      const name = member.charAt(0).toLowerCase() + member.slice(1);
      return [{ name, index: this.add(`${table}."${stored.name}"`) }];
    });
    shape.entries.push({ kind: 'address', name: field.name, members });
  }

  private push(shape: RecordShape, name: string, sql: string, conversion: ColumnKind, field?: FieldSchema): void {
    shape.entries.push({
      kind: 'column',
      name,
      index: this.add(sql),
      conversion,
      ...(field === undefined ? {} : { field })
    });
  }

  private add(sql: string): number {
    return this.columns.push(sql) - 1;
  }
}

function conversionOf(field: FieldSchema): ColumnKind {
  if (field.type === 'boolean') return 'boolean';
  return field.type === 'datetime' ? 'instant' : 'plain';
}
