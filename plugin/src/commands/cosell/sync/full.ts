import { Flags, toHelpSection } from '@salesforce/sf-plugins-core';
import { CosellCommand } from '../../../commands-base.js';
import type { FullRun, FullStep } from '../../../coupling/full/index.js';
import { loadMessages } from '../../../messages.js';
import type { FullInput, FullRequest } from '../../../service/full/index.js';
import { startAsync } from '../../../ux/background.js';
import { reviewRow, runRow } from '../../../ux/full-rows.js';
import { FullStages } from '../../../ux/full-stages.js';
import { mayAsk } from '../../../ux/may-ask.js';

const messages = loadMessages('cosell.sync.full');

export interface SyncFullResult {
  code: 'DONE' | 'REVIEWED' | 'DECLINED' | 'STARTED' | 'STATUS';
  review?: readonly FullStep[];
  run?: FullRun;
  /** File with what the process in the background prints. */
  logFile?: string;
}

export default class CosellSyncFull extends CosellCommand<SyncFullResult> {
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
    mapping: Flags.string({
      char: 'm',
      multiple: true,
      helpValue: '<account-customer>',
      summary: messages.getMessage('flags.mapping.summary'),
      description: messages.getMessage('flags.mapping.description'),
      exclusive: ['resume', 'status']
    }),
    'dry-run': Flags.boolean({
      summary: messages.getMessage('flags.dry-run.summary'),
      // What is excluded twice would leave gaps in the usage line; `relationships` are checked alike and not shown there.
      exclusive: ['async'],
      relationships: [{ type: 'none', flags: ['resume', 'status'] }]
    }),
    'no-prompt': Flags.boolean({ summary: messages.getMessage('flags.no-prompt.summary') }),
    resume: Flags.boolean({
      summary: messages.getMessage('flags.resume.summary'),
      relationships: [{ type: 'none', flags: ['status'] }]
    }),
    status: Flags.boolean({
      summary: messages.getMessage('flags.status.summary'),
      relationships: [{ type: 'none', flags: ['async'] }]
    }),
    'run-id': Flags.string({
      summary: messages.getMessage('flags.run-id.summary'),
      description: messages.getMessage('flags.run-id.description')
    }),
    async: Flags.boolean({
      summary: messages.getMessage('flags.async.summary'),
      description: messages.getMessage('flags.async.description')
    })
  };

  public static override readonly errorCodes = toHelpSection('ERROR CODES', {
    'In step (0)': messages.getMessage('exit.success'),
    'Failed (1)': messages.getMessage('exit.failed'),
    'Partial (68)': messages.getMessage('exit.partial'),
    'Still running (69)': messages.getMessage('exit.unfinished')
  });

  private stages: FullStages | undefined;

  public async run(): Promise<SyncFullResult> {
    const { flags } = await this.parse(CosellSyncFull);
    const { fullSync } = await import('../../../service/full/index.js');
    const { coreSession } = await import('../../../connectors/salesforce/index.js');
    const input: FullInput = {
      session: coreSession(flags['target-org']),
      env: process.env,
      ...(flags['settings-file'] === undefined ? {} : { settingsFile: flags['settings-file'] }),
      ...(flags.ledger === undefined ? {} : { ledger: flags.ledger })
    };
    const runId = flags['run-id'];
    if (flags.status) return this.finish('STATUS', { run: await fullSync.status(input, runId) });
    if (flags['dry-run']) return this.reviewed(await fullSync.review(input, this.request(flags)));
    const request = { ...this.request(flags), confirm: this.confirmation(flags['no-prompt']) };
    if (flags.async) {
      const run = flags.resume ? await fullSync.status(input, runId) : await fullSync.prepare(input, request);
      if (run === undefined) return this.declined();
      const logFile = startAsync(this.config.dataDir, ['cosell', 'sync', 'full'], {
        ...{ resume: true, 'no-prompt': true, 'run-id': run.id, ledger: flags.ledger },
        ...{ 'target-org': flags['target-org'].getUsername(), 'settings-file': flags['settings-file'] }
      });
      this.log(messages.getMessage('info.started', [run.id, logFile]));
      return { code: 'STARTED', run, logFile };
    }
    const done = flags.resume
      ? fullSync.resume(input, process, runId, request)
      : fullSync.begin(input, process, request);
    const run = await done.finally(() => this.stages?.stop());
    return run === undefined ? this.declined() : this.finish('DONE', { run });
  }

  private request({ mapping }: { mapping?: string[] | undefined }): Omit<FullRequest, 'signal'> {
    let opening: Promise<void> | undefined;
    return {
      ...(mapping === undefined ? {} : { only: mapping }),
      onChange: (run) => {
        opening ??= FullStages.create(messages.getMessage('stages.title'), run.steps, this.jsonEnabled()).then(
          (stages) => {
            this.stages = stages;
          }
        );
        this.stages?.show(run);
      }
    };
  }

  /** Shows the review before it asks. Where nobody can be asked, the flag is needed. */
  private confirmation(noPrompt: boolean): NonNullable<FullRequest['confirm']> {
    return async (steps) => {
      this.showReview(steps);
      if (noPrompt || steps.every(({ action }) => action === 'nothing')) return true;
      if (!mayAsk(this.jsonEnabled())) throw messages.createError('error.confirm');
      return this.confirm({ message: messages.getMessage('prompt.begin'), defaultAnswer: false });
    };
  }

  private showReview(steps: readonly FullStep[]): void {
    this.table({ title: messages.getMessage('table.review'), data: steps.map((step) => reviewRow(step, messages)) });
  }

  private reviewed(review: readonly FullStep[]): SyncFullResult {
    this.showReview(review);
    this.log(messages.getMessage('info.dryRun'));
    return { code: 'REVIEWED', review };
  }

  private declined(): SyncFullResult {
    this.log(messages.getMessage('info.declined'));
    return { code: 'DECLINED' };
  }

  private async finish(code: 'DONE' | 'STATUS', { run }: { run: FullRun }): Promise<SyncFullResult> {
    const { fullExitCode } = await import('../../../service/full/index.js');
    process.exitCode = fullExitCode(run);
    this.log('');
    const data = run.steps.map((step) => runRow(step, messages));
    this.table({ title: messages.getMessage('table.run', [run.id]), data });
    const errors = run.steps.flatMap(({ label, error }) =>
      error
        ? [{ Mapping: label, Code: error.code, Problem: error.message, 'Next Step': error.nextSteps.join(' ') }]
        : []
    );
    if (errors.length > 0) this.table({ title: messages.getMessage('table.errors', [errors.length]), data: errors });
    const open = run.steps.filter(({ matched }) => matched && matched.unmatched + matched.several > 0);
    for (const { mapping } of open) this.log(messages.getMessage('info.works', [mapping]));
    if (run.outcome === 'running') this.warn(messages.getMessage('info.running'));
    else if (run.steps.some(({ state }) => ['waiting', 'failed', 'blocked', 'unfinished'].includes(state)))
      this.warn(messages.getMessage('info.unfinished'));
    return { code, run };
  }
}
