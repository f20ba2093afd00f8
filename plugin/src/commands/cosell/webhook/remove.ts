import { Flags } from '@salesforce/sf-plugins-core';
import { CosellCommand } from '../../../commands-base.js';
import { loadMessages } from '../../../messages.js';
import type { RemoveResult } from '../../../service/webhooks/registration.js';
import { mayAsk } from '../../../ux/may-ask.js';

const messages = loadMessages('cosell.webhook.remove');

export type WebhookRemoveResult = RemoveResult;

export default class CosellWebhookRemove extends CosellCommand<WebhookRemoveResult> {
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
    'no-prompt': Flags.boolean({ summary: messages.getMessage('flags.no-prompt.summary') })
  };

  public async run(): Promise<WebhookRemoveResult> {
    const { flags } = await this.parse(CosellWebhookRemove);
    const { removeWebhook } = await import('../../../service/webhooks/registration.js');
    const { 'settings-file': settingsFile, connection } = flags;
    const result = await removeWebhook({
      env: process.env,
      ...(settingsFile === undefined ? {} : { settingsFile }),
      ...(connection === undefined ? {} : { connection }),
      maySilence: async ({ url, events, changedAt }) => {
        if (flags['no-prompt']) return true;
        if (!mayAsk(this.jsonEnabled())) return false;
        this.log(messages.getMessage('info.existing', [url, events.join(', '), changedAt]));
        return this.confirm({ message: messages.getMessage('prompt.silence'), defaultAnswer: false, ms: 120_000 });
      }
    });
    const { registration, outcome } = result;
    if (registration === null) this.log(messages.getMessage('outcome.none'));
    else this.log(messages.getMessage(`outcome.${outcome}`, [registration.url]));
    return result;
  }
}
