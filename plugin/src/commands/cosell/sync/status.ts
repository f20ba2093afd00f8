import { Flags } from '@salesforce/sf-plugins-core';
import { CosellCommand } from '../../../commands-base.js';
import { loadMessages } from '../../../messages.js';
import type { SyncStatus } from '../../../service/index.js';

const messages = loadMessages('cosell.sync.status');

export type SyncStatusResult = SyncStatus;

export default class CosellSyncStatus extends CosellCommand<SyncStatusResult> {
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

  public async run(): Promise<SyncStatusResult> {
    const { flags } = await this.parse(CosellSyncStatus);
    const { syncStatus } = await import('../../../service/index.js');
    const { coreSession } = await import('../../../connectors/salesforce/index.js');
    const status = await syncStatus({
      session: coreSession(flags['target-org']),
      env: process.env,
      ...(flags.ledger === undefined ? {} : { ledger: flags.ledger }),
      ...(flags['settings-file'] === undefined ? {} : { settingsFile: flags['settings-file'] })
    });
    this.report(status);
    return status;
  }

  private report({
    couplings,
    cursors,
    issues,
    issueCount,
    openIntents,
    lastRun,
    queue,
    unended,
    budget,
    partnerBudget,
    connection,
    ledger
  }: SyncStatus): void {
    const states = Object.entries(couplings).map(([state, count]) => ({
      State: messages.getMessage(`state.${state}`),
      Records: count
    }));
    this.table({ title: messages.getMessage('table.couplings'), data: states });
    this.table({
      title: messages.getMessage('table.cursors'),
      data: cursors.map(({ system, cursor, updatedAt }) => ({
        System: system,
        'Seen Until': cursor,
        Stored: updatedAt
      }))
    });
    if (issueCount > 0) {
      const data = issues.map(({ key, state, code, attempts, notBefore }) => ({
        Record: key,
        Code: code,
        Attempts: attempts,
        Next: state === 'parked' ? messages.getMessage('issue.parked') : notBefore
      }));
      this.table({ title: messages.getMessage('table.issues', [issueCount]), data });
    }
    this.log(
      lastRun
        ? messages.getMessage(lastRun.stopped === null ? 'info.lastRun' : 'info.lastRunStopped', [
            lastRun.finishedAt,
            lastRun.outcome,
            ...(lastRun.stopped === null ? [] : [lastRun.stopped])
          ])
        : messages.getMessage('info.neverRun')
    );
    if (openIntents > 0) this.log(messages.getMessage('info.openIntents', [openIntents]));
    this.log(messages.getMessage('info.queue', [queue.ready, queue.later, queue.held]));
    if (unended.length > 0) {
      this.warn(messages.getMessage('info.unended', [unended.map(({ runId }) => runId).join(', ')]));
    }
    this.reportBudgets({ budget, partnerBudget });
    this.log(messages.getMessage('info.ledger', [ledger]));
    if (connection)
      this.warn(messages.getMessage('info.connection', [connection.message, connection.nextSteps.join(' ')]));
  }

  private reportBudgets({ budget, partnerBudget }: Pick<SyncStatus, 'budget' | 'partnerBudget'>): void {
    if (budget) {
      this.log(messages.getMessage('info.budget', [budget.used, budget.allowed, budget.ceiling]));
      if (budget.state !== 'open') this.warn(messages.getMessage(`info.budget.${budget.state}`, [budget.resumesAt]));
    }
    if (partnerBudget) {
      const { ownCalls, daily, state, resumesAt } = partnerBudget;
      this.log(messages.getMessage('info.partnerBudget', [ownCalls, daily]));
      if (state !== 'open') this.warn(messages.getMessage(`info.partnerBudget.${state}`, [resumesAt]));
    }
  }
}
