import { Flags } from '@salesforce/sf-plugins-core';
import { CosellCommand } from '../../../commands-base.js';
import { loadMessages } from '../../../messages.js';
import type { ConflictList } from '../../../service/conflicts.js';

const messages = loadMessages('cosell.conflict.list');

export type ConflictListResult = ConflictList;

export default class CosellConflictList extends CosellCommand<ConflictListResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');

  public static override readonly flags = {
    'settings-file': Flags.file({
      char: 's',
      env: 'COSELL_SETTINGS_FILE',
      summary: messages.getMessage('flags.settings-file.summary'),
      description: messages.getMessage('flags.settings-file.description')
    }),
    ledger: Flags.string({
      helpValue: '<cosell.ledger>',
      summary: messages.getMessage('flags.ledger.summary'),
      description: messages.getMessage('flags.ledger.description')
    })
  };

  public async run(): Promise<ConflictListResult> {
    const { flags } = await this.parse(CosellConflictList);
    const { atDesk } = await import('../../../service/desk.js');
    const { listConflicts } = await import('../../../service/conflicts.js');
    const { 'settings-file': settingsFile, ledger } = flags;
    const input = {
      env: process.env,
      ...(settingsFile === undefined ? {} : { settingsFile }),
      ...(ledger === undefined ? {} : { ledger })
    };
    const result = await atDesk(input, listConflicts);
    this.report(result);
    return result;
  }

  private report({ conflicts }: ConflictListResult): void {
    if (conflicts.length === 0) {
      this.log(messages.getMessage('info.none'));
      return;
    }
    const text = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
    this.table({
      title: messages.getMessage('table.conflicts', [conflicts.length]),
      data: conflicts.map(({ key, label, salesforce, partnerCenter, agreed, since, decision }) => ({
        Record: key,
        Field: label,
        Salesforce: text(salesforce),
        'Partner Center': text(partnerCenter),
        'Agreed Before': text(agreed),
        Since: since,
        Decision: decision ? messages.getMessage(`decision.${decision.keep}`, [decision.by]) : ''
      }))
    });
    this.log(messages.getMessage('info.resolve'));
  }
}
