import type { EntityTypeText } from './model.generated.js';
import { boundActions, entitySetTexts, entityTypeTexts, enumTypes } from './model.generated.js';
import { readOnlyFields } from './read-only-fields.js';

/** A property of a row, as `$metadata` declares it. */
export interface Property {
  readonly name: string;
  /** `String`, `Guid`, `Decimal`, `Int32`, `Int64`, `Boolean`, `Date`, `DateTimeOffset`, `Stream`, or the name of an enumeration. */
  readonly type: string;
  readonly nullable: boolean;
  readonly maxLength: number | undefined;
  /** Members of the enumeration in the order of their values; undefined for other types. */
  readonly members: readonly string[] | undefined;
}

/** A way from a row to its neighbours. */
export interface Navigation {
  readonly name: string;
  readonly type: string;
  readonly collection: boolean;
  /** Pairs that must be equal: own property, property of the neighbour. */
  readonly pairs: readonly (readonly [own: string, referenced: string])[];
}

/** An entity set of API v2.0 with its type. */
export interface EntitySet {
  readonly name: string;
  readonly type: string;
  readonly key: readonly string[];
  readonly properties: ReadonlyMap<string, Property>;
  readonly navigation: ReadonlyMap<string, Navigation>;
  /** Verbs that the capability annotations allow. */
  readonly allows: {
    readonly create: boolean;
    readonly update: boolean;
    readonly delete: boolean;
    readonly sort: boolean;
  };
  readonly readOnly: ReadonlySet<string>;
  /** Bound actions by their name in lower case: the service takes any case. */
  readonly actions: ReadonlyMap<string, string>;
}

const PROPERTY = /^([^?:]+)(\??)(?::(\d+))?$/;

/** Reads the short form of the generated model: `String?:20`. */
export function propertyOf(name: string, text: string): Property {
  const [, type = 'String', optional, length] = PROPERTY.exec(text) ?? [];
  const members = Object.entries(enumTypes[type] ?? {}).sort((left, right) => left[1] - right[1]);
  return {
    name,
    type,
    nullable: optional === '?',
    maxLength: length ? Number(length) : undefined,
    members: members.length === 0 ? undefined : members.map(([member]) => member)
  };
}

function navigationOf(name: string, text: string): Navigation {
  const [target = '', ...pairs] = text.split(' ');
  const type = (target.split('<')[0] ?? '').replace('[]', '');
  return {
    name,
    type,
    collection: target.includes('[]'),
    pairs: pairs.map((pair) => pair.split('=') as [string, string])
  };
}

function setOf(name: string, type: string, capabilities: string): EntitySet {
  const text: EntityTypeText = entityTypeTexts[type] ?? { key: [], properties: {}, navigation: {} };
  const properties = Object.entries(text.properties).map(([each, form]) => [each, propertyOf(each, form)] as const);
  const navigation = Object.entries(text.navigation).map(([each, form]) => [each, navigationOf(each, form)] as const);
  const actions = boundActions.filter(([, owner]) => owner === type).map(([action]) => action);
  return {
    name,
    type,
    key: text.key,
    properties: new Map(properties),
    navigation: new Map(navigation),
    allows: {
      create: capabilities.includes('C'),
      update: capabilities.includes('U'),
      delete: capabilities.includes('D'),
      sort: capabilities.includes('S')
    },
    readOnly: new Set((readOnlyFields[name] ?? '').split(' ').filter((field) => field !== '')),
    actions: new Map(actions.map((action) => [action.toLowerCase(), action]))
  };
}

/** Every entity set of API v2.0 by name. */
export const entitySets: ReadonlyMap<string, EntitySet> = new Map(
  Object.entries(entitySetTexts).map(([name, { type, capabilities = 'R' }]) => [name, setOf(name, type, capabilities)])
);

const setByType = new Map([...entitySets.values()].map((set) => [set.type, set]));

/** The set that holds rows of a type. Each type has exactly one. */
export function setOfType(type: string): EntitySet {
  const set = setByType.get(type);
  if (!set) throw new Error(`No entity set holds ${type}.`);
  return set;
}

export function requiredSet(name: string): EntitySet {
  const set = entitySets.get(name);
  if (!set) throw new Error(`There is no entity set ${name}.`);
  return set;
}

/** Sets that belong to the environment and not to a company. */
export const environmentSets: ReadonlySet<string> = new Set([
  'companies',
  'subscriptions',
  'externaleventsubscriptions',
  'externalbusinesseventdefinitions',
  'apicategoryroutes',
  'entityDefinitions'
]);
