import { Flags } from '@salesforce/sf-plugins-core';
import { CosellCommand } from '../../../commands-base.js';
import { loadMessages } from '../../../messages.js';
import type { ListOutcome } from '../../../service/coupling/by-hand.js';
import { couplingFlags } from '../../../ux/coupling-flags.js';
import { couplingInput } from '../../../ux/coupling-input.js';

const messages = loadMessages('cosell.coupling.list');

export type CouplingListResult = ListOutcome;

export default class CosellCouplingList extends CosellCommand<CouplingListResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');

  public static override readonly flags = {
    'target-org': Flags.requiredOrg(),
    ...couplingFlags(messages),
    state: Flags.option({
      options: ['active', 'paused', 'conflict', 'closed'] as const,
      summary: messages.getMessage('flags.state.summary')
    })(),
    limit: Flags.integer({ min: 1, max: 1000, default: 100, summary: messages.getMessage('flags.limit.summary') }),
    after: Flags.string({ summary: messages.getMessage('flags.after.summary') })
  };

  public async run(): Promise<CouplingListResult> {
    const { flags } = await this.parse(CosellCouplingList);
    const { listCouplings } = await import('../../../service/coupling/by-hand.js');
    const result = await listCouplings({
      ...{ ...couplingInput(flags), limit: flags.limit },
      ...(flags.state === undefined ? {} : { state: flags.state }),
      ...(flags.after === undefined ? {} : { after: flags.after })
    });
    this.report(result);
    return result;
  }

  private report({ counts, couplings }: CouplingListResult): void {
    const { active, paused, conflict, closed } = counts;
    this.log(messages.getMessage('info.counts', [active, conflict, paused, closed]));
    if (couplings.length === 0) return;
    this.table({
      title: messages.getMessage('table.couplings', [couplings.length]),
      data: couplings.map(({ salesforce, businessCentral, state, syncedAt }) => ({
        ...{ Salesforce: salesforce.name ?? salesforce.id, Id: salesforce.id },
        // Links are far too long for a table; the JSON result has them.
        ...{
          'Business Central': businessCentral.id,
          State: state,
          Synced: syncedAt?.slice(0, 16).replace('T', ' ') ?? ''
        }
      }))
    });
  }
}
