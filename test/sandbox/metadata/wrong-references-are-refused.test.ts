import { describe, expect, it } from 'vitest';
import { deploy, evaluate, problems, type WrongSample } from './support/deploy.js';
import { freshOrgs, sharedOrg } from './support/org.js';
import { bundle, customObject, file, opportunityFields, permissionSet, textField } from './support/samples.js';

const lookup = (to: string, more = ''): string =>
  `<fields><fullName>Parent__c</fullName><label>Parent</label><type>Lookup</type><referenceTo>${to}</referenceTo>${more}</fields>`;
const master = (to: string, name = 'Crates'): string =>
  `<fields><fullName>Parent__c</fullName><label>Parent</label><type>MasterDetail</type><referenceTo>${to}</referenceTo><relationshipName>${name}</relationshipName></fields>`;
const detail = (fields: string): Record<string, string> =>
  customObject('Crate__c', { more: fields, sharingModel: '<sharingModel>ControlledByParent</sharingModel>' });
const fls = (field: string, editable = true): string =>
  `<fieldPermissions><editable>${editable}</editable><field>${field}</field><readable>true</readable></fieldPermissions>`;
const grant = (object: string, rights: string): string => {
  const flag = (name: string, letter: string): string => `<${name}>${rights.includes(letter)}</${name}>`;
  return `<objectPermissions>${flag('allowCreate', 'c')}${flag('allowDelete', 'd')}${flag('allowEdit', 'e')}${flag('allowRead', 'r')}${flag('modifyAllRecords', 'm')}<object>${object}</object>${flag('viewAllRecords', 'v')}</objectPermissions>`;
};
const layout = (items: string, more = ''): Record<string, string> => ({
  'layouts/Opportunity-Sales.layout': file(
    'Layout',
    `<layoutSections><layoutColumns>${['Name', 'StageName', 'CloseDate'].map((name) => `<layoutItems><field>${name}</field></layoutItems>`).join('')}${items}</layoutColumns><style>OneColumn</style></layoutSections>${more}`
  )
});
const page = (
  items: string,
  object = '<sobjectType>Opportunity</sobjectType>',
  region = 'main'
): Record<string, string> => ({
  'flexipages/Sales.flexipage': file(
    'FlexiPage',
    `<flexiPageRegions>${items}<name>${region}</name><type>Region</type></flexiPageRegions><masterLabel>Sales</masterLabel>${object}<template><name>flexipage:recordHomeTemplateDesktop</name></template><type>RecordPage</type>`
  )
});
const component = (name: string, properties = '', identifier = 'one'): string =>
  `<itemInstances><componentInstance>${properties}<componentName>${name}</componentName><identifier>${identifier}</identifier></componentInstance></itemInstances>`;
const exposed = bundle('panel', {
  meta: '<apiVersion>66.0</apiVersion><isExposed>true</isExposed><targets><target>lightning__RecordPage</target></targets><targetConfigs><targetConfig targets="lightning__RecordPage"><objects><object>Account</object></objects></targetConfig></targetConfigs>'
});
const member = (name: string, entity: string, channel = 'ChangeEvents'): Record<string, string> => ({
  [`platformEventChannelMembers/${name}.platformEventChannelMember`]: file(
    'PlatformEventChannelMember',
    `<eventChannel>${channel}</eventChannel><selectedEntity>${entity}</selectedEntity>`
  )
});

const objectSamples: WrongSample[] = [
  {
    what: 'a field of no object',
    files: { 'objects/Crete.object': opportunityFields(textField)['objects/Opportunity.object'] as string },
    problem: 'Crete.Code__c: Entity Enumeration Or ID: bad value for restricted picklist field: Crete'
  },
  {
    what: 'a look-up to nothing',
    files: customObject('Crate__c', { more: lookup('Box__c') }),
    problem: "Crate__c.Parent__c: referenceTo value of 'Box__c' does not resolve to a valid sObject type"
  },
  {
    what: 'a required look-up that clears',
    files: customObject('Crate__c', { more: lookup('Account', '<required>true</required>') }),
    problem: 'Crate__c.Parent__c: must specify either cascade delete or restrict delete for required lookup foreign key'
  },
  {
    what: 'a relationship name in use',
    files: customObject('Crate__c', {
      more:
        lookup('Account', '<relationshipName>Boxes</relationshipName>') +
        lookup('Account', '<relationshipName>Boxes</relationshipName>').replaceAll('Parent', 'Other')
    }),
    problem: 'Crate__c.Parent__c: There is already a Child Relationship named Boxes on Account.'
  },
  {
    what: 'a detail that shares by itself',
    files: customObject('Crate__c', { more: master('Opportunity') }),
    problem: 'Crate__c: Cannot set sharingModel to ReadWrite on a CustomObject with a MasterDetail relationship field'
  },
  {
    what: 'a required master',
    files: detail(master('Opportunity').replace('<type>', '<required>true</required><type>')),
    problem: 'Crate__c.Parent__c: Master-Detail Relationship Fields Cannot be Optional or Required'
  },
  {
    what: 'a master of a standard object',
    files: opportunityFields(master('Account').replace(/<\/?fields>/g, '')),
    problem: 'Opportunity.Parent__c: Cannot create a master-detail relationship on standard object Opportunity'
  },
  {
    what: 'a record page for the object',
    files: customObject('Crate__c', {
      more: '<actionOverrides><actionName>View</actionName><content>Crate_Page</content><type>Flexipage</type></actionOverrides>'
    }),
    problem: 'Crate__c: In field: content - no FlexiPage named Crate_Page found'
  },
  {
    what: 'a compact layout for the object',
    files: customObject('Crate__c', { more: '<compactLayoutAssignment>Short</compactLayoutAssignment>' }),
    problem: 'Crate__c: In field: compactLayoutAssignment - no CompactLayout named Short found'
  },
  {
    what: 'a list view column',
    files: customObject('Crate__c', {
      more: '<listViews><fullName>All</fullName><columns>Colour__c</columns><filterScope>Everything</filterScope><label>All</label></listViews>'
    }),
    problem: 'Crate__c.All: Could not resolve list view column: Colour__c'
  },
  {
    what: 'a compact layout field',
    files: customObject('Crate__c', {
      more: '<compactLayouts><fullName>Short</fullName><fields>Colour__c</fields><label>Short</label></compactLayouts>'
    }),
    problem: 'Crate__c.Short: In field: fields - no CustomField named Crate__c.Colour__c found'
  },
  {
    what: 'a record type value',
    files: customObject('Crate__c', {
      more: '<recordTypes><fullName>Big</fullName><active>true</active><label>Big</label><picklistValues><picklist>Size__c</picklist></picklistValues></recordTypes>'
    }),
    problem: 'Crate__c.Big: Could not resolve picklist: Crate__c.Size__c'
  }
];

const permissionSamples: WrongSample[] = [
  {
    what: 'a field that is not there',
    files: permissionSet(fls('Opportunity.Code__c')),
    problem: 'Clerk: In field: field - no CustomField named Opportunity.Code__c found'
  },
  {
    what: 'a field of no object',
    files: permissionSet(fls('Crate__c.Code__c')),
    problem: 'Clerk: In field: field - no CustomObject named Crate__c found'
  },
  {
    what: 'a required field',
    files: permissionSet(fls('Opportunity.StageName')),
    problem: 'Clerk: You cannot deploy to a required field: Opportunity.StageName'
  },
  {
    what: 'edit without read',
    files: permissionSet(fls('Opportunity.NextStep').replace('<readable>true', '<readable>false')),
    problem: 'Clerk: Field Opportunity.NextStep: edit permission depends on read permission'
  },
  {
    what: 'an object that is not there',
    files: permissionSet(grant('Crate__c', 'r')),
    problem: 'Clerk: In field: object - no CustomObject named Crate__c found'
  },
  {
    what: 'create without read',
    files: permissionSet(grant('Account', 'c')),
    problem: 'Clerk: Permission Create Account depends on permission(s): Read Account'
  },
  {
    what: 'delete without edit',
    files: permissionSet(grant('Account', 'rd')),
    problem: 'Clerk: Permission Delete Account depends on permission(s): Edit Account'
  },
  {
    what: 'modify all alone',
    files: permissionSet(grant('Account', 'rm')),
    problem:
      'Clerk: Permission Modify All Account depends on permission(s): Edit Account, Delete Account, View All Account'
  },
  {
    what: 'a detail without its master',
    files: { ...detail(master('Opportunity')), ...permissionSet(grant('Crate__c', 'r')) },
    problem: 'Clerk: Permission Read Crate__c depends on permission(s): Read Opportunity'
  },
  {
    what: 'an unknown tab',
    files: permissionSet('<tabSettings><tab>Crate__c</tab><visibility>Visible</visibility></tabSettings>'),
    problem: 'Clerk: In field: tab - no CustomTab named Crate__c found'
  },
  {
    what: 'an unknown user permission',
    files: permissionSet('<userPermissions><enabled>true</enabled><name>FlyPlanes</name></userPermissions>'),
    problem: 'Clerk: Unknown user permission: FlyPlanes'
  },
  {
    what: 'an Apex class',
    files: permissionSet('<classAccesses><apexClass>Greeter</apexClass><enabled>true</enabled></classAccesses>'),
    problem: 'Clerk: In field: apexClass - no ApexClass named Greeter found'
  }
];

const pageSamples: WrongSample[] = [
  {
    what: 'a layout field',
    files: layout('<layoutItems><field>Code__c</field></layoutItems>'),
    problem: 'Opportunity-Sales: In field: field - no CustomField named Opportunity.Code__c found'
  },
  {
    what: 'a layout of no object',
    files: { 'layouts/Crate__c-Main.layout': file('Layout', '') },
    problem: 'Crate__c-Main: Parent entity failed to deploy'
  },
  {
    what: 'a layout without a required field',
    files: {
      'layouts/Opportunity-Sales.layout': (layout('')['layouts/Opportunity-Sales.layout'] as string).replace(
        '<layoutItems><field>StageName</field></layoutItems>',
        ''
      )
    },
    problem: 'Opportunity-Sales: Layout must contain an item for required layout field: StageName'
  },
  {
    what: 'a related list',
    files: layout('', '<relatedLists><relatedList>Crate__c.Parent__c</relatedList></relatedLists>'),
    problem: 'Opportunity-Sales: Cannot find related list:Crate__c.Parent__c'
  },
  {
    what: 'a page component',
    files: page(component('c:panel')),
    problem: "Sales: We couldn't retrieve the design time component information for component c:panel."
  },
  {
    what: 'a page component that is not exposed',
    files: { ...page(component('panel')), ...bundle('panel') },
    problem: "Sales: We couldn't retrieve the design time component information for component c:panel."
  },
  {
    what: 'a page component for another object',
    files: { ...page(component('c:panel')), ...exposed },
    problem: "Sales: We couldn't retrieve the design time component information for component c:panel."
  },
  {
    what: 'a standard component that does not exist',
    files: page(component('flexipage:highlightsPanel')),
    problem:
      "Sales: We couldn't retrieve the design time component information for component flexipage:highlightsPanel."
  },
  {
    what: 'a page field',
    files: page(
      '<itemInstances><fieldInstance><fieldItem>Record.Code__c</fieldItem><identifier>f</identifier></fieldInstance></itemInstances>'
    ),
    problem: 'Sales: In field: fieldItem - no CustomField named Opportunity.Code__c found'
  },
  { what: 'a record page of no object', files: page('', ''), problem: 'Sales: Required field is missing: sobjectType' },
  {
    what: 'a region the template lacks',
    files: page('', undefined, 'cellar'),
    problem: "Sales: The region cellar doesn't exist on the page template flexipage:recordHomeTemplateDesktop."
  },
  {
    what: 'an identifier used twice',
    files: page(component('force:detailPanel') + component('force:highlightsPanel')),
    problem: 'Sales: The identifier one is used more than once on the page.'
  },
  {
    what: 'a tab of no object',
    files: { 'tabs/Crate__c.tab': file('CustomTab', '<customObject>true</customObject><motif>Custom1: Heart</motif>') },
    problem: 'Crate__c: In field: customObject - no CustomObject named Crate__c found'
  },
  {
    what: 'an application tab',
    files: { 'applications/Shop.app': file('CustomApplication', '<label>Shop</label><tabs>Crate__c</tabs>') },
    problem: 'Shop: In field: tabs - no CustomTab named Crate__c found'
  }
];

const channelSamples: WrongSample[] = [
  {
    what: 'an unknown entity',
    files: member('ChangeEvents_Crate', 'Crate__ChangeEvent'),
    problem: "ChangeEvents_Crate: The selected entity Crate__ChangeEvent isn't available for Change Data Capture"
  },
  {
    what: 'an entity without change events',
    files: member('ChangeEvents_Note', 'NoteChangeEvent'),
    problem: "ChangeEvents_Note: The selected entity NoteChangeEvent isn't available for Change Data Capture"
  },
  {
    what: 'an unknown channel',
    files: member('Mine_Account', 'AccountChangeEvent', 'Mine__chn'),
    problem: 'Mine_Account: In field: eventChannel - no PlatformEventChannel named Mine__chn found'
  }
];

const shared = sharedOrg();
const fresh = freshOrgs();

describe('references', () => {
  it.each([...objectSamples, ...permissionSamples, ...pageSamples, ...channelSamples])(
    'are refused when they lead nowhere: $what',
    async ({ files, problem }) => {
      const evaluation = await evaluate(shared(), files);
      expect(problems(evaluation)[0]).toBe(problem);
      expect(evaluation.changes).toEqual([]);
    }
  );

  it('fail with what they point at', async () => {
    const files = {
      ...opportunityFields(textField.replace('<length>20</length>', '')),
      ...permissionSet(fls('Opportunity.Code__c'))
    };
    expect(problems(await evaluate(shared(), files))).toEqual([
      "Opportunity.Code__c: Must specify 'length' for a CustomField of type Text",
      'Clerk: In field: field - no CustomField named Opportunity.Code__c found'
    ]);
  });

  it('fail with the object they belong to', async () => {
    const files = customObject('Crate__c', { label: '', more: `<fields>${textField}</fields>` });
    expect(problems(await evaluate(shared(), files))).toEqual([
      'Crate__c: Must specify a non-empty label for the CustomObject',
      'Crate__c.Code__c: Parent entity failed to deploy'
    ]);
  });

  it('stop at five entities for change events', async () => {
    const org = fresh();
    const names = ['Account', 'Contact', 'Lead', 'Opportunity', 'Product2'];
    await deploy(
      org,
      Object.assign({}, ...names.map((name) => member(`ChangeEvents_${name}ChangeEvent`, `${name}ChangeEvent`)))
    );
    const evaluation = await evaluate(org, member('ChangeEvents_UserChangeEvent', 'UserChangeEvent'));
    expect(problems(evaluation)).toEqual([
      "ChangeEvents_UserChangeEvent: You've reached the maximum number of entities selected for Change Data Capture: 5"
    ]);
  });

  it('hold together across a package', async () => {
    const files = {
      ...detail(master('Opportunity')),
      ...opportunityFields(textField),
      ...permissionSet(fls('Opportunity.Code__c') + grant('Crate__c', 'rced') + grant('Opportunity', 'r')),
      ...layout(
        '<layoutItems><field>Code__c</field></layoutItems>',
        '<relatedLists><fields>NAME</fields><relatedList>Crate__c.Parent__c</relatedList></relatedLists>'
      ),
      ...page(component('c:panel')),
      ...bundle('panel', {
        meta: '<apiVersion>66.0</apiVersion><isExposed>true</isExposed><targets><target>lightning__RecordPage</target></targets>'
      }),
      ...member('ChangeEvents_Crate_ChangeEvent', 'Crate__ChangeEvent')
    };
    expect(problems(await evaluate(shared(), files))).toEqual([]);
  });
});
