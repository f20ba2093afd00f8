import { Flags, toHelpSection } from '@salesforce/sf-plugins-core';
import { CosellCommand } from '../../commands-base.js';
import { loadMessages } from '../../messages.js';
import type { ReconcileOutcome } from '../../service/index.js';
import { SyncStages } from '../../ux/sync-stages.js';
import { shownValue } from '../../ux/values.js';

const messages = loadMessages('cosell.reconcile');
const systems = { left: 'Salesforce', right: 'Partner Center' } as const;

export type CosellReconcileResult = ReconcileOutcome;

export default class CosellReconcile extends CosellCommand<CosellReconcileResult> {
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
    repair: Flags.boolean({
      summary: messages.getMessage('flags.repair.summary'),
      description: messages.getMessage('flags.repair.description')
    }),
    yes: Flags.boolean({
      char: 'y',
      dependsOn: ['repair'],
      summary: messages.getMessage('flags.yes.summary')
    }),
    'report-file': Flags.string({
      char: 'f',
      helpValue: '<reconciliation.jsonl>',
      summary: messages.getMessage('flags.report-file.summary'),
      description: messages.getMessage('flags.report-file.description')
    })
  };

  public static override readonly errorCodes = toHelpSection('ERROR CODES', {
    'Equal (0)': messages.getMessage('exit.success'),
    'Stopped (1)': messages.getMessage('exit.stopped'),
    'Partial (68)': messages.getMessage('exit.partial')
  });

  public async run(): Promise<CosellReconcileResult> {
    const { flags } = await this.parse(CosellReconcile);
    const org = flags['target-org'];
    const { reconcileBoth, reconcileExitCode } = await import('../../service/index.js');
    const { coreSession } = await import('../../connectors/salesforce/index.js');
    const stages = await SyncStages.create({
      username: org.getUsername() ?? '',
      title: messages.getMessage('stages.title'),
      stages: {
        reading: messages.getMessage('stages.reading'),
        working: messages.getMessage('stages.working'),
        telling: messages.getMessage('stages.telling')
      },
      labels: { org: messages.getMessage('labels.org'), records: messages.getMessage('labels.records') },
      jsonEnabled: this.jsonEnabled()
    });
    try {
      const result = await reconcileBoth({
        session: coreSession(org),
        env: process.env,
        repair: flags.repair,
        yes: flags.yes,
        ...(flags['report-file'] === undefined ? {} : { reportFile: flags['report-file'] }),
        ...(flags['settings-file'] === undefined ? {} : { settingsFile: flags['settings-file'] }),
        ...(flags.ledger === undefined ? {} : { ledger: flags.ledger }),
        onProgress: (progress) => stages.progress(progress)
      });
      stages.stop('completed');
      process.exitCode = reconcileExitCode(result);
      this.show(result, flags.repair);
      return result;
    } catch (error) {
      stages.stop('failed');
      throw error;
    }
  }

  private show(result: CosellReconcileResult, repair: boolean): void {
    const { counts, found, report, repairs } = result;
    this.log('');
    const rows = Object.entries(counts).map(([name, Records]) => ({
      What: messages.getMessage(`counts.${name}`),
      Records
    }));
    this.table({ title: messages.getMessage('table.counts'), data: rows.filter(({ Records }) => Records > 0) });
    const total = Object.values(found).reduce((sum, count) => sum + count, 0);
    this.showFindings(result, total);
    this.showUnmapped(result);
    if (report !== null) this.log(messages.getMessage('info.report', [report]));
    if (repair && repairs.tooMany) this.warn(messages.getMessage('info.tooMany', [repairs.possible]));
    else if (repair) this.log(messages.getMessage('info.repaired', [repairs.done, repairs.possible]));
    else if (repairs.possible > 0) this.log(messages.getMessage('info.repairable', [repairs.possible]));
    if (total === 0) this.log(messages.getMessage('info.equal'));
  }

  private showFindings({ findings }: CosellReconcileResult, total: number): void {
    if (findings.length === 0) return;
    const data = findings.map(({ code, leftKey = '', rightKey = '', message, nextStep }) => ({
      ...{ Code: code, Opportunity: leftKey, Referral: rightKey, Problem: message, 'Next Step': nextStep }
    }));
    this.table({ title: messages.getMessage('table.findings', [total]), data });
    const changes = findings.flatMap(({ leftKey = '', changes: planned = [] }) =>
      planned.map(({ label, to, oldValue, newValue }) => ({
        ...{ Opportunity: leftKey, Field: label, In: systems[to] },
        ...{ Before: shownValue(oldValue), After: shownValue(newValue) }
      }))
    );
    if (changes.length > 0)
      this.table({ title: messages.getMessage('table.changes', [changes.length]), data: changes });
  }

  private showUnmapped({ unmapped }: CosellReconcileResult): void {
    if (unmapped.length === 0) return;
    const data = unmapped.map(({ side, label, value, records, example }) => ({
      ...{ In: systems[side], Field: label, Value: value, Records: records, Example: example }
    }));
    this.table({ title: messages.getMessage('table.unmapped', [unmapped.length]), data });
    this.log(messages.getMessage('info.unmapped'));
  }
}
