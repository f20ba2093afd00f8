import { Flags } from '@salesforce/sf-plugins-core';
import { CosellCommand } from '../../../commands-base.js';
import { loadMessages } from '../../../messages.js';
import type { SolutionChanges } from '../../../service/solutions/commands.js';

const messages = loadMessages('cosell.solution.import');

export type SolutionImportResult = SolutionChanges;

export default class CosellSolutionImport extends CosellCommand<SolutionImportResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');

  public static override readonly flags = {
    'target-org': Flags.requiredOrg(),
    file: Flags.file({ char: 'f', required: true, summary: messages.getMessage('flags.file.summary') }),
    'dry-run': Flags.boolean({ default: false, summary: messages.getMessage('flags.dry-run.summary') })
  };

  public async run(): Promise<SolutionImportResult> {
    const { flags } = await this.parse(CosellSolutionImport);
    const { importSolutions, solutionsExitCode } = await import('../../../service/solutions/commands.js');
    const { coreSession } = await import('../../../connectors/salesforce/index.js');
    const result = await importSolutions({
      session: coreSession(flags['target-org']),
      file: flags.file,
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
        data: shown.map(({ line, id, name, action, reason }) => ({
          Line: line ?? '',
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
