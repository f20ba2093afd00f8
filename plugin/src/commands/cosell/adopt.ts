import { Flags, toHelpSection } from '@salesforce/sf-plugins-core';
import { CosellCommand } from '../../commands-base.js';
import { loadMessages } from '../../messages.js';
import type { AdoptResult } from '../../service/index.js';
import { SyncStages } from '../../ux/sync-stages.js';

const messages = loadMessages('cosell.adopt');

export type CosellAdoptResult = AdoptResult;

export default class CosellAdopt extends CosellCommand<CosellAdoptResult> {
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
    'field-map': Flags.string({
      multiple: true,
      helpValue: '<from=to>',
      summary: messages.getMessage('flags.field-map.summary'),
      description: messages.getMessage('flags.field-map.description')
    }),
    'copy-fields': Flags.boolean({
      summary: messages.getMessage('flags.copy-fields.summary'),
      description: messages.getMessage('flags.copy-fields.description')
    }),
    'report-file': Flags.string({
      char: 'f',
      helpValue: '<adoption.jsonl>',
      summary: messages.getMessage('flags.report-file.summary'),
      description: messages.getMessage('flags.report-file.description')
    })
  };

  public static override readonly errorCodes = toHelpSection('ERROR CODES', {
    'Adopted (0)': messages.getMessage('exit.success'),
    'Stopped (1)': messages.getMessage('exit.stopped'),
    'Partial (68)': messages.getMessage('exit.partial')
  });

  public async run(): Promise<CosellAdoptResult> {
    const { flags } = await this.parse(CosellAdopt);
    const org = flags['target-org'];
    const { adopt, adoptExitCode } = await import('../../service/index.js');
    const { coreSession } = await import('../../connectors/salesforce/index.js');
    const stages = await this.stages(org.getUsername() ?? '');
    try {
      const result = await adopt({
        session: coreSession(org),
        env: process.env,
        dryRun: flags['dry-run'],
        copyFields: flags['copy-fields'],
        fieldMap: flags['field-map'] ?? [],
        ...(flags['report-file'] === undefined ? {} : { reportFile: flags['report-file'] }),
        ...(flags['settings-file'] === undefined ? {} : { settingsFile: flags['settings-file'] }),
        ...(flags.ledger === undefined ? {} : { ledger: flags.ledger }),
        onProgress: (progress) => stages.progress(progress)
      });
      stages.stop('completed');
      process.exitCode = adoptExitCode(result);
      this.show(result);
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

  private show(result: CosellAdoptResult): void {
    const { counts, closed, unmarked, unclaimed, dryRun, report, wouldCreate, microsoftsConnectorWroteAt } = result;
    this.log('');
    const numbers = { ...counts, closed, unmarked, unclaimed };
    const rows = Object.entries(numbers).map(([name, Records]) => ({
      What: messages.getMessage(`counts.${name}`),
      Records
    }));
    const title = messages.getMessage(dryRun ? 'table.wouldAdopt' : 'table.counts');
    this.table({ title, data: rows.filter(({ Records }) => Records > 0) });
    this.showFieldsElsewhere(result);
    this.showDifferences(result);
    this.showProblems(result);
    if (wouldCreate.length > 0)
      this.warn(messages.getMessage('info.wouldCreate', [counts.fresh, wouldCreate.slice(0, 5).join(', ')]));
    if (microsoftsConnectorWroteAt !== null)
      this.warn(messages.getMessage('info.microsoftsConnector', [microsoftsConnectorWroteAt]));
    if (report !== null) this.log(messages.getMessage('info.report', [report]));
    this.log(messages.getMessage(dryRun ? 'info.dryRun' : 'info.next', [counts.waiting]));
  }

  private showFieldsElsewhere({ fieldsElsewhere, copy }: CosellAdoptResult): void {
    if (fieldsElsewhere.length === 0) return;
    const data = fieldsElsewhere.map(({ from, to }) => ({ From: from, To: to }));
    this.table({ title: messages.getMessage('table.fieldsElsewhere', [data.length]), data });
    const { pending, copied, different, faults } = copy;
    this.log(messages.getMessage('info.copied', [copied, pending, different]));
    if (copied < pending) this.log(messages.getMessage('info.copyNext'));
    const refused = faults.map(({ key, code, message }) => ({ Opportunity: key, Code: code, Problem: message }));
    if (refused.length > 0)
      this.table({ title: messages.getMessage('table.notCopied', [refused.length]), data: refused });
  }

  private showDifferences({ fields, counts }: CosellAdoptResult): void {
    if (fields.length === 0) return;
    const data = fields.map(({ label, records, toLeft, toRight, open, noted }) => ({
      ...{ Field: label, Records: records, 'To Salesforce': toLeft, 'To Partner Center': toRight },
      ...{ 'For a Person': open, Closed: noted }
    }));
    this.table({ title: messages.getMessage('table.fields', [fields.length]), data });
    this.log(messages.getMessage('info.fields', [counts.differing, fields.length]));
  }

  private showProblems({ problems, counts }: CosellAdoptResult): void {
    if (problems.length === 0) return;
    const data = problems.map(({ code, leftKey = '', rightKey = '', message, nextStep }) => ({
      ...{ Code: code, Opportunity: leftKey, Referral: rightKey, Problem: message, 'Next Step': nextStep }
    }));
    const { twins, orphans, disagreements } = counts;
    this.table({ title: messages.getMessage('table.problems', [twins + orphans + disagreements]), data });
  }
}
