import { Flags, toHelpSection } from '@salesforce/sf-plugins-core';
import { CosellCommand } from '../../../commands-base.js';
import { loadMessages } from '../../../messages.js';
import type { ServiceResult } from '../../../service/index.js';
import type { RunSummary } from '../../../sync/index.js';

const messages = loadMessages('cosell.sync.run');

export type SyncRunResult = ServiceResult;

export default class CosellSyncRun extends CosellCommand<SyncRunResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');

  public static override readonly flags = {
    'target-org': Flags.requiredOrg(),
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
    workers: Flags.integer({
      min: 1,
      max: 32,
      helpValue: '<1>',
      summary: messages.getMessage('flags.workers.summary'),
      description: messages.getMessage('flags.workers.description')
    }),
    'poll-interval': Flags.string({
      char: 'i',
      helpValue: '<15s>',
      summary: messages.getMessage('flags.poll-interval.summary'),
      description: messages.getMessage('flags.poll-interval.description')
    }),
    'health-port': Flags.integer({
      min: 0,
      max: 65_535,
      helpValue: '<7430>',
      summary: messages.getMessage('flags.health-port.summary'),
      description: messages.getMessage('flags.health-port.description')
    })
  };

  public static override readonly errorCodes = toHelpSection('ERROR CODES', {
    'Stopped (0)': messages.getMessage('exit.stopped'),
    'Failed (1)': messages.getMessage('exit.failed')
  });

  public async run(): Promise<SyncRunResult> {
    const { flags } = await this.parse(CosellSyncRun);
    const org = flags['target-org'];
    const { durationMs, syncService } = await import('../../../service/index.js');
    const { coreSession } = await import('../../../connectors/salesforce/index.js');
    const interval = flags['poll-interval'];
    const pollIntervalMs = interval === undefined ? undefined : durationMs(interval);
    if (interval !== undefined && !pollIntervalMs) throw messages.createError('error.PollInterval', [interval]);
    const result = await syncService({
      session: coreSession(org),
      env: process.env,
      process,
      ...(flags['settings-file'] === undefined ? {} : { settingsFile: flags['settings-file'] }),
      ...(flags.ledger === undefined ? {} : { ledger: flags.ledger }),
      ...(flags.workers === undefined ? {} : { workers: flags.workers }),
      ...(pollIntervalMs === undefined ? {} : { pollIntervalMs }),
      ...(flags['health-port'] === undefined ? {} : { healthPort: flags['health-port'] }),
      onStart: ({ intervalMs, healthUrl }) => {
        this.log(messages.getMessage('info.started', [org.getUsername() ?? '', intervalMs / 1000]));
        if (healthUrl !== undefined) this.log(messages.getMessage('info.health', [healthUrl]));
      },
      onCycle: (summary) => this.cycle(summary)
    });
    this.log(
      messages.getMessage('info.stopped', [result.cycles, result.created, result.updatedRight + result.updatedLeft])
    );
    return result;
  }

  private cycle({ finishedAt, mapping, calls, counts, durationMs, stopped }: RunSummary): void {
    const { considered: _looked, unchanged: _same, ...work } = counts;
    const parts = Object.entries(work).flatMap(([name, count]) => (count > 0 ? [`${name} ${count}`] : []));
    const of = 'business-central' in calls ? `${mapping}: ` : '';
    this.log(messages.getMessage('info.cycle', [finishedAt, `${of}${parts.join(', ')}`, durationMs]));
    if (stopped) this.warn(messages.getMessage('info.cycleStopped', [stopped.code, stopped.message]));
  }
}
