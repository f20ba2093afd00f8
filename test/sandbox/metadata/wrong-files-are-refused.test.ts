import { describe, expect, it } from 'vitest';
import { evaluate, problems, type WrongSample } from './support/deploy.js';
import { sharedOrg } from './support/org.js';
import { customObject, file, manifest, opportunityFields, permissionSet, textField } from './support/samples.js';

const field = opportunityFields(textField);
const invalid = (element: string, type: string): string =>
  `Error parsing file: Element {http://soap.sforce.com/2006/04/metadata}${element} invalid at this location in type ${type}`;

const samples: WrongSample[] = [
  {
    what: 'no manifest',
    files: { ...field, 'package.xml': '' },
    problem: 'package.xml: Error parsing file: Premature end of file.'
  },
  {
    what: 'unknown type in the manifest',
    files: { 'package.xml': manifest([['CustomFeild', 'Opportunity.Code__c']]) },
    problem: "package.xml: Unknown type name 'CustomFeild' specified in package.xml",
    at: '3:12'
  },
  {
    what: 'a type this organization does not deploy',
    files: { 'package.xml': manifest([['ApexClass', 'Greeter']]) },
    problem: 'package.xml: ApexClass: Not available for deploy for this organization'
  },
  {
    what: 'a version newer than the organization',
    files: { ...field, 'package.xml': manifest([['CustomField', 'Opportunity.Code__c']], '99.0') },
    problem: 'package.xml: Invalid version specified: 99.0'
  },
  {
    what: 'a version that is no version',
    files: { ...field, 'package.xml': manifest([['CustomField', 'Opportunity.Code__c']], 'newest') },
    problem: 'package.xml: Invalid version specified: newest'
  },
  {
    what: 'a wildcard for fields',
    files: { ...field, 'package.xml': manifest([['CustomField', '*']]) },
    problem: 'package.xml: Wildcard (*) is not supported for type CustomField'
  },
  {
    what: 'a manifest without version',
    files: { 'package.xml': file('Package', '') },
    problem: 'package.xml: Required field is missing: version'
  },
  {
    what: 'a member without file',
    files: { 'package.xml': manifest([['PermissionSet', 'Ghost']]) },
    problem:
      "Ghost: An object 'Ghost' of type PermissionSet was named in package.xml, but was not found in zipped directory"
  },
  {
    what: 'a field without its part of the file',
    files: {
      ...field,
      'package.xml': manifest([
        ['CustomField', 'Opportunity.Code__c'],
        ['CustomField', 'Opportunity.Gone__c']
      ])
    },
    problem:
      "Opportunity.Gone__c: An object 'Opportunity.Gone__c' of type CustomField was named in package.xml, but was not found in zipped directory"
  },
  {
    what: 'a file without member',
    files: { ...permissionSet(''), 'package.xml': manifest([]) },
    problem: 'Clerk: Not in package.xml'
  },
  {
    what: 'a folder of no type',
    files: { 'notes/readme.txt': 'hello', 'package.xml': manifest([]) },
    problem: 'readme: Not in package.xml'
  },
  {
    what: 'a wrong suffix',
    files: { 'tabs/Crate__c.tabs': file('CustomTab', ''), 'package.xml': manifest([]) },
    problem: 'Crate__c: Not in package.xml'
  },
  {
    what: 'an unclosed element',
    files: opportunityFields('<fullName>Code__c</fullName><label>Code'),
    problem:
      'Opportunity: Error parsing file: The element type "label" must be terminated by the matching end-tag "</label>".'
  },
  {
    what: 'a file that stops',
    files: { 'permissionsets/Clerk.permissionset': '<PermissionSet xmlns="x"><label>' },
    problem: 'Clerk: Error parsing file: XML document structures must start and end within the same entity.'
  },
  {
    what: 'dashes in a comment',
    files: permissionSet('<!-- a -- b -->'),
    problem: 'Clerk: Error parsing file: The string "--" is not permitted within comments.'
  },
  {
    what: 'an unknown entity',
    files: permissionSet('<description>&nbsp;</description>'),
    problem: 'Clerk: Error parsing file: The entity was referenced, but not declared.'
  },
  {
    what: 'an unknown element',
    files: opportunityFields('<fullName>Code__c</fullName><labell>Code</labell>'),
    problem: `Opportunity: ${invalid('labell', 'CustomField')}`,
    at: '3:49'
  },
  {
    what: 'an element in a text',
    files: permissionSet('<description><b>bold</b></description>'),
    problem: `Clerk: ${invalid('b', 'xsd:string')}`
  },
  {
    what: 'a wrong field type',
    files: opportunityFields('<fullName>Code__c</fullName><label>Code</label><type>Txt</type>'),
    problem: "Opportunity: 'Txt' is not a valid value for the enum 'FieldType'"
  },
  {
    what: 'a wrong sharing model',
    files: customObject('Crate__c', { sharingModel: '<sharingModel>Open</sharingModel>' }),
    problem: "Crate__c: 'Open' is not a valid value for the enum 'SharingModel'"
  },
  {
    what: 'a wrong boolean',
    files: opportunityFields(textField.replace('false', 'no')),
    problem: "Opportunity: Error parsing file: 'no' is not a valid value for the type xsd:boolean"
  },
  {
    what: 'a wrong number',
    files: opportunityFields(textField.replace('20', '20.5')),
    problem: "Opportunity: Error parsing file: '20.5' is not a valid value for the type xsd:int"
  },
  {
    what: 'an element given twice',
    files: opportunityFields(`${textField}<label>Again</label>`),
    problem: 'Opportunity: Error parsing file: Element label is duplicated at this location in type CustomField'
  },
  {
    what: 'repeated elements apart from each other',
    files: permissionSet(
      ['Name', 'Amount']
        .map(
          (name) => `<fieldPermissions><editable>true</editable><field>Opportunity.${name}</field></fieldPermissions>`
        )
        .join('<license>x</license>')
    ),
    problem: 'Clerk: Error parsing file: Element fieldPermissions is duplicated at this location in type PermissionSet'
  },
  {
    what: 'a missing required element',
    files: permissionSet('<objectPermissions><allowRead>true</allowRead><object>Account</object></objectPermissions>'),
    problem: 'Clerk: Required field is missing: allowCreate'
  },
  {
    what: 'no namespace',
    files: { 'permissionsets/Clerk.permissionset': '<PermissionSet><label>Clerk</label></PermissionSet>' },
    problem:
      "Clerk: Error parsing file: Namespace '' is not valid for PermissionSet, expected 'http://soap.sforce.com/2006/04/metadata'"
  },
  {
    what: 'another root element',
    files: { 'permissionsets/Clerk.permissionset': file('Profile', '<label>Clerk</label>') },
    problem: 'Clerk: Error parsing file: Element Profile is not a valid root for PermissionSet',
    at: '2:58'
  },
  {
    what: 'a field without name',
    files: { ...opportunityFields('<label>Code</label>'), 'package.xml': manifest([]) },
    problem: 'Opportunity.: element fullName missing for a child of type CustomField'
  },
  {
    what: 'a field given twice',
    files: opportunityFields(textField, textField),
    problem: 'Opportunity.Code__c: Duplicate developer name: Code__c'
  },
  {
    what: 'a part of an object that is not deployed here',
    files: customObject('Crate__c', {
      more: '<validationRules><fullName>Rule</fullName><active>true</active><errorConditionFormula>true</errorConditionFormula><errorMessage>No</errorMessage></validationRules>'
    }),
    problem: 'Crate__c.Rule: Not available for deploy for this organization'
  }
];

const shared = sharedOrg();

describe('a package whose archive, manifest or files are wrong', () => {
  it.each(samples)('is refused: $what', async ({ files, problem, at }) => {
    const evaluation = await evaluate(shared(), files);
    expect(problems(evaluation)).toEqual([problem]);
    expect(evaluation.changes).toEqual([]);
    const [failure] = evaluation.failures;
    if (at) expect(`${failure?.lineNumber}:${failure?.columnNumber}`).toBe(at);
  });

  it('is accepted with a byte order mark before the declaration', async () => {
    const [[path, content] = ['', '']] = Object.entries(permissionSet(''));
    expect(problems(await evaluate(shared(), { [path]: `\uFEFF${content}` }))).toEqual([]);
  });

  it('is refused as a whole when it is no zip', async () => {
    const { evaluateDeploy } = await import('../../../sandbox/src/salesforce/metadata/deploy/evaluate.js');
    const { defaults } = await import('./support/deploy.js');
    await expect(evaluateDeploy(shared(), Buffer.from('no zip'), defaults)).rejects.toThrow(/not a valid zip archive/);
  });

  it('is refused when the manifest lies deeper than a package may', async () => {
    const evaluation = await evaluate(shared(), { 'package.xml': manifest([]) }, {});
    expect(evaluation.failures).toEqual([]);
    const { evaluateDeploy } = await import('../../../sandbox/src/salesforce/metadata/deploy/evaluate.js');
    const { zipSync } = await import('fflate');
    const { defaults } = await import('./support/deploy.js');
    const zip = Buffer.from(zipSync({ 'a/b/package.xml': new Uint8Array(Buffer.from(manifest([]))) }));
    expect(problems(await evaluateDeploy(shared(), zip, defaults))).toEqual(['package.xml: No package.xml found']);
  });
});
