import { Flags } from '@salesforce/sf-plugins-core';
import { CosellCommand } from '../../../commands-base.js';
import { loadMessages } from '../../../messages.js';
import type { RefreshResult } from '../../../service/erp/index.js';

const messages = loadMessages('cosell.erp.refresh');

export type ErpRefreshResult = RefreshResult;

export default class CosellErpRefresh extends CosellCommand<ErpRefreshResult> {
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
    record: Flags.salesforceId({
      char: 'i',
      length: 'both',
      multiple: true,
      exactlyOne: ['record', 'all'],
      summary: messages.getMessage('flags.record.summary')
    }),
    all: Flags.boolean({ exactlyOne: ['record', 'all'], summary: messages.getMessage('flags.all.summary') })
  };

  public async run(): Promise<ErpRefreshResult> {
    const { flags } = await this.parse(CosellErpRefresh);
    const { refreshErp } = await import('../../../service/erp/index.js');
    const { coreSession } = await import('../../../connectors/salesforce/index.js');
    const settingsFile = flags['settings-file'];
    const result = await refreshErp(
      {
        session: coreSession(flags['target-org']),
        env: process.env,
        ...(settingsFile === undefined ? {} : { settingsFile })
      },
      flags.record ?? 'all'
    );
    const { accounts, products, availability, statistics, fault } = result;
    if (fault) {
      this.warn(messages.getMessage('info.failed', [fault.message]));
      process.exitCode = 1;
    } else this.log(messages.getMessage('info.done', [accounts, products, statistics, availability]));
    return result;
  }
}
