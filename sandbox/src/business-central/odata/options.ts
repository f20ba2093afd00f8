import type { EntitySet, Navigation, Property } from '../contract/model.js';
import { ApiFault, badRequest } from '../core/errors.js';
import type { Filter } from './filter.js';
import { parseFilter } from './filter.js';

export interface Order {
  readonly field: Property;
  readonly descending: boolean;
}

export interface Expansion {
  readonly navigation: Navigation;
  readonly options: QueryOptions;
}

/** What a reader asks for, checked against the set. */
export interface QueryOptions {
  readonly filter: Filter | undefined;
  readonly orderBy: readonly Order[];
  /** Undefined: all fields. */
  readonly select: ReadonlySet<string> | undefined;
  readonly expand: readonly Expansion[];
  readonly top: number | undefined;
  readonly skip: number;
  readonly count: boolean;
  readonly skipToken: string | undefined;
}

/** The part of a set that options are checked against. */
export type Shape = Pick<EntitySet, 'name' | 'type' | 'properties' | 'navigation' | 'allows'>;

/** Finds the set behind a navigation. */
export type ShapeOf = (navigation: Navigation) => Shape;

const KNOWN = new Set([
  '$filter',
  '$orderby',
  '$select',
  '$expand',
  '$top',
  '$skip',
  '$count',
  '$skiptoken',
  '$schemaversion',
  '$format'
]);

/** Reads the system query options. Throws 400 in OData's words. */
export function parseOptions(raw: ReadonlyMap<string, string>, shape: Shape, shapeOf: ShapeOf): QueryOptions {
  const unknown = [...raw.keys()].find((name) => name.startsWith('$') && !KNOWN.has(name));
  if (unknown !== undefined) throw badRequest(`The query parameter '${unknown}' is not supported.`);
  const filter = raw.get('$filter');
  const select = raw.get('$select');
  return {
    filter: filter === undefined ? undefined : parseFilter(filter, shape),
    orderBy: ordersOf(raw.get('$orderby'), shape),
    select: select === undefined ? undefined : selected(select, shape),
    expand: splitTop(raw.get('$expand') ?? '', ',').map((part) => expansion(part, shape, shapeOf)),
    top: wholeNumber(raw.get('$top'), '$top'),
    skip: wholeNumber(raw.get('$skip'), '$skip') ?? 0,
    count: raw.get('$count')?.toLowerCase() === 'true',
    skipToken: raw.get('$skiptoken')
  };
}

function wholeNumber(text: string | undefined, name: string): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d+$/.test(text)) return Number(text);
  throw badRequest(
    `Invalid value '${text}' for ${name} query option found. The ${name} query option requires a non-negative integer value.`
  );
}

function ordersOf(text: string | undefined, shape: Shape): Order[] {
  if (text === undefined) return [];
  if (!shape.allows.sort) {
    throw new ApiFault(501, 'BadRequest_MethodNotImplemented', `The entity '${shape.name}' cannot be sorted.`);
  }
  return splitTop(text, ',').map((part) => {
    const [name = '', direction = 'asc', ...rest] = part.trim().split(/\s+/);
    if (!['asc', 'desc'].includes(direction.toLowerCase()) || rest.length > 0)
      throw badRequest(`Syntax error in '${text}'.`);
    return { field: property(name, shape), descending: direction.toLowerCase() === 'desc' };
  });
}

function selected(text: string, shape: Shape): ReadonlySet<string> | undefined {
  const names = splitTop(text, ',').map((name) => name.trim());
  if (names.includes('*')) return undefined;
  return new Set(names.map((name) => (shape.navigation.has(name) ? name : property(name, shape).name)));
}

function property(name: string, shape: Shape): Property {
  const found = shape.properties.get(name);
  if (found) return found;
  throw badRequest(`Could not find a property named '${name}' on type 'Microsoft.NAV.${shape.type}'.`);
}

function expansion(text: string, shape: Shape, shapeOf: ShapeOf): Expansion {
  const [, name = '', inner] = /^\s*([\w$]+)\s*(?:\(([\s\S]*)\))?\s*$/.exec(text) ?? [];
  const navigation = shape.navigation.get(name);
  if (!navigation)
    throw badRequest(`Could not find a property named '${name || text}' on type 'Microsoft.NAV.${shape.type}'.`);
  const raw = new Map(
    splitTop(inner ?? '', ';').map((part) => {
      const [key = '', ...value] = part.trim().split('=');
      return [key, value.join('=')] as const;
    })
  );
  return { navigation, options: parseOptions(raw, shapeOf(navigation), shapeOf) };
}

/** Splits at a sign outside of brackets and quotes; empty parts are left out. */
export function splitTop(text: string, sign: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let quoted = false;
  let part = '';
  for (const letter of text) {
    if (letter === "'") quoted = !quoted;
    if (!quoted && letter === '(') depth += 1;
    if (!quoted && letter === ')') depth -= 1;
    if (letter === sign && depth === 0 && !quoted) {
      parts.push(part);
      part = '';
    } else part += letter;
  }
  return [...parts, part].filter((each) => each.trim() !== '');
}
