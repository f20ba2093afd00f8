import { Flags } from '@salesforce/sf-plugins-core';
import { CosellCommand } from '../../../commands-base.js';
import { loadMessages } from '../../../messages.js';
import type { SolutionList } from '../../../service/solutions/commands.js';

const messages = loadMessages('cosell.solution.list');

export type SolutionListResult = SolutionList;

export default class CosellSolutionList extends CosellCommand<SolutionListResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');

  public static override readonly flags = { 'target-org': Flags.requiredOrg() };

  public async run(): Promise<SolutionListResult> {
    const { flags } = await this.parse(CosellSolutionList);
    const { listSolutions } = await import('../../../service/solutions/commands.js');
    const { coreSession } = await import('../../../connectors/salesforce/index.js');
    const result = await listSolutions(coreSession(flags['target-org']));
    if (result.solutions.length === 0) this.log(messages.getMessage('info.none'));
    else
      this.table({
        title: messages.getMessage('table.title', [result.solutions.length]),
        data: result.solutions.map(({ id, name, type, publisher, active }) => ({
          Identifier: id,
          Name: name,
          Type: type ?? '',
          Publisher: publisher ?? '',
          Active: active ? messages.getMessage('active.yes') : messages.getMessage('active.no')
        }))
      });
    return result;
  }
}
