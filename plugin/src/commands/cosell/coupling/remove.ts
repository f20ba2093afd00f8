import { Flags } from '@salesforce/sf-plugins-core';
import { CosellCommand } from '../../../commands-base.js';
import { loadMessages } from '../../../messages.js';
import type { RemoveOutcome } from '../../../service/coupling/by-hand.js';
import { couplingFlags } from '../../../ux/coupling-flags.js';
import { couplingInput } from '../../../ux/coupling-input.js';

const messages = loadMessages('cosell.coupling.remove');

export type CouplingRemoveResult = RemoveOutcome;

export default class CosellCouplingRemove extends CosellCommand<CouplingRemoveResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');

  public static override readonly flags = {
    'target-org': Flags.requiredOrg(),
    ...couplingFlags(messages),
    record: Flags.string({
      char: 'r',
      multiple: true,
      exactlyOne: ['record', 'all'],
      summary: messages.getMessage('flags.record.summary')
    }),
    all: Flags.boolean({ summary: messages.getMessage('flags.all.summary') })
  };

  public async run(): Promise<CouplingRemoveResult> {
    const { flags } = await this.parse(CosellCouplingRemove);
    const { removeCouplings } = await import('../../../service/coupling/by-hand.js');
    const result = await removeCouplings({
      ...couplingInput(flags),
      records: flags.all ? 'all' : (flags.record ?? [])
    });
    if (result.failed.length > 0) process.exitCode = 68;
    this.report(result);
    return result;
  }

  private report({ removed, failed }: CouplingRemoveResult): void {
    this.log(messages.getMessage('info.removed', [removed.length]));
    if (failed.length === 0) return;
    this.table({
      title: messages.getMessage('table.failed', [failed.length]),
      data: failed.map(({ salesforce, code, message }) => ({ Record: salesforce, Code: code, Problem: message }))
    });
  }
}
