import { Flags } from '@salesforce/sf-plugins-core';
import { CosellCommand } from '../../../commands-base.js';
import { loadMessages } from '../../../messages.js';
import type { MatchOutcome } from '../../../service/coupling/commands.js';
import { couplingFlags } from '../../../ux/coupling-flags.js';
import { couplingInput } from '../../../ux/coupling-input.js';

const sideOf = { rules: 'rules', salesforce: 'left', 'business-central': 'right' } as const;

const messages = loadMessages('cosell.coupling.match');

export type CouplingMatchResult = MatchOutcome;

export default class CosellCouplingMatch extends CosellCommand<CouplingMatchResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');

  public static override readonly flags = {
    'target-org': Flags.requiredOrg(),
    ...couplingFlags(messages),
    apply: Flags.boolean({ default: false, summary: messages.getMessage('flags.apply.summary') }),
    'create-new': Flags.option({
      options: ['salesforce', 'business-central'] as const,
      dependsOn: ['apply'],
      summary: messages.getMessage('flags.create-new.summary')
    })(),
    match: Flags.string({ multiple: true, summary: messages.getMessage('flags.match.summary') }),
    prefer: Flags.option({
      options: ['rules', 'salesforce', 'business-central'] as const,
      default: 'rules' as const,
      summary: messages.getMessage('flags.prefer.summary')
    })(),
    'no-sync': Flags.boolean({ summary: messages.getMessage('flags.no-sync.summary') })
  };

  public async run(): Promise<CouplingMatchResult> {
    const { flags } = await this.parse(CosellCouplingMatch);
    const { matchCouplings } = await import('../../../service/coupling/commands.js');
    const { 'create-new': createNew, match } = flags;
    const criteria = match?.flatMap((fields, priority) => fields.split(',').map((field) => ({ field, priority })));
    const result = await matchCouplings({
      ...couplingInput(flags),
      ...{ apply: flags.apply, prefer: sideOf[flags.prefer], sync: !flags['no-sync'] },
      ...(criteria === undefined ? {} : { criteria }),
      ...(createNew === undefined ? {} : { createNew: createNew === 'salesforce' ? 'left' : 'right' })
    });
    this.report(result);
    return result;
  }

  private report({ couplings, unmatched, leftOver, applied, asked }: CouplingMatchResult): void {
    if (couplings.length > 0)
      this.table({
        title: messages.getMessage(applied ? 'table.coupled' : 'table.hits', [couplings.length]),
        data: couplings.map(({ salesforce, businessCentral }) => ({
          ...{ Salesforce: salesforce.name, Id: salesforce.id, 'Business Central': businessCentral.name }
        }))
      });
    const several = unmatched.filter(({ reason }) => reason === 'several');
    if (several.length > 0)
      this.table({
        title: messages.getMessage('table.several', [several.length]),
        data: several.map(({ businessCentral, salesforce }) => ({
          'Business Central': businessCentral.name,
          Fits: salesforce.map(({ name, id }) => `${name} ${id}`).join('\n')
        }))
      });
    this.log(messages.getMessage('info.rest', [unmatched.length - several.length, leftOver.length]));
    const outcome = couplings.length > 0 ? 'info.preview' : 'info.noHits';
    this.log(messages.getMessage(applied ? 'info.applied' : outcome, [couplings.length, asked]));
  }
}
