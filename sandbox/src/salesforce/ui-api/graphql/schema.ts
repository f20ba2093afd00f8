import {
  GraphQLID,
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
import { InputTypes } from './input-types.js';
import { pageInfo } from './paging-types.js';
import { valueTypeOf } from './value-types.js';
import { VisibleParts, remember } from './visible-parts.js';

type RowField = GraphQLFieldConfig<QueryRow, Viewer>;

/**
 * Schema of the org for one user: `uiapi { query { Object(first, after, where, orderBy) { edges { node { … } } totalCount pageInfo } } }`.
 * With `names`, only objects, fields and relationships with these names are built.
 */
export function buildSchema(viewer: Viewer, names: ReadonlySet<string> | undefined): GraphQLSchema {
  const parts = new VisibleParts(viewer, names);
  const types = new ObjectTypes(parts);
  const roots = parts.objects().map((object) => [object.name, types.rootField(object)] as const);
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
  private readonly inputs: InputTypes;

  public constructor(private readonly parts: VisibleParts) {
    this.inputs = new InputTypes(parts);
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
      where: { type: this.inputs.filter(object) },
      orderBy: { type: this.inputs.order(object) }
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
    const entries = this.parts
      .fields(object)
      .filter((field) => field.name !== 'Id')
      .flatMap((field): [string, RowField][] => {
        const type = valueTypeOf(field)?.output;
        return type ? [[field.name, { type, resolve: (row, _args, viewer) => presented(viewer, field, row) }]] : [];
      });
    return Object.fromEntries(entries);
  }

  private parentFields(object: SObjectSchema): Record<string, RowField> {
    const entries = this.parts
      .parents(object)
      .map(([name, target]): [string, RowField] => [
        name,
        { type: this.node(target), resolve: (row) => row[name] ?? null }
      ]);
    return Object.fromEntries(entries);
  }

  private childFields(object: SObjectSchema): Record<string, RowField> {
    const entries = this.parts
      .children(object)
      .map(([name, child, foreignKey]): [string, RowField] => [name, this.childField(child, foreignKey) as RowField]);
    return Object.fromEntries(entries);
  }
}

/** Picklists carry their label besides the display value. */
function presented(viewer: Viewer, field: FieldSchema, row: QueryRow): object {
  const shown = fieldValue(field, row[field.name], viewer.formats, row['CurrencyIsoCode']);
  return field.type === 'picklist' ? { ...shown, label: shown.displayValue } : shown;
}
