import { Flags } from '@salesforce/sf-plugins-core';
import { CosellCommand } from '../../../commands-base.js';
import { loadMessages } from '../../../messages.js';
import type { ShowResult } from '../../../service/webhooks/registration.js';

const messages = loadMessages('cosell.webhook.show');

export type WebhookShowResult = ShowResult;

export default class CosellWebhookShow extends CosellCommand<WebhookShowResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');

  public static override readonly flags = {
    'settings-file': Flags.file({
      char: 's',
      env: 'COSELL_SETTINGS_FILE',
      summary: messages.getMessage('flags.settings-file.summary')
    }),
    connection: Flags.string({ char: 'n', summary: messages.getMessage('flags.connection.summary') })
  };

  public async run(): Promise<WebhookShowResult> {
    const { flags } = await this.parse(CosellWebhookShow);
    const { showWebhook } = await import('../../../service/webhooks/registration.js');
    const { 'settings-file': settingsFile, connection } = flags;
    const result = await showWebhook({
      env: process.env,
      ...(settingsFile === undefined ? {} : { settingsFile }),
      ...(connection === undefined ? {} : { connection })
    });
    const { registration, missingEvents } = result;
    if (registration === null) this.log(messages.getMessage('info.none'));
    else {
      const { url, events, changedAt, subscriberId } = registration;
      const members = { url, events: events.join(', '), changedAt, subscriberId };
      const data = Object.entries(members).map(([name, value]) => ({
        What: messages.getMessage(`member.${name}`),
        Value: value
      }));
      this.table({ title: messages.getMessage('table.registration'), data });
      if (missingEvents.length > 0) this.warn(messages.getMessage('info.missing', [missingEvents.join(', ')]));
    }
    return result;
  }
}
