import { GraphQLInputObjectType, GraphQLList } from 'graphql';
import type { GraphQLInputFieldConfig } from 'graphql';
import type { SObjectSchema } from '../../core/schema.js';
import { orderClause } from './paging-types.js';
import { valueTypeOf } from './value-types.js';
import { remember } from './visible-parts.js';
import type { VisibleParts } from './visible-parts.js';

/** `Object_Filter` and `Object_OrderBy` of each object. */
export class InputTypes {
  private readonly filters = new Map<string, GraphQLInputObjectType>();
  private readonly orders = new Map<string, GraphQLInputObjectType>();

  public constructor(private readonly parts: VisibleParts) {}

  public filter(object: SObjectSchema): GraphQLInputObjectType {
    return remember(this.filters, object.name, () => {
      const fields = (): Record<string, GraphQLInputFieldConfig> => {
        const self = this.filter(object);
        const own = this.parts
          .fields(object)
          .map((field) => [field.name, { type: valueTypeOf(field)?.operators }] as const);
        const parents = this.parts
          .parents(object)
          .map(([name, target]) => [name, { type: this.filter(target) }] as const);
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

  public order(object: SObjectSchema): GraphQLInputObjectType {
    return remember(this.orders, object.name, () => {
      const fields = (): Record<string, GraphQLInputFieldConfig> => {
        const own = this.parts.fields(object).filter((field) => !field.longText);
        const parents = this.parts
          .parents(object)
          .map(([name, target]) => [name, { type: this.order(target) }] as const);
        return fromEntries([...own.map((field) => [field.name, { type: orderClause }] as const), ...parents]);
      };
      return new GraphQLInputObjectType({ name: `${object.name}_OrderBy`, fields });
    });
  }
}

function fromEntries(
  entries: readonly (readonly [string, { type: unknown }])[]
): Record<string, GraphQLInputFieldConfig> {
  return Object.fromEntries(entries) as Record<string, GraphQLInputFieldConfig>;
}
