import { Flags } from '@salesforce/sf-plugins-core';
import { CosellCommand } from '../../../commands-base.js';
import { loadMessages } from '../../../messages.js';
import type { ErpFigures } from '../../../service/erp/index.js';

const messages = loadMessages('cosell.erp.show');

export type ErpShowResult = ErpFigures;

const EMPTY = new Set(['Links__c', 'Projection__c', 'Not_Available__c', 'attributes']);

export default class CosellErpShow extends CosellCommand<ErpShowResult> {
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
      required: true,
      summary: messages.getMessage('flags.record.summary')
    })
  };

  public async run(): Promise<ErpShowResult> {
    const { flags } = await this.parse(CosellErpShow);
    const { showErp } = await import('../../../service/erp/index.js');
    const { coreSession } = await import('../../../connectors/salesforce/index.js');
    const settingsFile = flags['settings-file'];
    const result = await showErp(
      {
        session: coreSession(flags['target-org']),
        env: process.env,
        ...(settingsFile === undefined ? {} : { settingsFile })
      },
      flags.record
    );
    this.report(result);
    return result;
  }

  private report({ availability, statistics }: ErpFigures): void {
    if (availability.length + statistics.length === 0) {
      this.log(messages.getMessage('info.none'));
      return;
    }
    if (availability.length > 0) {
      this.table({
        title: messages.getMessage('table.availability'),
        data: availability.map((row) => ({
          Product: row['Name'] ?? '',
          Item: row['Item_Number__c'] ?? '',
          Location: row['Location_Name__c'] ?? '',
          'On Hand': row['On_Hand__c'] ?? '',
          'On Order': row['On_Order__c'] ?? '',
          Committed: row['Committed__c'] ?? '',
          Available: row['Available__c'] ?? '',
          Unit: row['Unit__c'] ?? '',
          'As Of': row['As_Of__c'] ?? '',
          'No Figures Because': row['Not_Available_Reason__c'] ?? ''
        }))
      });
    }
    for (const row of statistics) {
      this.table({
        title: messages.getMessage('table.statistics', [String(row['Name'] ?? '')]),
        data: Object.entries(row)
          .filter(([name]) => name.endsWith('__c') && !EMPTY.has(name))
          .map(([name, value]) => ({ Figure: name.replace(/__c$/, '').replaceAll('_', ' '), Value: value }))
      });
      this.log(messages.getMessage('info.missing', [String(row['Not_Available__c'] ?? '').replaceAll('\n', ', ')]));
    }
  }
}
