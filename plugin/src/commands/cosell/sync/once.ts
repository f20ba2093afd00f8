import { Flags, toHelpSection } from '@salesforce/sf-plugins-core';
import { CosellCommand } from '../../../commands-base.js';
import { loadMessages } from '../../../messages.js';
import type { RunSummary } from '../../../sync/index.js';
import { SyncStages } from '../../../ux/sync-stages.js';

const messages = loadMessages('cosell.sync.once');

/** Counts that have other words where the other system is Business Central. */
const COUPLED: ReadonlySet<string> = new Set(['created', 'takenIn', 'linked', 'updatedRight', 'told']);

export type SyncOnceResult = RunSummary;

export default class CosellSyncOnce extends CosellCommand<SyncOnceResult> {
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
      helpValue: '<account-customer>',
      summary: messages.getMessage('flags.mapping.summary'),
      description: messages.getMessage('flags.mapping.description')
    }),
    wait: Flags.integer({
      char: 'w',
      min: 1,
      helpValue: '<33>',
      summary: messages.getMessage('flags.wait.summary'),
      description: messages.getMessage('flags.wait.description')
    }),
    'allow-missing': Flags.integer({
      min: 0,
      helpValue: '<100>',
      summary: messages.getMessage('flags.allow-missing.summary'),
      description: messages.getMessage('flags.allow-missing.description')
    })
  };

  public static override readonly errorCodes = toHelpSection('ERROR CODES', {
    'In step (0)': messages.getMessage('exit.success'),
    'Stopped (1)': messages.getMessage('exit.stopped'),
    'Partial (68)': messages.getMessage('exit.partial'),
    'Still running (69)': messages.getMessage('exit.unfinished')
  });

  public async run(): Promise<SyncOnceResult> {
    const { flags } = await this.parse(CosellSyncOnce);
    const org = flags['target-org'];
    const { exitCodeOf, syncOnce } = await import('../../../service/index.js');
    const { coreSession } = await import('../../../connectors/salesforce/index.js');
    const stages = await this.stages(org.getUsername() ?? '');
    try {
      const summary = await syncOnce({
        session: coreSession(org),
        env: process.env,
        ...(flags['settings-file'] === undefined ? {} : { settingsFile: flags['settings-file'] }),
        ...(flags.ledger === undefined ? {} : { ledger: flags.ledger }),
        ...(flags.mapping === undefined ? {} : { mapping: flags.mapping }),
        ...(flags.wait === undefined ? {} : { waitMs: flags.wait * 60_000 }),
        ...(flags['allow-missing'] === undefined ? {} : { maxMissing: flags['allow-missing'] }),
        onProgress: (progress) => stages.progress(progress)
      });
      stages.stop(summary.stopped ? 'failed' : 'completed');
      process.exitCode = exitCodeOf(summary);
      this.report(summary);
      return summary;
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

  private report(summary: SyncOnceResult): void {
    const { counts, calls, skipped, issues, durationMs } = summary;
    const coupled = 'business-central' in calls;
    const rows = Object.entries(counts).map(([name, count]) => {
      const own = coupled && COUPLED.has(name);
      return { What: messages.getMessage(own ? `counts.coupled.${name}` : `counts.${name}`), Records: count };
    });
    this.log('');
    this.table({ title: messages.getMessage('table.counts'), data: rows.filter(({ Records }) => Records > 0) });
    if (issues.length > 0) {
      const data = issues.map(({ key, code, message, nextStep }) => ({
        Record: key,
        Code: code,
        Problem: message,
        'Next Step': nextStep
      }));
      this.table({ title: messages.getMessage('table.issues', [issues.length]), data });
    }
    if (skipped.length > 0) {
      const data = skipped.map(({ side, key, code, message }) => ({
        In: side === 'left' ? 'Salesforce' : coupled ? 'Business Central' : 'Partner Center',
        Record: key,
        Code: code,
        Reason: message
      }));
      this.table({ title: messages.getMessage('table.skipped', [counts.skipped]), data });
    }
    const spent = Object.entries(calls).map(([system, count]) => `${system} ${count}`);
    this.log(messages.getMessage('info.finished', [(durationMs / 1000).toFixed(1), spent.join(', ')]));
    this.reportEnd(summary);
  }

  private reportEnd({ stopped, outcome, left, looked }: SyncOnceResult): void {
    if (looked === false) this.warn(messages.getMessage('info.lookedElsewhere'));
    if (outcome === 'unfinished') this.warn(messages.getMessage('info.unfinished', [left ?? 0]));
    if (stopped)
      this.warn(messages.getMessage('info.stopped', [stopped.code, stopped.message, stopped.nextSteps.join(' ')]));
  }
}
