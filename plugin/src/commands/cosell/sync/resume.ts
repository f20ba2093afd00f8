import { Flags, toHelpSection } from '@salesforce/sf-plugins-core';
import { CosellCommand } from '../../../commands-base.js';
import { loadMessages } from '../../../messages.js';
import type { ResumeResult } from '../../../sync/index.js';
import { SyncStages } from '../../../ux/sync-stages.js';

const messages = loadMessages('cosell.sync.resume');

/** What a run did, as far as people have to know. */
const SHOWN = [
  ...(['considered', 'created', 'linked', 'updatedRight', 'updatedLeft', 'told'] as const),
  ...(['attention', 'conflicts', 'deferred', 'rejected', 'failed'] as const)
];

export type SyncResumeResult = ResumeResult & { code: 'RESUMED' | 'NOTHING_TO_RESUME' };

export default class CosellSyncResume extends CosellCommand<SyncResumeResult> {
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
    })
  };

  public static override readonly errorCodes = toHelpSection('ERROR CODES', {
    'Finished (0)': messages.getMessage('exit.success'),
    'Stopped (1)': messages.getMessage('exit.stopped'),
    'Partial (68)': messages.getMessage('exit.partial')
  });

  public async run(): Promise<SyncResumeResult> {
    const { flags } = await this.parse(CosellSyncResume);
    const org = flags['target-org'];
    const { resumeExitCode, syncResume } = await import('../../../service/index.js');
    const { coreSession } = await import('../../../connectors/salesforce/index.js');
    const stages = await this.stages(org.getUsername() ?? '');
    try {
      const result = await syncResume({
        session: coreSession(org),
        env: process.env,
        ...(flags['settings-file'] === undefined ? {} : { settingsFile: flags['settings-file'] }),
        ...(flags.ledger === undefined ? {} : { ledger: flags.ledger }),
        onProgress: (progress) => stages.progress(progress)
      });
      stages.stop(result.run?.stopped ? 'failed' : 'completed');
      process.exitCode = resumeExitCode(result);
      this.report(result);
      return { ...result, code: result.run ? 'RESUMED' : 'NOTHING_TO_RESUME' };
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

  private report({ run, interrupted, waiting, nextAt }: ResumeResult): void {
    this.log('');
    for (const { runId, startedAt } of interrupted)
      this.log(messages.getMessage('info.interrupted', [runId, startedAt]));
    if (run === undefined) this.log(messages.getMessage('info.nothing'));
    else {
      const rows = SHOWN.map((name) => ({ What: messages.getMessage(`counts.${name}`), Records: run.counts[name] }));
      this.table({ title: messages.getMessage('table.counts'), data: rows.filter(({ Records }) => Records > 0) });
      const data = run.issues.map(({ key, code, message, nextStep }) => ({
        ...{ Record: key, Code: code, Problem: message, 'Next Step': nextStep }
      }));
      if (data.length > 0) this.table({ title: messages.getMessage('table.issues', [data.length]), data });
    }
    if (waiting > 0) this.log(messages.getMessage('info.waiting', [waiting, nextAt ?? '']));
    if (run?.stopped) {
      const { code, message, nextSteps } = run.stopped;
      this.warn(messages.getMessage('info.stopped', [code, message, nextSteps.join(' ')]));
    }
  }
}
