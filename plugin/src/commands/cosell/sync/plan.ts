import { Flags } from '@salesforce/sf-plugins-core';
import { CosellCommand } from '../../../commands-base.js';
import { loadMessages } from '../../../messages.js';
import type { PlanResult } from '../../../service/index.js';
import type { PlannedRecord, SyncPlan } from '../../../sync/index.js';
import { SyncStages } from '../../../ux/sync-stages.js';
import { shownValue } from '../../../ux/values.js';

const messages = loadMessages('cosell.sync.plan');

export type SyncPlanResult = PlanResult;

const systems = { left: 'Salesforce', right: 'Partner Center' } as const;

interface OperationRow extends Record<string, unknown> {
  Record: string;
  Action: string;
  Field: string;
  Before: string;
  After: string;
}

export default class CosellSyncPlan extends CosellCommand<SyncPlanResult> {
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
    'output-file': Flags.file({
      char: 'f',
      summary: messages.getMessage('flags.output-file.summary'),
      description: messages.getMessage('flags.output-file.description')
    }),
    all: Flags.boolean({ summary: messages.getMessage('flags.all.summary'), exclusive: ['record'] }),
    record: Flags.salesforceId({
      char: 'r',
      length: 18,
      multiple: true,
      summary: messages.getMessage('flags.record.summary'),
      exclusive: ['all']
    })
  };

  public async run(): Promise<SyncPlanResult> {
    const { flags } = await this.parse(CosellSyncPlan);
    const org = flags['target-org'];
    const { syncPlan } = await import('../../../service/index.js');
    const { coreSession } = await import('../../../connectors/salesforce/index.js');
    const stages = await this.stages(org.getUsername() ?? '');
    try {
      const result = await syncPlan({
        session: coreSession(org),
        env: process.env,
        username: org.getUsername() ?? '',
        ...(flags['settings-file'] === undefined ? {} : { settingsFile: flags['settings-file'] }),
        ...(flags.ledger === undefined ? {} : { ledger: flags.ledger }),
        ...(flags['output-file'] === undefined ? {} : { outputFile: flags['output-file'] }),
        ...(flags.all ? { all: true } : {}),
        ...(flags.record === undefined ? {} : { keys: flags.record }),
        onProgress: (progress) => stages.progress(progress)
      });
      stages.stop('completed');
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

  private report({ file, plan }: PlanResult): void {
    const counts = Object.entries(plan.counts).map(([name, count]) => ({
      What: messages.getMessage(`counts.${name}`),
      Count: count
    }));
    this.log('');
    this.table({ title: messages.getMessage('table.counts'), data: counts.filter(({ Count }) => Count > 0) });
    this.show(
      (count) => messages.getMessage('table.operations', [count]),
      plan.records.flatMap((record) => this.operations(record))
    );
    this.show(
      (count) => messages.getMessage('table.conflicts', [count]),
      plan.records.flatMap(({ key, conflicts }) =>
        conflicts.map(({ label, left, right, leftAt, rightAt, effect }) => ({
          Record: key,
          Field: label,
          [`${systems.left} (${messages.getMessage('labels.changed')})`]: `${shownValue(left)} (${leftAt})`,
          [`${systems.right} (${messages.getMessage('labels.changed')})`]: `${shownValue(right)} (${rightAt})`,
          Effect: effect
        }))
      )
    );
    this.show(
      (count) => messages.getMessage('table.issues', [count]),
      plan.records.flatMap(({ key, issues }) =>
        issues.map(({ code, message, nextStep }) => ({
          Record: key,
          Code: code,
          Problem: message,
          'Next Step': nextStep
        }))
      )
    );
    this.show((count) => messages.getMessage('table.fields', [count]), this.skippedFields(plan));
    this.show((count) => messages.getMessage('table.records', [count]), this.skippedRecords(plan));
    const work = plan.records.some(({ operations }) => operations.length > 0);
    this.log(messages.getMessage(work ? 'info.nothingWritten' : 'info.nothingToDo'));
    if (file !== null) this.log(messages.getMessage('info.file', [file, file]));
  }

  private show(title: (count: number) => string, data: Record<string, unknown>[]): void {
    if (data.length > 0) this.table({ title: title(data.length), data });
  }

  private operations({ key, operations }: PlannedRecord): OperationRow[] {
    return operations.flatMap((operation): OperationRow[] => {
      if (operation.kind === 'link') {
        const action = messages.getMessage('action.link');
        return [{ Record: key, Action: action, Field: '', Before: '', After: operation.rightKey }];
      }
      if (operation.kind === 'passOn') {
        const action = messages.getMessage('action.passOn');
        return [{ Record: key, Action: action, Field: '', Before: '', After: operation.to }];
      }
      if (operation.kind === 'answer') {
        const action = messages.getMessage(operation.accept ? 'action.accept' : 'action.decline');
        return [{ Record: key, Action: action, Field: '', Before: '', After: operation.reason ?? '' }];
      }
      if (operation.kind === 'create' || operation.kind === 'takeIn') {
        const lead = operation.kind === 'takeIn' && operation.category === 'lead';
        const name = operation.kind === 'create' ? 'create' : lead ? 'takeInLead' : 'takeIn';
        const action = messages.getMessage(`action.${name}`);
        return operation.values.map(({ label, value }) => ({
          ...{ Record: key, Action: action, Field: label, Before: '', After: shownValue(value) }
        }));
      }
      const action = messages.getMessage('action.update', [systems[operation.side]]);
      return operation.changes.map(({ label, oldValue, newValue }) => ({
        ...{ Record: key, Action: action, Field: label, Before: shownValue(oldValue), After: shownValue(newValue) }
      }));
    });
  }

  private skippedFields({ records }: SyncPlan): Record<string, unknown>[] {
    return records.flatMap(({ key, skippedFields }) =>
      skippedFields.map(({ label, code, reason }) => ({ Record: key, Field: label, Code: code, Reason: reason }))
    );
  }

  private skippedRecords({ records, skipped }: SyncPlan): Record<string, unknown>[] {
    const own = records.flatMap(({ key, skipped: reason }) =>
      reason ? [{ In: systems.left, Record: key, Code: reason.code, Reason: reason.message }] : []
    );
    const others = skipped.map(({ side, key, code, message }) => ({
      ...{ In: systems[side], Record: key, Code: code, Reason: message }
    }));
    return [...own, ...others];
  }
}
