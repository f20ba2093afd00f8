import { fileURLToPath } from 'node:url';
import { Messages } from '@salesforce/core/messages';

const packageName = 'sf-plugin-cosell';
let imported = false;

/**
 * The texts of one command, from `plugin/messages/<name>.md`. They lie beside the compiled code, not in the package's
 * root where the CLI's own loader looks.
 */
export function loadMessages(name: string): Messages<string> {
  if (!imported) {
    // plugin/lib/messages.js → plugin
    Messages.importMessagesDirectory(fileURLToPath(new URL('../', import.meta.url)), false, packageName);
    imported = true;
  }
  return Messages.loadMessages(packageName, name);
}
