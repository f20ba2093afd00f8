import { Args } from '@oclif/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { CosellCommand } from '../../../commands-base.js';
import { loadMessages } from '../../../messages.js';
import type { ConnectedSystem } from '../../../service/connections/index.js';

const messages = loadMessages('cosell.connection.remove');

export interface ConnectionRemoveResult {
  name: string;
}

export default class CosellConnectionRemove extends CosellCommand<ConnectionRemoveResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');

  public static override readonly args = {
    system: Args.string({
      options: ['partner-center', 'business-central'],
      default: 'partner-center',
      description: messages.getMessage('args.system.description')
    })
  };

  public static override readonly flags = {
    'settings-file': Flags.file({
      char: 's',
      env: 'COSELL_SETTINGS_FILE',
      summary: messages.getMessage('flags.settings-file.summary')
    }),
    name: Flags.string({ char: 'n', required: true, summary: messages.getMessage('flags.name.summary') })
  };

  public async run(): Promise<ConnectionRemoveResult> {
    const { flags, args } = await this.parse(CosellConnectionRemove);
    const { removeConnection } = await import('../../../service/connections/index.js');
    const { 'settings-file': settingsFile, name } = flags;
    const result = await removeConnection({
      env: process.env,
      ...(settingsFile === undefined ? {} : { settingsFile }),
      name,
      system: args.system as ConnectedSystem
    });
    this.log(messages.getMessage('info.removed', [name]));
    return result;
  }
}
