import {
  GraphQLBoolean,
  GraphQLEnumType,
  GraphQLFloat,
  GraphQLID,
  GraphQLInputObjectType,
  GraphQLInt,
  GraphQLList,
  GraphQLObjectType,
  GraphQLScalarType,
  GraphQLString
} from 'graphql';
import type { GraphQLInputType } from 'graphql';
import type { FieldSchema, SObjectFieldType } from '../../core/schema.js';
import { dateLiterals, dateRanges } from './soql-literal.js';

const text = (name: string): GraphQLScalarType =>
  new GraphQLScalarType({ ...GraphQLString.toConfig(), name, extensions: {} });
const decimal = (name: string): GraphQLScalarType =>
  new GraphQLScalarType({ ...GraphQLFloat.toConfig(), name, extensions: {} });

/** A field type of the schema: its object type (`value`, `displayValue`) and the operators a filter may use on it. */
interface ValueType {
  output: GraphQLObjectType;
  operators: GraphQLInputObjectType | undefined;
}

const ordering = ['eq', 'ne', 'lt', 'lte', 'gt', 'gte'];
const lists = ['in', 'nin'];

const dates = { Date: dateOperand('Date', text('Date')), DateTime: dateOperand('DateTime', text('DateTime')) };

const byName = {
  ID: valueType('ID', GraphQLID, ['eq', 'ne', ...lists]),
  String: valueType('String', GraphQLString, [...ordering, 'like', ...lists]),
  Boolean: valueType('Boolean', GraphQLBoolean, ['eq', 'ne']),
  Int: valueType('Int', GraphQLInt, [...ordering, ...lists]),
  Double: valueType('Double', decimal('Double'), [...ordering, ...lists]),
  Currency: valueType('Currency', decimal('Currency'), [...ordering, ...lists]),
  Percent: valueType('Percent', decimal('Percent'), [...ordering, ...lists]),
  Date: valueType('Date', dates.Date.scalar, [...ordering, ...lists], dates.Date.input),
  DateTime: valueType('DateTime', dates.DateTime.scalar, [...ordering, ...lists], dates.DateTime.input),
  Picklist: valueType('Picklist', text('Picklist'), [...ordering, 'like', ...lists]),
  MultiPicklist: valueType('MultiPicklist', text('MultiPicklist'), ['eq', 'ne', ...lists]),
  TextArea: valueType('TextArea', text('TextArea'), [...ordering, 'like', ...lists]),
  LongTextArea: valueType('LongTextArea', text('LongTextArea'), []),
  Email: valueType('Email', text('EmailAddress'), [...ordering, 'like', ...lists]),
  PhoneNumber: valueType('PhoneNumber', text('PhoneNumber'), [...ordering, 'like', ...lists]),
  Url: valueType('Url', text('Url'), [...ordering, 'like', ...lists])
} satisfies Record<string, ValueType>;

const byFieldType: Readonly<Partial<Record<SObjectFieldType, keyof typeof byName>>> = {
  id: 'ID',
  reference: 'ID',
  string: 'String',
  boolean: 'Boolean',
  int: 'Int',
  double: 'Double',
  currency: 'Currency',
  percent: 'Percent',
  date: 'Date',
  datetime: 'DateTime',
  picklist: 'Picklist',
  multipicklist: 'MultiPicklist',
  textarea: 'TextArea',
  email: 'Email',
  phone: 'PhoneNumber',
  url: 'Url'
};

/** Undefined for compound fields, which have no single value. */
export function valueTypeOf(field: FieldSchema): ValueType | undefined {
  if (field.longText) return byName.LongTextArea;
  const name = byFieldType[field.type];
  return name && byName[name];
}

function valueType(
  name: string,
  scalar: GraphQLScalarType,
  operators: readonly string[],
  operand: GraphQLInputType = scalar
): ValueType {
  const fields = operators.map((operator) => [
    operator,
    { type: lists.includes(operator) ? new GraphQLList(operand) : operand }
  ]);
  return {
    output: new GraphQLObjectType({
      name: `${name}Value`,
      fields: {
        value: { type: scalar },
        displayValue: { type: GraphQLString },
        ...(name === 'Picklist' && { label: { type: GraphQLString } })
      }
    }),
    operators:
      operators.length === 0
        ? undefined
        : new GraphQLInputObjectType({
            name: `${name}Operators`,
            fields: Object.fromEntries(fields) as Record<string, { type: GraphQLInputType }>
          })
  };
}

/** Dates are compared with a value, a literal (TODAY) or a range (`{ last_n_days: 30 }`). */
function dateOperand(
  name: string,
  scalar: GraphQLScalarType
): { scalar: GraphQLScalarType; input: GraphQLInputObjectType } {
  const literals = Object.fromEntries(dateLiterals.map((literal) => [literal, {}]));
  const ranges = Object.fromEntries(dateRanges.map((range) => [range, { type: GraphQLInt }]));
  const input = new GraphQLInputObjectType({
    name: `${name}Input`,
    fields: {
      value: { type: scalar },
      literal: { type: new GraphQLEnumType({ name: `${name}Literal`, values: literals }) },
      range: { type: new GraphQLInputObjectType({ name: `${name}Range`, fields: ranges }) }
    }
  });
  return { scalar, input };
}
