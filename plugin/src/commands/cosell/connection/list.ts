import { Flags } from '@salesforce/sf-plugins-core';
import { CosellCommand } from '../../../commands-base.js';
import { loadMessages } from '../../../messages.js';
import type { Connection } from '../../../service/connections/index.js';

const messages = loadMessages('cosell.connection.list');

export type ConnectionListResult = Connection[];

/** Where a connection leads, in a few words. */
function placeOf(connection: Connection): string {
  if (connection.system === 'partner-center') return connection.tenantId;
  return `${connection.company} (${connection.kind === 'online' ? connection.environment : connection.baseUrl})`;
}

export default class CosellConnectionList extends CosellCommand<ConnectionListResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');

  public static override readonly flags = {
    'settings-file': Flags.file({
      char: 's',
      env: 'COSELL_SETTINGS_FILE',
      summary: messages.getMessage('flags.settings-file.summary')
    })
  };

  public async run(): Promise<ConnectionListResult> {
    const { flags } = await this.parse(CosellConnectionList);
    const { listConnections } = await import('../../../service/connections/index.js');
    const settingsFile = flags['settings-file'];
    const found = await listConnections({ env: process.env, ...(settingsFile === undefined ? {} : { settingsFile }) });
    if (found.length === 0) this.log(messages.getMessage('info.none'));
    else {
      const data = found.map((connection) => ({
        Name: connection.name,
        System: connection.system,
        User: connection.user,
        Place: placeOf(connection),
        'Signed In': connection.signedInAt
      }));
      this.table({ title: messages.getMessage('table.connections', [found.length]), data });
    }
    return found;
  }
}
