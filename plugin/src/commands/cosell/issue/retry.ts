import { Flags } from '@salesforce/sf-plugins-core';
import { CosellCommand } from '../../../commands-base.js';
import { loadMessages } from '../../../messages.js';
import type { RetryChoice, RetryResult } from '../../../service/issues.js';

const messages = loadMessages('cosell.issue.retry');
const choices = ['record', 'cause', 'all'];

export type IssueRetryResult = RetryResult;

export default class CosellIssueRetry extends CosellCommand<IssueRetryResult> {
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
    record: Flags.string({
      char: 'r',
      multiple: true,
      exactlyOne: choices,
      summary: messages.getMessage('flags.record.summary')
    }),
    cause: Flags.string({ exactlyOne: choices, summary: messages.getMessage('flags.cause.summary') }),
    all: Flags.boolean({ exactlyOne: choices, summary: messages.getMessage('flags.all.summary') })
  };

  public async run(): Promise<IssueRetryResult> {
    const { flags } = await this.parse(CosellIssueRetry);
    const { atDesk } = await import('../../../service/desk.js');
    const { retryIssues } = await import('../../../service/issues.js');
    const { 'settings-file': settingsFile, ledger, record, cause } = flags;
    const choice: RetryChoice = record ? { records: record } : cause === undefined ? { all: true } : { code: cause };
    const input = {
      env: process.env,
      ...(settingsFile === undefined ? {} : { settingsFile }),
      ...(ledger === undefined ? {} : { ledger })
    };
    const result = await atDesk(input, (desk) => retryIssues(desk, choice));
    this.report(result);
    return result;
  }

  private report({ count, records }: IssueRetryResult): void {
    if (count === 0) {
      this.log(messages.getMessage('info.none'));
      return;
    }
    const data = records.map(({ key, code }) => ({ Record: key, Cause: code }));
    this.table({ title: messages.getMessage('table.records', [count]), data });
    this.log(messages.getMessage('info.next'));
  }
}
