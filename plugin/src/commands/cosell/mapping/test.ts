import { Flags } from '@salesforce/sf-plugins-core';
import { CosellCommand } from '../../../commands-base.js';
import { loadMessages } from '../../../messages.js';
import type { MappingTest } from '../../../service/mappings.js';
import { briefValue, shownValue } from '../../../ux/values.js';

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

  private report(result: MappingTest): void {
    const { record, counterpart, keptOutBy, issues, fields } = result;
    this.log(messages.getMessage('info.record', [record, counterpart ?? messages.getMessage('info.none')]));
    if (keptOutBy !== null) this.log(messages.getMessage(`info.keptOut.${keptOutBy}`));
    if (issues.length > 0)
      this.table({
        title: messages.getMessage('table.issues'),
        data: issues.map(({ code, message, nextStep }) => ({ Code: code, Problem: message, 'Next Step': nextStep }))
      });
    this.showWrites(result);
    // What most fields have to say, in a word; that a record is not shared is said once above.
    const short: Partial<Record<string, string[]>> = { SAME: [messages.getMessage('why.same')], NOT_SHARED: [] };
    this.table({
      title: messages.getMessage('table.fields'),
      data: fields.map(({ label, salesforce, right, code, why }) => ({
        Field: label,
        Salesforce: briefValue(salesforce),
        ...(counterpart === null ? {} : { 'Partner Center': briefValue(right) }),
        Why: [...(short[code] ?? why.slice(0, 1)), ...why.slice(1)].join(' ')
      }))
    });
    this.log(messages.getMessage('info.nothingWritten'));
  }

  private showWrites({ fields, keptOutBy }: MappingTest): void {
    const written = fields.flatMap(({ writesTo, ...field }) => (writesTo === null ? [] : [{ writesTo, ...field }]));
    if (written.length > 0)
      this.table({
        title: messages.getMessage('table.writes', [written.length]),
        data: written.map(({ label, salesforce, right, writesTo, value }) => ({
          Field: label,
          In: messages.getMessage(`writes.${writesTo}`),
          Now: shownValue(writesTo === 'salesforce' ? salesforce : right),
          Becomes: shownValue(value)
        }))
      });
    else if (keptOutBy === null) this.log(messages.getMessage('info.noWrites'));
  }
}
