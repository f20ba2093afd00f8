import { customObject, file } from './samples.js';

/** A master-detail field `Parent__c`. */
export const master = (to: string, name = 'Crates'): string =>
  `<fields><fullName>Parent__c</fullName><label>Parent</label><type>MasterDetail</type><referenceTo>${to}</referenceTo><relationshipName>${name}</relationshipName></fields>`;

/** `Crate__c` as a detail object with the given fields. */
export const detail = (fields: string): Record<string, string> =>
  customObject('Crate__c', { more: fields, sharingModel: '<sharingModel>ControlledByParent</sharingModel>' });

/** A field permission, readable. */
export const fls = (field: string, editable = true): string =>
  `<fieldPermissions><editable>${editable}</editable><field>${field}</field><readable>true</readable></fieldPermissions>`;

/** An object permission: letters of create, read, edit, delete, view all, modify all. */
export const grant = (object: string, rights: string): string => {
  const flag = (name: string, letter: string): string => `<${name}>${rights.includes(letter)}</${name}>`;
  return `<objectPermissions>${flag('allowCreate', 'c')}${flag('allowDelete', 'd')}${flag('allowEdit', 'e')}${flag('allowRead', 'r')}${flag('modifyAllRecords', 'm')}<object>${object}</object>${flag('viewAllRecords', 'v')}</objectPermissions>`;
};

/** A layout of Opportunity with its required fields. */
export const layout = (items: string, more = ''): Record<string, string> => ({
  'layouts/Opportunity-Sales.layout': file(
    'Layout',
    `<layoutSections><layoutColumns>${['Name', 'StageName', 'CloseDate'].map((name) => `<layoutItems><field>${name}</field></layoutItems>`).join('')}${items}</layoutColumns><style>OneColumn</style></layoutSections>${more}`
  )
});

/** A record page of Opportunity with one region. */
export const page = (
  items: string,
  object = '<sobjectType>Opportunity</sobjectType>',
  region = 'main'
): Record<string, string> => ({
  'flexipages/Sales.flexipage': file(
    'FlexiPage',
    `<flexiPageRegions>${items}<name>${region}</name><type>Region</type></flexiPageRegions><masterLabel>Sales</masterLabel>${object}<template><name>flexipage:recordHomeTemplateDesktop</name></template><type>RecordPage</type>`
  )
});

/** A component on a page. */
export const component = (name: string, properties = '', identifier = 'one'): string =>
  `<itemInstances><componentInstance>${properties}<componentName>${name}</componentName><identifier>${identifier}</identifier></componentInstance></itemInstances>`;

/** A selected entity for change events. */
export const member = (name: string, entity: string, channel = 'ChangeEvents'): Record<string, string> => ({
  [`platformEventChannelMembers/${name}.platformEventChannelMember`]: file(
    'PlatformEventChannelMember',
    `<eventChannel>${channel}</eventChannel><selectedEntity>${entity}</selectedEntity>`
  )
});

/** A `recordTypes` element: active, with the label `Big`, unless given otherwise. */
export const recordType = (
  name: string,
  { active = true, label = '<label>Big</label>', more = '', picklists = '' } = {}
): string =>
  `<recordTypes><fullName>${name}</fullName><active>${active}</active>${more}${label}${picklists}</recordTypes>`;

/** What a record type leaves of a picklist; the first value is its default. */
export const picklistValues = (picklist: string, ...values: string[]): string =>
  `<picklistValues><picklist>${picklist}</picklist>${values.map((value, index) => `<values><fullName>${value}</fullName><default>${index === 0}</default></values>`).join('')}</picklistValues>`;
