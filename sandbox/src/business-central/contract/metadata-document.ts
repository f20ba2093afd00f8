import {
  bidirectional,
  boundActions,
  complexTypes,
  entitySetTexts,
  entityTypeTexts,
  enumTypes,
  languageDependent
} from './model.generated.js';
import type { EntityTypeText } from './model.generated.js';

const NAMESPACE = 'Microsoft.NAV';
const EDM = new Set(['Boolean', 'Date', 'DateTimeOffset', 'Decimal', 'Guid', 'Int32', 'Int64', 'Stream', 'String']);

function typeName(type: string): string {
  if (type.endsWith('[]')) return `Collection(${typeName(type.slice(0, -2))})`;
  return EDM.has(type) ? `Edm.${type}` : `${NAMESPACE}.${type}`;
}

function property([name, text]: [string, string]): string {
  const [, type = '', optional, length] = /^([^?:]+)(\??)(?::(\d+))?$/.exec(text) ?? [];
  const nullable = optional === '?' ? '' : ' Nullable="false"';
  const facets = `${length ? ` MaxLength="${length}"` : ''}${type === 'Decimal' ? ' Scale="Variable"' : ''}`;
  return `<Property Name="${name}" Type="${typeName(type)}"${nullable}${facets} />`;
}

function navigation([name, text]: [string, string]): string {
  const [head = '', ...pairs] = text.split(' ');
  const [type = '', partner] = head.split('<');
  const open = `<NavigationProperty Name="${name}" Type="${typeName(type)}"${partner ? ` Partner="${partner}"` : ''} ContainsTarget="true"`;
  const constraints = pairs.map((pair) => {
    const [own, referenced] = pair.split('=');
    return `<ReferentialConstraint Property="${own}" ReferencedProperty="${referenced}" />`;
  });
  return pairs.length === 0 ? `${open} />` : `${open}>${constraints.join('')}</NavigationProperty>`;
}

function alternateKeys(keys: EntityTypeText['alternateKeys']): string {
  if (!keys) return '';
  const term = 'OData.Community.Keys.V1';
  const part = (name: string): string =>
    `<Record Type="${term}.PropertyRef"><PropertyValue Property="Alias" String="${name}" /><PropertyValue Property="Name" PropertyPath="${name}" /></Record>`;
  const records = keys.map(
    (key) =>
      `<Record Type="${term}.AlternateKey"><PropertyValue Property="Key"><Collection>${key.map(part).join('')}</Collection></PropertyValue></Record>`
  );
  return `<Annotation Term="${term}.AlternateKeys"><Collection>${records.join('')}</Collection></Annotation>`;
}

function entityType([name, type]: [string, EntityTypeText]): string {
  const key = type.key.map((each) => `<PropertyRef Name="${each}" />`).join('');
  const properties = Object.entries(type.properties).map(property).join('\n');
  const ways = Object.entries(type.navigation).map(navigation).join('\n');
  return `<EntityType Name="${name}"><Key>${key}</Key>\n${properties}\n${ways}${alternateKeys(type.alternateKeys)}</EntityType>`;
}

const RESTRICTIONS = [
  ['ChangeTracking', 'Supported', undefined],
  ['DeleteRestrictions', 'Deletable', 'D'],
  ['InsertRestrictions', 'Insertable', 'C'],
  ['UpdateRestrictions', 'Updatable', 'U'],
  ['SortRestrictions', 'Sortable', 'S']
] as const;

function entitySet([name, { type, capabilities }]: [string, { type: string; capabilities?: string }]): string {
  const open = `<EntitySet Name="${name}" EntityType="${NAMESPACE}.${type}"`;
  if (capabilities === undefined) return `${open} />`;
  const terms = RESTRICTIONS.map(([term, member, letter]) => {
    const allowed = letter !== undefined && capabilities.includes(letter);
    return `<Annotation Term="Org.OData.Capabilities.V1.${term}"><Record><PropertyValue Property="${member}" Bool="${allowed}" /></Record></Annotation>`;
  });
  return `${open}>${terms.join('')}</EntitySet>`;
}

const annotations = (targets: readonly string[], term: string): string[] =>
  targets.map(
    (target) => `<Annotations Target="${NAMESPACE}.${target}"><Annotation Term="${term}" Bool="true" /></Annotations>`
  );

const enumType = ([name, members]: [string, Readonly<Record<string, number>>]): string =>
  `<EnumType Name="${name}">${Object.entries(members)
    .map(([member, value]) => `<Member Name="${member}" Value="${value}" />`)
    .join('')}</EnumType>`;

/** The `$metadata` of API v2.0, written from the generated model. */
export function metadataDocument(): string {
  const complex = Object.entries(complexTypes).map(
    ([name, properties]) =>
      `<ComplexType Name="${name}">${Object.entries(properties).map(property).join('')}</ComplexType>`
  );
  const actions = boundActions.map(
    ([action, type]) =>
      `<Action Name="${action}" IsBound="true"><Parameter Name="bindingParameter" Type="${NAMESPACE}.${type}" /></Action>`
  );
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>',
    `<Schema Namespace="${NAMESPACE}" xmlns="http://docs.oasis-open.org/odata/ns/edm">`,
    ...Object.entries(entityTypeTexts).map(entityType),
    ...complex,
    ...Object.entries(enumTypes).map(enumType),
    ...actions,
    '<EntityContainer Name="NAV">',
    ...Object.entries(entitySetTexts).map(entitySet),
    '</EntityContainer>',
    ...annotations(languageDependent, 'Org.OData.Core.V1.IsLanguageDependent'),
    ...annotations(bidirectional, 'Microsoft.NAV.IsBidirectionalPartnerNavigation'),
    '</Schema></edmx:DataServices></edmx:Edmx>'
  ].join('\n');
}
