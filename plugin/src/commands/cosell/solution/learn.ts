import { Flags } from '@salesforce/sf-plugins-core';
import { CosellCommand } from '../../../commands-base.js';
import { loadMessages } from '../../../messages.js';
import type { SolutionChanges } from '../../../service/solutions/commands.js';

const messages = loadMessages('cosell.solution.learn');

export type SolutionLearnResult = SolutionChanges;

export default class CosellSolutionLearn extends CosellCommand<SolutionLearnResult> {
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
    'dry-run': Flags.boolean({ default: false, summary: messages.getMessage('flags.dry-run.summary') })
  };

  public async run(): Promise<SolutionLearnResult> {
    const { flags } = await this.parse(CosellSolutionLearn);
    const { learnSolutions, solutionsExitCode } = await import('../../../service/solutions/commands.js');
    const { coreSession } = await import('../../../connectors/salesforce/index.js');
    const result = await learnSolutions({
      session: coreSession(flags['target-org']),
      env: process.env,
      ...(flags['settings-file'] === undefined ? {} : { settingsFile: flags['settings-file'] }),
      dryRun: flags['dry-run']
    });
    this.report(result);
    process.exitCode = solutionsExitCode(result);
    return result;
  }

  private report({ solutions, counts, dryRun }: SolutionChanges): void {
    const shown = solutions.filter(({ action }) => action !== 'same');
    if (shown.length > 0)
      this.table({
        title: messages.getMessage('table.title'),
        data: shown.map(({ id, name, action, reason }) => ({
          Action: messages.getMessage(`action.${action}`),
          Identifier: id,
          Name: name,
          Reason: reason
        }))
      });
    const { create, update, same, refused } = counts;
    this.log(messages.getMessage(dryRun ? 'info.would' : 'info.done', [create, update, same, refused]));
  }
}
