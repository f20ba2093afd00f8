import { COMPANY, ENVIRONMENT } from '../business-central/seed/seed.js';
import { runCli } from './cli-process.js';
import type { DataFolder } from './data-folder.js';
import type { SyncSettings } from './sync-settings.js';

/** Stores the connection to the company of the Business Central stand-in in the sandbox's own home, as an administrator does. */
export const connectErp = async (root: string, folder: DataFolder, settings: SyncSettings): Promise<string> => {
  await runCli(
    [
      ...['cosell', 'connection', 'add', 'business-central', '--settings-file', settings.file],
      ...['--environment', ENVIRONMENT, '--company', COMPANY.name]
    ],
    { root, home: folder.file('home'), logFile: folder.file('logs', 'connection.log'), env: settings.env }
  );
  return `${COMPANY.name} by sf cosell connection add`;
};
