import { Flags } from '@salesforce/sf-plugins-core';
import { CosellCommand } from '../../../commands-base.js';
import { loadMessages } from '../../../messages.js';
import type { RegisterResult } from '../../../service/webhooks/registration.js';
import { mayAsk } from '../../../ux/may-ask.js';

const messages = loadMessages('cosell.webhook.register');

export type WebhookRegisterResult = RegisterResult;

export default class CosellWebhookRegister extends CosellCommand<WebhookRegisterResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');

  public static override readonly flags = {
    'settings-file': Flags.file({
      char: 's',
      env: 'COSELL_SETTINGS_FILE',
      summary: messages.getMessage('flags.settings-file.summary')
    }),
    connection: Flags.string({ char: 'n', summary: messages.getMessage('flags.connection.summary') }),
    url: Flags.string({
      char: 'u',
      required: true,
      helpValue: '<https://sync.example.com/webhooks/partner-center>',
      summary: messages.getMessage('flags.url.summary'),
      description: messages.getMessage('flags.url.description')
    }),
    overwrite: Flags.boolean({
      summary: messages.getMessage('flags.overwrite.summary'),
      description: messages.getMessage('flags.overwrite.description')
    })
  };

  public async run(): Promise<WebhookRegisterResult> {
    const { flags } = await this.parse(CosellWebhookRegister);
    const { registerWebhook } = await import('../../../service/webhooks/registration.js');
    const { 'settings-file': settingsFile, connection, url, overwrite } = flags;
    const result = await registerWebhook({
      env: process.env,
      ...(settingsFile === undefined ? {} : { settingsFile }),
      ...(connection === undefined ? {} : { connection }),
      url,
      mayReplace: async ({ url: other, events, changedAt }) => {
        if (overwrite) return true;
        if (!mayAsk(this.jsonEnabled())) return false;
        this.log(messages.getMessage('info.existing', [other, events.join(', '), changedAt]));
        return this.confirm({ message: messages.getMessage('prompt.overwrite'), defaultAnswer: false, ms: 120_000 });
      }
    });
    const { registration, outcome, previous } = result;
    this.log(messages.getMessage(`outcome.${outcome}`, [registration.url, registration.events.join(', ')]));
    if (outcome === 'replaced' && previous !== null && previous.url !== url)
      this.warn(messages.getMessage('info.taken', [previous.url]));
    return result;
  }
}
