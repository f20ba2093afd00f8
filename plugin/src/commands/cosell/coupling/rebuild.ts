import { Flags } from '@salesforce/sf-plugins-core';
import { CosellCommand } from '../../../commands-base.js';
import { loadMessages } from '../../../messages.js';
import type { RebuildResult } from '../../../sync/index.js';
import { couplingFlags } from '../../../ux/coupling-flags.js';
import { couplingInput } from '../../../ux/coupling-input.js';

const messages = loadMessages('cosell.coupling.rebuild');

export type CouplingRebuildResult = RebuildResult;

export default class CosellCouplingRebuild extends CosellCommand<CouplingRebuildResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');

  public static override readonly flags = {
    'target-org': Flags.requiredOrg(),
    ...couplingFlags(messages),
    'dry-run': Flags.boolean({ default: false, summary: messages.getMessage('flags.dry-run.summary') })
  };

  public async run(): Promise<CouplingRebuildResult> {
    const { flags } = await this.parse(CosellCouplingRebuild);
    const { rebuildCouplings } = await import('../../../service/coupling/commands.js');
    const result = await rebuildCouplings({ ...couplingInput(flags), dryRun: flags['dry-run'] });
    this.report(result);
    return result;
  }

  private report({ counts, problems, dryRun }: CouplingRebuildResult): void {
    this.log(messages.getMessage(dryRun ? 'info.preview' : 'info.rebuilt', [counts.coupled]));
    if (problems.length === 0) return;
    this.table({
      title: messages.getMessage('table.problems', [problems.length]),
      data: problems.map(({ code, leftKey = '', rightKey = '', message, nextStep }) => ({
        ...{ Code: code, Salesforce: leftKey, 'Business Central': rightKey, Problem: message, 'Next Step': nextStep }
      }))
    });
  }
}
