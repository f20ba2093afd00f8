import { describe, expect, it } from 'vitest';
import { deploy, evaluate, problems, type WrongSample } from './support/deploy.js';
import { freshOrgs, sharedOrg } from './support/org.js';
import { component, detail, fls, grant, layout, master, member, page } from './support/references.js';
import { bundle, file, opportunityFields, permissionSet, textField } from './support/samples.js';

const exposed = bundle('panel', {
  meta: '<apiVersion>66.0</apiVersion><isExposed>true</isExposed><targets><target>lightning__RecordPage</target></targets><targetConfigs><targetConfig targets="lightning__RecordPage"><objects><object>Account</object></objects></targetConfig></targetConfigs>'
});
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

describe('references of layouts, pages, tabs and channel members', () => {
  it.each([...pageSamples, ...channelSamples])(
    'are refused when they lead nowhere: $what',
    async ({ files, problem }) => {
      const evaluation = await evaluate(shared(), files);
      expect(problems(evaluation)[0]).toBe(problem);
      expect(evaluation.changes).toEqual([]);
    }
  );

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
