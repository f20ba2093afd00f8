import { Flags } from '@salesforce/sf-plugins-core';
import { CosellCommand } from '../../../commands-base.js';
import { loadMessages } from '../../../messages.js';
import type { MappingTest } from '../../../service/mappings.js';
import { shownValue } from '../../../ux/values.js';

const messages = loadMessages('cosell.mapping.test');

export type MappingTestResult = MappingTest;

export default class CosellMappingTest extends CosellCommand<MappingTestResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');

  public static override readonly flags = {
    'target-org': Flags.requiredOrg(),
    record: Flags.salesforceId({
      char: 'r',
      required: true,
      length: 'both',
      summary: messages.getMessage('flags.record.summary')
    }),
    'settings-file': Flags.file({
      char: 's',
      env: 'COSELL_SETTINGS_FILE',
      summary: messages.getMessage('flags.settings-file.summary'),
      description: messages.getMessage('flags.settings-file.description')
    }),
    mapping: Flags.string({ char: 'm', summary: messages.getMessage('flags.mapping.summary') }),
    ledger: Flags.string({
      helpValue: '<cosell.ledger>',
      summary: messages.getMessage('flags.ledger.summary')
    })
  };

  public async run(): Promise<MappingTestResult> {
    const { flags } = await this.parse(CosellMappingTest);
    const { testMapping } = await import('../../../service/mappings.js');
    const { coreSession } = await import('../../../connectors/salesforce/index.js');
    const result = await testMapping({
      env: process.env,
      ...(flags['settings-file'] === undefined ? {} : { settingsFile: flags['settings-file'] }),
      ...(flags.mapping === undefined ? {} : { mapping: flags.mapping }),
      ...(flags.ledger === undefined ? {} : { ledger: flags.ledger }),
      session: coreSession(flags['target-org']),
      record: flags.record
    });
    this.report(result);
    return result;
  }

  private report({ record, counterpart, shared, issues, fields }: MappingTest): void {
    this.log(messages.getMessage('info.record', [record, counterpart ?? messages.getMessage('info.none')]));
    if (!shared) this.log(messages.getMessage('info.notShared'));
    if (issues.length > 0)
      this.table({
        title: messages.getMessage('table.issues'),
        data: issues.map(({ code, message, nextStep }) => ({ Code: code, Problem: message, 'Next Step': nextStep }))
      });
    const writes = { salesforce: messages.getMessage('writes.salesforce'), right: messages.getMessage('writes.right') };
    this.table({
      title: messages.getMessage('table.fields'),
      data: fields.map(({ label, salesforce, right, agreed, writesTo, value, code, why }) => ({
        Field: label,
        Salesforce: shownValue(salesforce),
        Counterpart: shownValue(right),
        Agreed: shownValue(agreed),
        Writes: writesTo === null ? '' : `${writes[writesTo]}: ${shownValue(value)}`,
        Code: code,
        Why: why.join(' ')
      }))
    });
    this.log(messages.getMessage('info.nothingWritten'));
  }
}
