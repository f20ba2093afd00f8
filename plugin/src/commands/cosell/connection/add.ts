import { Args } from '@oclif/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { CosellCommand } from '../../../commands-base.js';
import { loadMessages } from '../../../messages.js';
import type { AddInput, AddResult } from '../../../service/connections/index.js';
import type { CheckTexts } from '../../../ux/checks.js';
import { checkRows, nextStepsOf } from '../../../ux/checks.js';

const messages = loadMessages('cosell.connection.add');

/** What was checked, in words. */
const texts: CheckTexts = {
  check: (name) => messages.getMessage(`checks.${name}`),
  outcome: (name) => messages.getMessage(`outcome.${name}`)
};

export type ConnectionAddResult = AddResult;

export default class CosellConnectionAdd extends CosellCommand<ConnectionAddResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');

  public static override readonly args = {
    system: Args.string({
      options: ['partner-center'],
      required: true,
      description: messages.getMessage('args.system.description')
    })
  };

  public static override readonly flags = {
    'settings-file': Flags.file({
      char: 's',
      env: 'COSELL_SETTINGS_FILE',
      summary: messages.getMessage('flags.settings-file.summary'),
      description: messages.getMessage('flags.settings-file.description')
    }),
    'tenant-id': Flags.string({ summary: messages.getMessage('flags.tenant-id.summary') }),
    'client-id': Flags.string({ summary: messages.getMessage('flags.client-id.summary') }),
    'device-code': Flags.boolean({
      exclusive: ['web'],
      summary: messages.getMessage('flags.device-code.summary')
    }),
    web: Flags.boolean({
      summary: messages.getMessage('flags.web.summary'),
      description: messages.getMessage('flags.web.description')
    }),
    name: Flags.string({
      char: 'n',
      helpValue: '<default>',
      summary: messages.getMessage('flags.name.summary')
    })
  };

  public async run(): Promise<ConnectionAddResult> {
    const { flags } = await this.parse(CosellConnectionAdd);
    const { addConnection, openBrowser } = await import('../../../service/connections/index.js');
    const by: AddInput['by'] = flags.web
      ? {
          browser: (url) => {
            this.show(messages.getMessage('info.browser', [url]));
            openBrowser(url);
          }
        }
      : {
          deviceCode: ({ url, userCode, expiresIn }) =>
            this.show(messages.getMessage('info.deviceCode', [url, userCode, Math.round(expiresIn / 60)]))
        };
    const result = await addConnection({
      env: process.env,
      ...(flags['settings-file'] === undefined ? {} : { settingsFile: flags['settings-file'] }),
      ...(flags['tenant-id'] === undefined ? {} : { tenantId: flags['tenant-id'] }),
      ...(flags['client-id'] === undefined ? {} : { clientId: flags['client-id'] }),
      ...(flags.name === undefined ? {} : { name: flags.name }),
      by
    });
    this.report(result);
    // Stored, but not everything works with it.
    if (!result.check.ok) process.exitCode = 68;
    return result;
  }

  /** A person has to see it with --json too, which keeps stdout for the result. */
  private show(text: string): void {
    process.stderr.write(`${text}\n`);
  }

  private report({ connection: { name, user, tenantId }, replaced, check }: ConnectionAddResult): void {
    const said = replaced ? 'info.replaced' : 'info.added';
    this.log(messages.getMessage(said, [name, user, tenantId]));
    if (check.ok) return;
    const data = checkRows(check, texts);
    this.table({ title: messages.getMessage('table.checks'), data });
    this.warn(messages.getMessage('info.incomplete', [nextStepsOf(check).join(' ')]));
  }
}
