import { beforeAll, describe, expect, it } from 'vitest';
import { setLanguages } from '../../../sandbox/src/salesforce/core/translation-workbench.js';
import { deploy, evaluate, problems } from './support/deploy.js';
import { sharedOrg } from './support/org.js';
import { file, opportunityFields } from './support/samples.js';

const kind =
  '<fullName>Kind__c</fullName><label>Kind</label><type>Picklist</type><valueSet><valueSetDefinition><sorted>false</sorted>' +
  '<value><fullName>A</fullName><default>false</default><label>Alpha</label></value></valueSetDefinition></valueSet>';
const greeting =
  '<labels><fullName>Hi</fullName><language>en_US</language><protected>false</protected>' +
  '<shortDescription>Hi</shortDescription><value>Hi</value></labels>';

const labels = (language: string, ...names: [string, string][]): Record<string, string> => ({
  [`translations/${language}.translation`]: file(
    'Translations',
    names.map(([name, text]) => `<customLabels><label>${text}</label><name>${name}</name></customLabels>`).join('')
  )
});
const object = (name: string, content: string): Record<string, string> => ({
  [`objectTranslations/${name}.objectTranslation`]: file('CustomObjectTranslation', content)
});
const field = (name: string, more = ''): string => `<fields><label>Soort</label><name>${name}</name>${more}</fields>`;
const value = (label: string): string =>
  `<picklistValues><masterLabel>${label}</masterLabel><translation>x</translation></picklistValues>`;

const org = sharedOrg();
beforeAll(async () => {
  await deploy(org(), { ...opportunityFields(kind), 'labels/CustomLabels.labels': file('CustomLabels', greeting) });
  setLanguages(org(), ['nl_NL']);
});

describe('translations', () => {
  it.each([
    [
      'a language that was not added',
      labels('fr', ['Hi', 'Salut']),
      'fr: Not available for deploy for this organization'
    ],
    [
      'a label that does not exist',
      labels('nl_NL', ['Ho', 'x']),
      'nl_NL: In field: name - no CustomLabel named Ho found'
    ],
    ['a label twice', labels('nl_NL', ['Hi', 'x'], ['Hi', 'y']), "nl_NL: Duplicate name 'Hi' in customLabels"],
    [
      'a label that is too long',
      labels('nl_NL', ['Hi', 'x'.repeat(1001)]),
      'nl_NL: Value too long for field: Value maximum length is:1000'
    ],
    [
      'an object of a language that was not added',
      object('Opportunity-fr', field('Kind__c')),
      'Opportunity-fr: Not available for deploy for this organization'
    ],
    [
      'an object that does not exist',
      object('Crate__c-nl_NL', ''),
      'Crate__c-nl_NL: In field: object - no CustomObject named Crate__c found'
    ],
    [
      'a field that does not exist',
      object('Opportunity-nl_NL', field('Sort__c')),
      'Opportunity-nl_NL: In field: name - no CustomField named Opportunity.Sort__c found'
    ],
    [
      'a picklist value that does not exist',
      object('Opportunity-nl_NL', field('Kind__c', value('Beta'))),
      'Opportunity-nl_NL: In field: masterLabel - no PicklistValue named Beta found in Opportunity.Kind__c'
    ],
    [
      'the name of a standard object',
      object('Opportunity-nl_NL', '<caseValues><plural>false</plural><value>Kans</value></caseValues>'),
      'Opportunity-nl_NL: Cannot translate the name of a standard object'
    ],
    [
      'a field label that is too long',
      object('Opportunity-nl_NL', `<fields><label>${'x'.repeat(41)}</label><name>Kind__c</name></fields>`),
      'Opportunity-nl_NL: Kind__c: Value too long for field: Label maximum length is:40'
    ]
  ])('are refused: %s', async (_, files, problem) => {
    expect(problems(await evaluate(org(), files))).toEqual([problem]);
  });

  it('are accepted when they are right', async () => {
    const right = {
      ...labels('nl_NL', ['Hi', 'Hoi']),
      ...object('Opportunity-nl_NL', field('Kind__c', value('Alpha')))
    };
    expect(problems(await evaluate(org(), right))).toEqual([]);
  });

  it('cannot be switched on for a language that nobody offers', () => {
    expect(() => {
      setLanguages(org(), ['tlh']);
    }).toThrow('tlh');
  });
});
