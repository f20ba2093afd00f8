import { Flags, toHelpSection } from '@salesforce/sf-plugins-core';
import { CosellCommand } from '../../../commands-base.js';
import { loadMessages } from '../../../messages.js';
import type { ApplyResult } from '../../../sync/index.js';
import { SyncStages } from '../../../ux/sync-stages.js';

const messages = loadMessages('cosell.sync.apply');

export type SyncApplyResult = ApplyResult;

export default class CosellSyncApply extends CosellCommand<SyncApplyResult> {
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
    plan: Flags.file({ char: 'p', required: true, summary: messages.getMessage('flags.plan.summary') }),
    wait: Flags.integer({
      char: 'w',
      min: 1,
      helpValue: '<33>',
      summary: messages.getMessage('flags.wait.summary'),
      description: messages.getMessage('flags.wait.description')
    })
  };

  public static override readonly errorCodes = toHelpSection('ERROR CODES', {
    'Done (0)': messages.getMessage('exit.success'),
    'Stopped (1)': messages.getMessage('exit.stopped'),
    'Partial (68)': messages.getMessage('exit.partial'),
    'Left (69)': messages.getMessage('exit.left')
  });

  public async run(): Promise<SyncApplyResult> {
    const { flags } = await this.parse(CosellSyncApply);
    const org = flags['target-org'];
    const { applyExitCode, syncApply } = await import('../../../service/index.js');
    const { coreSession } = await import('../../../connectors/salesforce/index.js');
    const stages = await this.stages(org.getUsername() ?? '');
    try {
      const result = await syncApply({
        session: coreSession(org),
        env: process.env,
        planFile: flags.plan,
        ...(flags['settings-file'] === undefined ? {} : { settingsFile: flags['settings-file'] }),
        ...(flags.ledger === undefined ? {} : { ledger: flags.ledger }),
        ...(flags.wait === undefined ? {} : { waitMs: flags.wait * 60_000 }),
        onProgress: (progress) => stages.progress(progress)
      });
      stages.stop(result.run.stopped ? 'failed' : 'completed');
      process.exitCode = applyExitCode(result);
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

  private report({ applied, records, run, planCreatedAt }: SyncApplyResult): void {
    const counts = Object.entries(applied).map(([name, count]) => ({
      What: messages.getMessage(`applied.${name}`),
      Records: count
    }));
    this.log('');
    this.log(messages.getMessage('info.plan', [planCreatedAt, run.runId]));
    this.table({ title: messages.getMessage('table.counts'), data: counts.filter(({ Records }) => Records > 0) });
    const open = records.filter(({ code }) => code !== undefined);
    if (open.length > 0) {
      const data = open.map(({ key, code, message, nextStep }) => ({
        Record: key,
        Code: code,
        Reason: message,
        'Next Step': nextStep
      }));
      this.table({ title: messages.getMessage('table.open', [open.length]), data });
    }
    const { stopped } = run;
    if (stopped)
      this.warn(messages.getMessage('info.stopped', [stopped.code, stopped.message, stopped.nextSteps.join(' ')]));
  }
}
