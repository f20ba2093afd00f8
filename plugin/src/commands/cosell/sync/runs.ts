import { Flags } from '@salesforce/sf-plugins-core';
import { CosellCommand } from '../../../commands-base.js';
import { loadMessages } from '../../../messages.js';
import type { ListedRun } from '../../../service/index.js';

const messages = loadMessages('cosell.sync.runs');

export type SyncRunsResult = ListedRun[];

/** What a run changed, in the order of a run. */
const SHOWN = ['created', 'linked', 'updatedRight', 'updatedLeft', 'conflicts', 'attention', 'failed'] as const;

export default class CosellSyncRuns extends CosellCommand<SyncRunsResult> {
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
    limit: Flags.integer({
      char: 'l',
      default: 20,
      min: 1,
      max: 1000,
      summary: messages.getMessage('flags.limit.summary')
    }),
    changed: Flags.boolean({ summary: messages.getMessage('flags.changed.summary') })
  };

  public async run(): Promise<SyncRunsResult> {
    const { flags } = await this.parse(CosellSyncRuns);
    const { syncRuns } = await import('../../../service/index.js');
    const runs = await syncRuns({
      env: process.env,
      ...(flags['settings-file'] === undefined ? {} : { settingsFile: flags['settings-file'] }),
      ...(flags.ledger === undefined ? {} : { ledger: flags.ledger }),
      limit: flags.limit,
      changed: flags.changed
    });
    if (runs.length === 0) this.log(messages.getMessage('info.none'));
    else
      this.table({ title: messages.getMessage('table.runs', [runs.length]), data: runs.map((run) => this.row(run)) });
    if (runs.some(({ undoable }) => undoable)) this.log(messages.getMessage('info.undo'));
    return runs;
  }

  private row({ runId, startedAt, outcome, counts, undoable }: ListedRun): Record<string, string> {
    const did = SHOWN.filter((name) => (counts[name] ?? 0) > 0).map(
      (name) => `${counts[name]} ${messages.getMessage(`counts.${name}`)}`
    );
    return {
      Run: runId,
      Started: startedAt,
      Outcome: outcome,
      Did: did.join(', '),
      'Can Be Undone': messages.getMessage(undoable ? 'answer.yes' : 'answer.no')
    };
  }
}
