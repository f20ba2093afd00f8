import { Flags, toHelpSection } from '@salesforce/sf-plugins-core';
import { CosellCommand } from '../../../commands-base.js';
import { loadMessages } from '../../../messages.js';
import type { RebuildResult } from '../../../sync/index.js';
import { SyncStages } from '../../../ux/sync-stages.js';

const messages = loadMessages('cosell.ledger.rebuild');

export type LedgerRebuildResult = RebuildResult;

export default class CosellLedgerRebuild extends CosellCommand<LedgerRebuildResult> {
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
    'dry-run': Flags.boolean({ default: false, summary: messages.getMessage('flags.dry-run.summary') }),
    merge: Flags.boolean({
      summary: messages.getMessage('flags.merge.summary'),
      description: messages.getMessage('flags.merge.description')
    })
  };

  public static override readonly errorCodes = toHelpSection('ERROR CODES', {
    'Rebuilt (0)': messages.getMessage('exit.success'),
    'Stopped (1)': messages.getMessage('exit.stopped'),
    'Partial (68)': messages.getMessage('exit.partial')
  });

  public async run(): Promise<LedgerRebuildResult> {
    const { flags } = await this.parse(CosellLedgerRebuild);
    const org = flags['target-org'];
    const { ledgerRebuild, rebuildExitCode } = await import('../../../service/index.js');
    const { coreSession } = await import('../../../connectors/salesforce/index.js');
    const stages = await this.stages(org.getUsername() ?? '');
    try {
      const result = await ledgerRebuild({
        session: coreSession(org),
        env: process.env,
        dryRun: flags['dry-run'],
        merge: flags.merge,
        ...(flags['settings-file'] === undefined ? {} : { settingsFile: flags['settings-file'] }),
        ...(flags.ledger === undefined ? {} : { ledger: flags.ledger }),
        onProgress: (progress) => stages.progress(progress)
      });
      stages.stop('completed');
      process.exitCode = rebuildExitCode(result);
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
      stages: { reading: messages.getMessage('stages.reading'), working: messages.getMessage('stages.working') },
      labels: { org: messages.getMessage('labels.org'), records: messages.getMessage('labels.records') },
      jsonEnabled: this.jsonEnabled()
    });
  }

  private report({ counts, fields, problems, dryRun }: LedgerRebuildResult): void {
    this.log('');
    const rows = Object.entries(counts).map(([name, count]) => ({
      What: messages.getMessage(`counts.${name}`),
      Records: count
    }));
    const title = messages.getMessage(dryRun ? 'table.wouldRebuild' : 'table.counts');
    this.table({ title, data: rows.filter(({ Records }) => Records > 0) });
    if (fields.length > 0) {
      const data = fields.map(({ label, records, toLeft, toRight, open, noted }) => ({
        ...{ Field: label, Records: records, 'To Salesforce': toLeft, 'To Partner Center': toRight },
        ...{ 'For a Person': open, Closed: noted }
      }));
      this.table({ title: messages.getMessage('table.fields', [fields.length]), data });
      this.log(messages.getMessage('info.fields', [counts.differing, fields.length]));
    }
    if (problems.length > 0) {
      const data = problems.map(({ code, leftKey = '', rightKey = '', message, nextStep }) => ({
        ...{ Code: code, Opportunity: leftKey, Referral: rightKey, Problem: message, 'Next Step': nextStep }
      }));
      const { twins, orphans, disagreements } = counts;
      this.table({ title: messages.getMessage('table.problems', [twins + orphans + disagreements]), data });
    }
    this.log(messages.getMessage(dryRun ? 'info.dryRun' : 'info.next', [counts.waiting]));
  }
}
