import { existsSync, readFileSync } from 'node:fs';
import { XMLParser } from 'fast-xml-parser';
import type { Json } from './helpers.js';

/** The service's own `$metadata` lies outside the repository; without it answers cannot be compared with it. */
const FILE = new URL('../../../../shared/contracts/business-central-v2.edmx', import.meta.url);

export const edmxPresent = existsSync(FILE);
export const edmxText = (): string => readFileSync(FILE, 'utf8');

const LISTS = new Set(
  'EntityType Property NavigationProperty PropertyRef EnumType Member EntitySet ComplexType Annotation Annotations Record PropertyValue ReferentialConstraint Action'.split(
    ' '
  )
);

/** A `$metadata` document as plain objects; order and white space do not matter. */
export function parseEdmx(text: string): Json {
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '',
    parseAttributeValue: false,
    ignoreDeclaration: true,
    isArray: (name, _path, _leaf, isAttribute) => !isAttribute && LISTS.has(name)
  });
  return parser.parse(text);
}

type Check = (value: Json, property: Json) => boolean;

const text: Check = (value, { MaxLength }) =>
  typeof value === 'string' && (MaxLength === undefined || value.length <= Number(MaxLength));
const matches =
  (pattern: RegExp): Check =>
  (value) =>
    typeof value === 'string' && pattern.test(value);

const CHECKS: Readonly<Record<string, Check>> = {
  'Edm.String': text,
  'Edm.Guid': matches(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
  'Edm.Date': matches(/^\d{4}-\d\d-\d\d$/),
  'Edm.DateTimeOffset': matches(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,7})?Z$/),
  'Edm.Boolean': (value) => typeof value === 'boolean',
  'Edm.Decimal': (value) => typeof value === 'number' && Number.isFinite(value),
  'Edm.Int32': (value) => Number.isInteger(value),
  'Edm.Int64': (value) => Number.isInteger(value)
};

/** Compares rows with the contract. */
export class Contract {
  private readonly types = new Map<string, Json>();
  private readonly members = new Map<string, readonly string[]>();
  private readonly sets = new Map<string, string>();

  public constructor(edmx: string) {
    const schema = parseEdmx(edmx)['edmx:Edmx']['edmx:DataServices'].Schema;
    for (const type of schema.EntityType) this.types.set(`Microsoft.NAV.${type.Name}`, type);
    for (const type of schema.EnumType) {
      this.members.set(
        `Microsoft.NAV.${type.Name}`,
        type.Member.map((member: Json) => member.Name)
      );
    }
    for (const set of schema.EntityContainer.EntitySet) this.sets.set(set.Name, set.EntityType);
  }

  public setNames(): string[] {
    return [...this.sets.keys()];
  }

  /** What is wrong with a row; empty when it is as the contract says. */
  public problems(set: string, row: Json): string[] {
    return this.ofType(this.sets.get(set) ?? '', row, set);
  }

  private ofType(typeName: string, row: Json, at: string): string[] {
    const type = this.types.get(typeName);
    if (!type) return [`${at}: no such set`];
    const properties = new Map<string, Json>((type.Property ?? []).map((property: Json) => [property.Name, property]));
    const ways = new Map<string, Json>((type.NavigationProperty ?? []).map((way: Json) => [way.Name, way]));
    const plain = [...properties.values()].filter((property) => property.Type !== 'Edm.Stream');
    const missing = plain.filter(({ Name }) => !(Name in row)).map(({ Name }) => `${at}.${Name} is missing`);
    const found = Object.entries(row).flatMap(([name, value]): string[] => {
      if (name.includes('@odata.')) return [];
      const way = ways.get(name);
      if (way) return this.ofWay(way, value, `${at}.${name}`);
      const property = properties.get(name);
      if (!property) return [`${at}.${name} is not in the contract`];
      return this.fits(property, value) ? [] : [`${at}.${name} is ${JSON.stringify(value)}, not ${property.Type}`];
    });
    return [...missing, ...found];
  }

  private ofWay(way: Json, value: Json, at: string): string[] {
    const target = way.Type.replace(/^Collection\((.*)\)$/, '$1');
    const many = target !== way.Type;
    if (Array.isArray(value) !== many) return [`${at} is ${many ? 'no' : 'a'} list`];
    if (value === null) return [];
    return (many ? value : [value]).flatMap((row: Json) => this.ofType(target, row, at));
  }

  private fits(property: Json, value: Json): boolean {
    if (value === null) return property.Nullable !== 'false';
    if (property.Type.startsWith('Collection(')) return Array.isArray(value);
    const members = this.members.get(property.Type);
    if (members) return members.includes(value);
    return (CHECKS[property.Type] ?? (() => false))(value, property);
  }
}
