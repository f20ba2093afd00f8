#!/usr/bin/env node
/**
 * Generates the client's types and field facts from the metadata document of Business Central API v2.0 (OData 4.0 EDMX).
 *
 *   node scripts/generate-business-central-types.mjs [metadata.edmx] [output.ts]
 *
 * Every member is optional and nullable: `$select` leaves members out, and live answers hold nulls. The document does not
 * tell which fields a page makes read-only; those are listed in plugin/src/connectors/business-central/entities.ts.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { XMLParser } from 'fast-xml-parser';

const root = new URL('..', import.meta.url);
export const contractPath = fileURLToPath(new URL('../shared/contracts/business-central-v2.edmx', root));
export const outputPath = fileURLToPath(new URL('plugin/src/connectors/business-central/contract.generated.ts', root));

/** Entity sets that the product reads or writes. */
const sets = [
  'companies',
  'companyInformation',
  'subscriptions',
  'apicategoryroutes',
  'customers',
  'customerFinancialDetails',
  'customerSales',
  'agedAccountsReceivables',
  'contacts',
  'contactsInformation',
  'items',
  'itemVariants',
  'itemCategories',
  'itemLedgerEntries',
  'inventoryPostingGroups',
  'generalProductPostingGroups',
  'unitsOfMeasure',
  'currencies',
  'currencyExchangeRates',
  'generalLedgerSetup',
  'salespeoplePurchasers',
  'paymentTerms',
  'paymentMethods',
  'shipmentMethods',
  'countriesRegions',
  'locations',
  'opportunities',
  'salesQuotes',
  'salesQuoteLines',
  'salesOrders',
  'salesOrderLines',
  'salesInvoices',
  'salesInvoiceLines',
  'salesShipments',
  'salesShipmentLines',
  'pdfDocument'
];

const namespace = 'Microsoft.NAV.';
const scalars = { 'Edm.Boolean': 'boolean', 'Edm.Decimal': 'number', 'Edm.Int32': 'number', 'Edm.Int64': 'number' };
const listed = [
  'EntityType',
  'EnumType',
  'Property',
  'NavigationProperty',
  'Member',
  'EntitySet',
  'Annotation',
  'Action',
  'Parameter'
];
const bare = (type) => type.replace(/^Collection\((.*)\)$/, '$1').replace(namespace, '');
const upper = (name) => `${name[0].toUpperCase()}${name.slice(1)}`;

/** `_x0020_` stands for a blank in names (OData names of Business Central). */
const decoded = (name) => name.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)));

function schemaOf(edmx) {
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '',
    isArray: (name, _path, _isLeaf, isAttribute) => !isAttribute && listed.includes(name)
  });
  return parser.parse(edmx)['edmx:Edmx']['edmx:DataServices'].Schema;
}

function capability(set, term) {
  const found = (set.Annotation ?? []).find(({ Term }) => Term === `Org.OData.Capabilities.V1.${term}Restrictions`);
  return found?.Record.PropertyValue.Bool === 'true';
}

function interfaceOf(name, type, known) {
  const members = (type.Property ?? []).map(({ Name, Type }) => `  ${Name}?: ${scalars[Type] ?? 'string'} | null;`);
  const links = (type.NavigationProperty ?? [])
    .filter(({ Type }) => known.has(bare(Type)))
    .map(({ Name, Type }) => {
      const target = upper(bare(Type));
      return `  ${Name}?: ${Type.startsWith('Collection(') ? `${target}[]` : target} | null;`;
    });
  return `export interface ${upper(name)} {\n  '@odata.etag'?: string;\n${[...members, ...links].join('\n')}\n}\n`;
}

/** `String(20)`, `Guid`, … or the enum with its name. */
function fieldType({ Type, MaxLength }) {
  const name = Type.startsWith('Edm.') ? Type.slice(4) : `enum ${bare(Type)}`;
  return MaxLength === undefined ? name : `${name}(${MaxLength})`;
}

function factsOf(set, type, actions) {
  const ops = ['R', ...['Insert', 'Update', 'Delete'].map((term, at) => (capability(set, term) ? 'CUD'[at] : ''))].join(
    ''
  );
  const fields = (type.Property ?? []).map((field) => `      ${field.Name}: '${fieldType(field)}'`);
  const bound = actions
    .filter(({ Parameter }) => bare(Parameter[0].Type) === bare(set.EntityType))
    .map(({ Name }) => `'${Name}'`);
  return [
    `  ${set.Name}: {`,
    `    ops: '${ops}',`,
    `    sortable: ${capability(set, 'Sort')},`,
    `    actions: [${bound.join(', ')}],`,
    `    fields: {\n${fields.join(',\n')}\n    }`,
    '  }'
  ].join('\n');
}

function enumOf({ Name, Member }) {
  const values = Member.map((member) => `'${decoded(member.Name).trim()}': '${member.Name}'`);
  return `  ${Name}: { ${values.join(', ')} }`;
}

/** @param edmx text of the metadata document */
export function generate(edmx) {
  const schema = schemaOf(edmx);
  const types = new Map(schema.EntityType.map((type) => [type.Name, type]));
  const chosen = sets.map((name) => schema.EntityContainer.EntitySet.find((set) => set.Name === name));
  const known = new Map(chosen.map((set) => [bare(set.EntityType), types.get(bare(set.EntityType))]));
  const used = new Set([...known.values()].flatMap(({ Property }) => Property.map(({ Type }) => bare(Type))));
  const enums = schema.EnumType.filter(({ Name }) => used.has(Name));
  return [
    '// Generated by scripts/generate-business-central-types.mjs from $metadata of API v2.0. Do not edit.\n',
    ...[...known].map(([name, type]) => interfaceOf(name, type, known)),
    '/** What $metadata says of an entity set: allowed operations (read, create, update, delete) and the fields with their types. */',
    `export const entitySets = {\n${chosen.map((set) => factsOf(set, types.get(bare(set.EntityType)), schema.Action)).join(',\n')}\n} as const;\n`,
    'export type EntitySetName = keyof typeof entitySets;\n',
    '/** Members of the enumerations: what people call them → what travels. The blank one has an empty name. */',
    `export const enumMembers = {\n${enums.map(enumOf).join(',\n')}\n} as const;\n`
  ].join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [source = contractPath, target = outputPath] = process.argv.slice(2);
  await writeFile(target, generate(await readFile(source, 'utf8')));
  process.stdout.write(`${target}\n`);
}
