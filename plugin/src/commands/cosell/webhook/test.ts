import { Flags, toHelpSection } from '@salesforce/sf-plugins-core';
import { CosellCommand } from '../../../commands-base.js';
import { loadMessages } from '../../../messages.js';
import type { TestResult } from '../../../connectors/partner-center/webhooks/index.js';

const messages = loadMessages('cosell.webhook.test');

export type WebhookTestResult = TestResult;

export default class CosellWebhookTest extends CosellCommand<WebhookTestResult> {
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
    wait: Flags.integer({
      char: 'w',
      min: 0,
      default: 60,
      helpValue: '<60>',
      summary: messages.getMessage('flags.wait.summary')
    })
  };

  public static override readonly errorCodes = toHelpSection('ERROR CODES', {
    'Delivered (0)': messages.getMessage('exit.completed'),
    'Failed (1)': messages.getMessage('exit.failed'),
    'Still under way (69)': messages.getMessage('exit.pending')
  });

  public async run(): Promise<WebhookTestResult> {
    const { flags } = await this.parse(CosellWebhookTest);
    const { testWebhook } = await import('../../../service/webhooks/registration.js');
    const { 'settings-file': settingsFile, connection } = flags;
    let shown = 0;
    const result = await testWebhook({
      env: process.env,
      ...(settingsFile === undefined ? {} : { settingsFile }),
      ...(connection === undefined ? {} : { connection }),
      waitMs: flags.wait * 1000,
      onAttempt: ({ attempts }) => {
        for (const { at, responseCode, responseMessage } of attempts.slice(shown)) {
          shown += 1;
          this.log(messages.getMessage('info.attempt', [shown, at, responseCode, responseMessage]));
        }
      }
    });
    this.report(result);
    return result;
  }

  private report({ status, url }: WebhookTestResult): void {
    if (status === 'completed') {
      this.log(messages.getMessage('info.completed', [url]));
      return;
    }
    const pending = status === 'pending';
    process.exitCode = pending ? 69 : 1;
    this.warn(messages.getMessage(pending ? 'info.pending' : 'info.failed', [url]));
  }
}
