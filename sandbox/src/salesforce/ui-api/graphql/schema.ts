import {
  GraphQLID,
  GraphQLInputObjectType,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString
} from 'graphql';
import type { GraphQLFieldConfig, GraphQLInputFieldConfig } from 'graphql';
import type { QueryRow } from '../../core/contract.js';
import type { FieldSchema, SObjectSchema } from '../../core/schema.js';
import type { Viewer } from '../common.js';
import { fieldValue } from '../display-value.js';
import { connection, defaultFirst } from './connection.js';
import type { ConnectionArguments } from './connection.js';
import { pageInfo, orderClause } from './paging-types.js';
import { valueTypeOf } from './value-types.js';

type RowField = GraphQLFieldConfig<QueryRow, Viewer>;

/**
 * Schema of the org for one user: `uiapi { query { Object(first, after, where, orderBy) { edges { node { … } } totalCount pageInfo } } }`.
 * With `names`, only objects, fields and relationships with these names are built.
 */
export function buildSchema(viewer: Viewer, names: ReadonlySet<string> | undefined): GraphQLSchema {
  const types = new ObjectTypes(viewer, names);
  const objects = viewer.org.schema.objects().filter((object) => object.queryable && viewer.object(object.name));
  const roots = objects
    .filter((object) => types.includes(object.name))
    .map((object) => [object.name, types.rootField(object)]);
  const query = new GraphQLObjectType<unknown, Viewer>({
    name: 'RecordQuery',
    fields: Object.fromEntries(roots) as Record<string, GraphQLFieldConfig<unknown, Viewer>>
  });
  const uiapi = new GraphQLObjectType({
    name: 'UIAPI',
    fields: { query: { type: new GraphQLNonNull(query), resolve: () => ({}) } }
  });
  const root = new GraphQLObjectType({
    name: 'Query',
    fields: { uiapi: { type: new GraphQLNonNull(uiapi), resolve: () => ({}) } }
  });
  // A request may name nothing that exists; it is answered by validation, not by a schema without fields.
  return new GraphQLSchema({ query: root, assumeValid: true });
}

class ObjectTypes {
  private readonly nodes = new Map<string, GraphQLObjectType<QueryRow, Viewer>>();
  private readonly connections = new Map<string, GraphQLObjectType>();
  private readonly filters = new Map<string, GraphQLInputObjectType>();
  private readonly orders = new Map<string, GraphQLInputObjectType>();

  public constructor(
    private readonly viewer: Viewer,
    private readonly names: ReadonlySet<string> | undefined
  ) {}

  public includes(name: string): boolean {
    return this.names?.has(name) ?? true;
  }

  public rootField(object: SObjectSchema): GraphQLFieldConfig<unknown, Viewer, ConnectionArguments> {
    return {
      type: this.connection(object),
      args: this.connectionArguments(object),
      resolve: (_root, args, viewer, info) => connection(viewer, object, args, info)
    };
  }

  private childField(
    object: SObjectSchema,
    foreignKey: FieldSchema
  ): GraphQLFieldConfig<QueryRow, Viewer, ConnectionArguments> {
    return {
      type: this.connection(object),
      args: this.connectionArguments(object),
      resolve: (row, args, viewer, info) =>
        connection(viewer, object, args, info, `${foreignKey.name} = '${String(row['Id'])}'`)
    };
  }

  private connectionArguments(object: SObjectSchema): Record<string, GraphQLInputFieldConfig> {
    return {
      first: { type: GraphQLInt, defaultValue: defaultFirst },
      after: { type: GraphQLString },
      where: { type: this.filter(object) },
      orderBy: { type: this.order(object) }
    };
  }

  private connection(object: SObjectSchema): GraphQLObjectType {
    return remember(this.connections, object.name, () => {
      const edge = new GraphQLObjectType({
        name: `${object.name}Edge`,
        fields: () => ({ node: { type: this.node(object) }, cursor: { type: new GraphQLNonNull(GraphQLString) } })
      });
      return new GraphQLObjectType({
        name: `${object.name}Connection`,
        fields: {
          edges: { type: new GraphQLList(edge) },
          pageInfo: { type: new GraphQLNonNull(pageInfo) },
          totalCount: { type: new GraphQLNonNull(GraphQLInt) },
          pageResultCount: { type: new GraphQLNonNull(GraphQLInt) }
        }
      });
    });
  }

  private node(object: SObjectSchema): GraphQLObjectType<QueryRow, Viewer> {
    return remember(this.nodes, object.name, () => {
      const fields = (): Record<string, RowField> => ({
        Id: { type: new GraphQLNonNull(GraphQLID), resolve: (row) => row['Id'] },
        ApiName: { type: new GraphQLNonNull(GraphQLString), resolve: () => object.name },
        ...this.valueFields(object),
        ...this.parentFields(object),
        ...this.childFields(object)
      });
      return new GraphQLObjectType<QueryRow, Viewer>({ name: object.name, fields });
    });
  }

  private valueFields(object: SObjectSchema): Record<string, RowField> {
    const entries = this.readable(object)
      .filter((field) => field.name !== 'Id')
      .flatMap((field): [string, RowField][] => {
        const type = valueTypeOf(field)?.output;
        return type ? [[field.name, { type, resolve: (row, _args, viewer) => presented(viewer, field, row) }]] : [];
      });
    return Object.fromEntries(entries);
  }

  private parentFields(object: SObjectSchema): Record<string, RowField> {
    const entries = this.parents(object).map(([name, target]): [string, RowField] => [
      name,
      { type: this.node(target), resolve: (row) => row[name] ?? null }
    ]);
    return Object.fromEntries(entries);
  }

  private childFields(object: SObjectSchema): Record<string, RowField> {
    const entries = this.viewer.org.schema
      .children(object.name)
      .flatMap(({ childObject, field }): [string, RowField][] => {
        const name = field.reference?.childRelationshipName;
        const child = name !== undefined && this.includes(name) ? this.viewer.object(childObject) : undefined;
        if (!child || name === undefined || !this.viewer.field(childObject, field.name)) return [];
        return [[name, this.childField(child, field) as RowField]];
      });
    return Object.fromEntries(entries);
  }

  private filter(object: SObjectSchema): GraphQLInputObjectType {
    return remember(this.filters, object.name, () => {
      const fields = (): Record<string, GraphQLInputFieldConfig> => {
        const self = this.filter(object);
        const own = this.readable(object).map(
          (field) => [field.name, { type: valueTypeOf(field)?.operators }] as const
        );
        const parents = this.parents(object).map(([name, target]) => [name, { type: this.filter(target) }] as const);
        const usable = [...own, ...parents].filter(([, { type }]) => type !== undefined);
        return {
          ...fromEntries(usable),
          and: { type: new GraphQLList(self) },
          or: { type: new GraphQLList(self) },
          not: { type: self }
        };
      };
      return new GraphQLInputObjectType({ name: `${object.name}_Filter`, fields });
    });
  }

  private order(object: SObjectSchema): GraphQLInputObjectType {
    return remember(this.orders, object.name, () => {
      const fields = (): Record<string, GraphQLInputFieldConfig> => {
        const own = this.readable(object).filter((field) => !field.longText);
        const parents = this.parents(object).map(([name, target]) => [name, { type: this.order(target) }] as const);
        return fromEntries([...own.map((field) => [field.name, { type: orderClause }] as const), ...parents]);
      };
      return new GraphQLInputObjectType({ name: `${object.name}_OrderBy`, fields });
    });
  }

  private readable(object: SObjectSchema): FieldSchema[] {
    const named = [...object.fields.values()].filter((field) => this.includes(field.name));
    return named.filter((field) => this.viewer.field(object.name, field.name) !== undefined);
  }

  private parents(object: SObjectSchema): [string, SObjectSchema][] {
    return [...object.fields.values()].flatMap((field): [string, SObjectSchema][] => {
      const name = field.reference?.relationshipName;
      const target = name !== undefined && this.includes(name) ? this.viewer.parent(object, name)?.target : undefined;
      return name !== undefined && target ? [[name, target]] : [];
    });
  }
}

/** Picklists carry their label besides the display value. */
function presented(viewer: Viewer, field: FieldSchema, row: QueryRow): object {
  const shown = fieldValue(field, row[field.name], viewer.formats, row['CurrencyIsoCode']);
  return field.type === 'picklist' ? { ...shown, label: shown.displayValue } : shown;
}

function remember<T>(known: Map<string, T>, name: string, make: () => T): T {
  const existing = known.get(name);
  if (existing !== undefined) return existing;
  const made = make();
  known.set(name, made);
  return made;
}

function fromEntries(
  entries: readonly (readonly [string, { type: unknown }])[]
): Record<string, GraphQLInputFieldConfig> {
  return Object.fromEntries(entries) as Record<string, GraphQLInputFieldConfig>;
}
