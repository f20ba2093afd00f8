import { describe, expect, it } from 'vitest';
import { evaluate, problems, type WrongSample } from './support/deploy.js';
import { sharedOrg } from './support/org.js';
import { detail, master } from './support/references.js';
import { customObject, opportunityFields, textField } from './support/samples.js';

const lookup = (to: string, more = ''): string =>
  `<fields><fullName>Parent__c</fullName><label>Parent</label><type>Lookup</type><referenceTo>${to}</referenceTo>${more}</fields>`;
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

const shared = sharedOrg();

describe('references of objects and their parts', () => {
  it.each(objectSamples)('are refused when they lead nowhere: $what', async ({ files, problem }) => {
    const evaluation = await evaluate(shared(), files);
    expect(problems(evaluation)[0]).toBe(problem);
    expect(evaluation.changes).toEqual([]);
  });

  it('fail with the object they belong to', async () => {
    const files = customObject('Crate__c', { label: '', more: `<fields>${textField}</fields>` });
    expect(problems(await evaluate(shared(), files))).toEqual([
      'Crate__c: Must specify a non-empty label for the CustomObject',
      'Crate__c.Code__c: Parent entity failed to deploy'
    ]);
  });
});
