import { describe, expect, it } from 'vitest';
import { evaluate, problems } from './support/deploy.js';
import { sharedOrg } from './support/org.js';
import { bundle, file, opportunityFields, textField } from './support/samples.js';

const script = (imports: string, body = ''): string =>
  `import { LightningElement, api } from 'lwc';\n${imports}\nexport default class Sample extends LightningElement {\n${body}\n}\n`;
const importing = (specifier: string): Record<string, string> =>
  bundle('sample', { js: script(`import thing from '${specifier}';`, '  thing = thing;') });
const exposed = (targets: string, configs = ''): Record<string, string> =>
  bundle('sample', {
    js: script('', '  @api title;'),
    meta: `<apiVersion>66.0</apiVersion><isExposed>true</isExposed>${targets}${configs}`
  });
const recordPage = '<targets><target>lightning__RecordPage</target></targets>';
const configured = (inner: string, target = 'lightning__RecordPage'): Record<string, string> =>
  exposed(recordPage, `<targetConfigs><targetConfig targets="${target}">${inner}</targetConfig></targetConfigs>`);

interface Sample {
  what: string;
  files: Record<string, string>;
  problem: string | RegExp;
  fileName?: string;
}

const missing = { ...bundle('sample') };
delete missing['lwc/sample/sample.js-meta.xml'];
const baseless = { ...bundle('sample') };
delete baseless['lwc/sample/sample.js'];
const renamed = { ...bundle('sample') };
renamed['lwc/sample/other.js'] = renamed['lwc/sample/sample.js'] as string;
delete renamed['lwc/sample/sample.js'];

const samples: Sample[] = [
  { what: 'no configuration', files: missing, problem: 'No base file for markup://c:sample' },
  { what: 'no script', files: baseless, problem: 'No base file for markup://c:sample' },
  { what: 'a script of another name', files: renamed, problem: 'No base file for markup://c:sample' },
  { what: 'a name in capitals', files: bundle('Sample'), problem: /^Invalid Lightning Web Component name 'Sample'/ },
  {
    what: 'TypeScript',
    files: { ...bundle('sample'), 'lwc/sample/sample.ts': '' },
    problem: 'Unsupported file in Lightning Component Bundle: sample.ts',
    fileName: 'lwc/sample/sample.ts'
  },
  {
    what: 'an unknown element in the configuration',
    files: bundle('sample', { meta: '<version>66.0</version>' }),
    problem:
      'Error parsing file: Element {http://soap.sforce.com/2006/04/metadata}version invalid at this location in type LightningComponentBundle'
  },
  {
    what: 'a version to come',
    files: bundle('sample', { meta: '<apiVersion>99.0</apiVersion>' }),
    problem: 'Invalid apiVersion: 99.0',
    fileName: 'lwc/sample/sample.js-meta.xml'
  },
  {
    what: 'an unknown target',
    files: exposed('<targets><target>lightning__Moon</target></targets>'),
    problem: 'Invalid target: lightning__Moon'
  },
  {
    what: 'a configuration of another target',
    files: configured('', 'lightning__AppPage'),
    problem: "targetConfig refers to the target 'lightning__AppPage', which is not in targets"
  },
  {
    what: 'an unknown object',
    files: configured('<objects><object>Crate__c</object></objects>'),
    problem: 'Invalid object in targetConfig: Crate__c'
  },
  {
    what: 'a property that is not public',
    files: configured('<property name="colour" type="String"/>'),
    problem: "The 'colour' property isn't a public property of the component (@api colour)"
  },
  {
    what: 'a property type pages lack',
    files: configured('<property name="title" type="Date"/>'),
    problem: 'Invalid property type: Date'
  },
  {
    what: 'a default that does not fit',
    files: configured('<property name="title" type="Integer" default="many"/>'),
    problem: "Invalid default value for property 'title' of type Integer: many"
  },
  {
    what: 'a script that stops',
    files: bundle('sample', {
      js: "import { LightningElement } from 'lwc';\nexport default class Sample extends LightningElement {\n"
    }),
    problem: /^\[Line: 3, Col: \d+\] LWC1007: /,
    fileName: 'lwc/sample/sample.js'
  },
  {
    what: 'a boolean property that starts true',
    files: bundle('sample', { js: script('', '  @api open = true;') }),
    problem: /LWC1099: Boolean public property must default to false/
  },
  {
    what: 'an unclosed element',
    files: bundle('sample', { html: '<template>\n<div>\n</template>\n' }),
    problem: /^\[Line: \d+, Col: \d+\] LWC1058: Invalid HTML syntax/,
    fileName: 'lwc/sample/sample.html'
  },
  {
    what: 'a call in a template',
    files: bundle('sample', { html: '<template><p>{name()}</p></template>' }),
    problem: /LWC1060/
  },
  {
    what: 'a template without root',
    files: bundle('sample', { html: '<div></div>' }),
    problem: '[Line: 1, Col: 1] LWC1079: Expected root tag to be template, found div'
  },
  {
    what: 'a style sheet that stops',
    files: bundle('sample', { css: '.a { color: ' }),
    problem: /LWC1009: Unclosed block/,
    fileName: 'lwc/sample/sample.css'
  },
  {
    what: 'a field that is not there',
    files: importing('@salesforce/schema/Opportunity.Code__c'),
    problem: 'Invalid reference Opportunity.Code__c of type sobjectField in file sample.js'
  },
  {
    what: 'a field in the wrong case',
    files: importing('@salesforce/schema/Opportunity.stagename'),
    problem: 'Invalid reference Opportunity.stagename of type sobjectField in file sample.js'
  },
  {
    what: 'a field over a look-up',
    files: importing('@salesforce/schema/Opportunity.Account.Code__c'),
    problem: 'Invalid reference Opportunity.Account.Code__c of type sobjectField in file sample.js'
  },
  {
    what: 'an object that is not there',
    files: importing('@salesforce/schema/Crate__c'),
    problem: 'Invalid reference Crate__c of type sobject in file sample.js'
  },
  {
    what: 'a label that is not there',
    files: importing('@salesforce/label/c.Greeting'),
    problem: 'Invalid reference c.Greeting of type label in file sample.js'
  },
  {
    what: 'a resource that is not there',
    files: importing('@salesforce/resourceUrl/Logo'),
    problem: 'Invalid reference Logo of type resourceUrl in file sample.js'
  },
  {
    what: 'a custom permission that is not there',
    files: importing('@salesforce/customPermission/May'),
    problem: 'Invalid reference May of type customPermission in file sample.js'
  },
  {
    what: 'an Apex method',
    files: importing('@salesforce/apex/Greeter.greet'),
    problem: "Unable to find Apex action class referenced as 'Greeter'."
  },
  {
    what: 'a component that is not there',
    files: importing('c/other'),
    problem: 'No MODULE named markup://c:other found : [markup://c:sample]'
  },
  {
    what: 'a tag of a component that is not there',
    files: bundle('sample', { html: '<template><c-other-panel></c-other-panel></template>' }),
    problem: 'No MODULE named markup://c:otherPanel found : [markup://c:sample]',
    fileName: 'lwc/sample/sample.html'
  },
  {
    what: 'a base component that does not exist',
    files: bundle('sample', { html: '<template><lightning-buton></lightning-buton></template>' }),
    problem: 'No MODULE named markup://lightning:buton found : [markup://c:sample]'
  },
  {
    what: 'a style sheet that is not there',
    files: bundle('sample', { css: "@import 'c/styles';" }),
    problem: 'No MODULE named markup://c:styles found : [markup://c:sample]'
  },
  { what: 'a package from npm', files: importing('lodash'), problem: /^No MODULE named markup:\/\/lodash/ },
  {
    what: 'a file that is not in the bundle',
    files: importing('./helper'),
    problem:
      'LWC1010: Failed to resolve import "./helper" from "sample.js". Please add "helper.js" file to the component folder.'
  }
];

const shared = sharedOrg();

describe('a Lightning web component', () => {
  it.each(samples)('is refused: $what', async ({ files, problem, fileName }) => {
    const evaluation = await evaluate(shared(), files);
    const [failure] = evaluation.failures;
    expect(evaluation.failures).toHaveLength(1);
    if (typeof problem === 'string') expect(failure?.problem).toBe(problem);
    else expect(failure?.problem).toMatch(problem);
    expect(failure?.problem).not.toContain(process.cwd());
    expect(failure?.componentType).toBe('LightningComponentBundle');
    if (fileName) expect(failure?.fileName).toBe(fileName);
    expect(evaluation.changes).toEqual([]);
  });

  it('is accepted when all it refers to comes with it', async () => {
    const js = script(
      [
        "import code from '@salesforce/schema/Opportunity.Code__c';",
        "import account from '@salesforce/schema/Opportunity.Account.Name';",
        "import greeting from '@salesforce/label/c.Greeting';",
        "import userId from '@salesforce/user/Id';",
        "import locale from '@salesforce/i18n/locale';",
        "import { getRecord } from 'lightning/uiRecordApi';",
        "import { help } from 'c/helpers';",
        "import './inner';"
      ].join('\n'),
      '  all = [code, account, greeting, userId, locale, getRecord, help];'
    );
    const label =
      '<language>en_US</language><protected>false</protected><shortDescription>Hi</shortDescription><value>Hi</value>';
    const files = {
      ...bundle('sample', {
        js,
        html: '<template><lightning-card><c-child-panel></c-child-panel></lightning-card></template>'
      }),
      'lwc/sample/inner.js': 'export const inner = 1;\n',
      ...bundle('childPanel'),
      ...bundle('helpers', { js: 'export function help() {}\n' }),
      ...opportunityFields(textField),
      'labels/CustomLabels.labels': file('CustomLabels', `<labels><fullName>Greeting</fullName>${label}</labels>`)
    };
    expect(problems(await evaluate(shared(), files))).toEqual([]);
  });
});
