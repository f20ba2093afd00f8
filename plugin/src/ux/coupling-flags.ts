import type { Messages } from '@salesforce/core/messages';
import { Flags } from '@salesforce/sf-plugins-core';

/** The flags that every command about couplings takes, in the words of the command's own message file. */
export const couplingFlags = (messages: Pick<Messages<string>, 'getMessage'>) => ({
  mapping: Flags.string({
    char: 'm',
    required: true,
    helpValue: '<account-customer>',
    summary: messages.getMessage('flags.mapping.summary')
  }),
  'settings-file': Flags.file({
    char: 's',
    env: 'COSELL_SETTINGS_FILE',
    summary: messages.getMessage('flags.settings-file.summary'),
    description: messages.getMessage('flags.settings-file.description')
  }),
  ledger: Flags.string({ helpValue: '<cosell.ledger>', summary: messages.getMessage('flags.ledger.summary') })
});
