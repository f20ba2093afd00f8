import { userInfo } from 'node:os';
import { Flags } from '@salesforce/sf-plugins-core';
import { CosellCommand } from '../../../commands-base.js';
import { loadMessages } from '../../../messages.js';
import type { DecisionResult } from '../../../service/conflicts.js';

const messages = loadMessages('cosell.conflict.resolve');

export type ConflictResolveResult = DecisionResult;

export default class CosellConflictResolve extends CosellCommand<ConflictResolveResult> {
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
    }),
    record: Flags.string({ char: 'r', required: true, summary: messages.getMessage('flags.record.summary') }),
    field: Flags.string({
      char: 'f',
      exclusive: ['all-fields'],
      summary: messages.getMessage('flags.field.summary'),
      description: messages.getMessage('flags.field.description')
    }),
    'all-fields': Flags.boolean({ default: false, summary: messages.getMessage('flags.all-fields.summary') }),
    keep: Flags.option({
      char: 'k',
      required: true,
      options: ['salesforce', 'partner-center'] as const,
      summary: messages.getMessage('flags.keep.summary')
    })()
  };

  public async run(): Promise<ConflictResolveResult> {
    const { flags } = await this.parse(CosellConflictResolve);
    const { atDesk } = await import('../../../service/desk.js');
    const { resolveConflict } = await import('../../../service/conflicts.js');
    const { 'settings-file': settingsFile, ledger, record, field, keep, 'all-fields': allFields } = flags;
    const decision = { record, allFields, keep, by: userInfo().username, ...(field === undefined ? {} : { field }) };
    const input = {
      env: process.env,
      ...(settingsFile === undefined ? {} : { settingsFile }),
      ...(ledger === undefined ? {} : { ledger })
    };
    const result = await atDesk(input, (desk) => resolveConflict(desk, decision));
    const text = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
    this.table({
      title: messages.getMessage('table.fields', [result.key]),
      data: result.fields.map(({ label, kept, givenUp }) => ({
        Field: label,
        Kept: text(kept),
        'Given Up': text(givenUp)
      }))
    });
    this.log(messages.getMessage('info.next'));
    return result;
  }
}
