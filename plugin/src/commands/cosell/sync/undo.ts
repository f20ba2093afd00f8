import { Flags, toHelpSection } from '@salesforce/sf-plugins-core';
import { CosellCommand } from '../../../commands-base.js';
import { loadMessages } from '../../../messages.js';
import type { UndoResult } from '../../../sync/index.js';
import { SyncStages } from '../../../ux/sync-stages.js';
import { shownValue } from '../../../ux/values.js';

const messages = loadMessages('cosell.sync.undo');

export type SyncUndoResult = UndoResult;

export default class CosellSyncUndo extends CosellCommand<SyncUndoResult> {
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
    run: Flags.string({ required: true, summary: messages.getMessage('flags.run.summary') }),
    record: Flags.salesforceId({
      char: 'r',
      length: 18,
      multiple: true,
      summary: messages.getMessage('flags.record.summary')
    }),
    unlink: Flags.boolean({ summary: messages.getMessage('flags.unlink.summary') }),
    'dry-run': Flags.boolean({ default: false, summary: messages.getMessage('flags.dry-run.summary') })
  };

  public static override readonly errorCodes = toHelpSection('ERROR CODES', {
    'Undone (0)': messages.getMessage('exit.success'),
    'Stopped (1)': messages.getMessage('exit.stopped'),
    'Partial (68)': messages.getMessage('exit.partial')
  });

  public async run(): Promise<SyncUndoResult> {
    const { flags } = await this.parse(CosellSyncUndo);
    const org = flags['target-org'];
    const { syncUndo, undoExitCode } = await import('../../../service/index.js');
    const { coreSession } = await import('../../../connectors/salesforce/index.js');
    const stages = await this.stages(org.getUsername() ?? '');
    try {
      const result = await syncUndo({
        session: coreSession(org),
        env: process.env,
        runId: flags.run,
        unlink: flags.unlink,
        dryRun: flags['dry-run'],
        ...(flags.record === undefined ? {} : { keys: flags.record }),
        ...(flags['settings-file'] === undefined ? {} : { settingsFile: flags['settings-file'] }),
        ...(flags.ledger === undefined ? {} : { ledger: flags.ledger }),
        onProgress: (progress) => stages.progress(progress)
      });
      stages.stop(result.run?.stopped ? 'failed' : 'completed');
      process.exitCode = undoExitCode(result);
      this.report(result);
      return result;
    } catch (error) {
      stages.stop('failed');
      throw error;
    }
  }

  private stages(username: string): Promise<SyncStages> {
    return SyncStages.create({
      username,
      title: messages.getMessage('stages.title'),
      stages: {
        reading: messages.getMessage('stages.reading'),
        working: messages.getMessage('stages.working'),
        telling: messages.getMessage('stages.telling')
      },
      labels: { org: messages.getMessage('labels.org'), records: messages.getMessage('labels.records') },
      jsonEnabled: this.jsonEnabled()
    });
  }

  private report({ undone, dryRun, counts, records, run }: SyncUndoResult): void {
    this.log('');
    const written = records.flatMap(({ key, putBack }) =>
      putBack.map(({ field, to, oldValue, newValue }) => ({
        Record: key,
        In: to === 'left' ? 'Salesforce' : 'Partner Center',
        Field: field,
        Now: shownValue(oldValue),
        'Put Back': shownValue(newValue)
      }))
    );
    if (written.length > 0) {
      const title = messages.getMessage(dryRun ? 'table.wouldPutBack' : 'table.putBack', [written.length]);
      this.table({ title, data: written });
    }
    const kept = records.flatMap((record) => [
      ...record.kept.map(({ label, code, reason, nextStep }) => ({
        ...{ Record: record.key, Field: label, Code: code, Reason: reason, 'Next Step': nextStep }
      })),
      ...record.issues.map(({ code, message, nextStep }) => ({
        ...{ Record: record.key, Field: '', Code: code, Reason: message, 'Next Step': nextStep }
      }))
    ]);
    if (kept.length > 0) this.table({ title: messages.getMessage('table.kept', [kept.length]), data: kept });
    if (counts.records === 0) this.log(messages.getMessage('info.nothing', [undone]));
    if (counts.unlinked > 0) this.log(messages.getMessage('info.unlinked', [counts.unlinked]));
    if (run) this.log(messages.getMessage('info.done', [undone, run.runId]));
    if (run?.stopped) {
      const { code, message, nextSteps } = run.stopped;
      this.warn(messages.getMessage('info.stopped', [code, message, nextSteps.join(' ')]));
    }
  }
}
