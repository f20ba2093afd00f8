import { Flags } from '@salesforce/sf-plugins-core';
import { CosellCommand } from '../../../commands-base.js';
import { loadMessages } from '../../../messages.js';
import type { IssueList } from '../../../service/issues.js';

const messages = loadMessages('cosell.issue.list');

export type IssueListResult = IssueList;

export default class CosellIssueList extends CosellCommand<IssueListResult> {
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
    cause: Flags.string({ summary: messages.getMessage('flags.cause.summary') }),
    state: Flags.option({
      options: ['parked', 'retry'] as const,
      summary: messages.getMessage('flags.state.summary')
    })()
  };

  public async run(): Promise<IssueListResult> {
    const { flags } = await this.parse(CosellIssueList);
    const { atDesk } = await import('../../../service/desk.js');
    const { listIssues } = await import('../../../service/issues.js');
    const { 'settings-file': settingsFile, ledger, cause, state } = flags;
    const filter = { ...(cause === undefined ? {} : { code: cause }), ...(state === undefined ? {} : { state }) };
    const input = {
      env: process.env,
      ...(settingsFile === undefined ? {} : { settingsFile }),
      ...(ledger === undefined ? {} : { ledger })
    };
    const result = await atDesk(input, (desk) => listIssues(desk, filter));
    this.report(result);
    return result;
  }

  private report({ causes, issues, count }: IssueListResult): void {
    if (count === 0) {
      this.log(messages.getMessage('info.none'));
      return;
    }
    this.table({
      title: messages.getMessage('table.causes', [count]),
      data: causes.map(({ code, count: records, parked, message, fix }) => ({
        Cause: code,
        Records: records,
        Parked: parked,
        Problem: message,
        'What to Do': fix
      }))
    });
    this.table({
      title: messages.getMessage('table.issues'),
      data: issues.map(({ key, code, state, attempts, notBefore }) => ({
        Record: key,
        Cause: code,
        Attempts: attempts,
        'Next Try': state === 'parked' ? messages.getMessage('issue.parked') : notBefore
      }))
    });
    if (issues.length < count) this.log(messages.getMessage('info.more', [count - issues.length]));
    this.log(messages.getMessage('info.retry'));
  }
}
