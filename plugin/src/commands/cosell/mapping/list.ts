import { Flags } from '@salesforce/sf-plugins-core';
import { CosellCommand } from '../../../commands-base.js';
import { loadMessages } from '../../../messages.js';
import type { ListedMapping } from '../../../service/mappings.js';

const messages = loadMessages('cosell.mapping.list');

export interface MappingListResult {
  mappings: ListedMapping[];
}

export default class CosellMappingList extends CosellCommand<MappingListResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');

  public static override readonly flags = {
    'settings-file': Flags.file({
      char: 's',
      env: 'COSELL_SETTINGS_FILE',
      summary: messages.getMessage('flags.settings-file.summary'),
      description: messages.getMessage('flags.settings-file.description')
    }),
    mapping: Flags.string({ char: 'm', summary: messages.getMessage('flags.mapping.summary') })
  };

  public async run(): Promise<MappingListResult> {
    const { flags } = await this.parse(CosellMappingList);
    const { listMappings } = await import('../../../service/mappings.js');
    const result = await listMappings({
      env: process.env,
      ...(flags['settings-file'] === undefined ? {} : { settingsFile: flags['settings-file'] }),
      ...(flags.mapping === undefined ? {} : { mapping: flags.mapping })
    });
    const ownFiles = result.mappings.some(({ file }) => file !== null);
    this.table({
      title: messages.getMessage('table.title'),
      data: result.mappings.map(({ name, file, salesforce, right, fields, used }) => ({
        Name: name,
        Salesforce: salesforce,
        Counterpart: right,
        Fields: fields,
        Used: used ? messages.getMessage('used.yes') : '',
        ...(ownFiles ? { File: file ?? messages.getMessage('from.package') } : {})
      }))
    });
    return result;
  }
}
