import { Args } from '@oclif/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { CosellCommand } from '../../../commands-base.js';
import { loadMessages } from '../../../messages.js';
import type { AddOutcome } from '../../../service/coupling/by-hand.js';
import { couplingFlags } from '../../../ux/coupling-flags.js';
import { couplingInput } from '../../../ux/coupling-input.js';

const preferOf = { both: 'rules', toRight: 'left', toLeft: 'right' } as const;

const messages = loadMessages('cosell.coupling.add');

export type CouplingAddResult = AddOutcome;

export default class CosellCouplingAdd extends CosellCommand<CouplingAddResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');

  public static override readonly args = {
    salesforce: Args.string({ required: true, description: messages.getMessage('args.salesforce.description') }),
    'business-central': Args.string({
      required: true,
      description: messages.getMessage('args.business-central.description')
    })
  };

  public static override readonly flags = {
    'target-org': Flags.requiredOrg(),
    ...couplingFlags(messages),
    direction: Flags.option({
      options: ['both', 'toRight', 'toLeft'] as const,
      default: 'both' as const,
      summary: messages.getMessage('flags.direction.summary')
    })(),
    'no-sync': Flags.boolean({ summary: messages.getMessage('flags.no-sync.summary') })
  };

  public async run(): Promise<CouplingAddResult> {
    const { flags, args } = await this.parse(CosellCouplingAdd);
    const { addCoupling } = await import('../../../service/coupling/by-hand.js');
    const result = await addCoupling({
      ...couplingInput(flags),
      ...{ salesforce: args.salesforce, businessCentral: args['business-central'] },
      ...{ prefer: preferOf[flags.direction], sync: !flags['no-sync'] }
    });
    this.report(result);
    return result;
  }

  private report({ salesforce, businessCentral }: CouplingAddResult): void {
    this.logSuccess(messages.getMessage('info.coupled', [salesforce.name, businessCentral.name]));
    this.log(messages.getMessage('info.link', [businessCentral.link]));
  }
}
