import { Args } from '@oclif/core';
import { Flags, toHelpSection } from '@salesforce/sf-plugins-core';
import { CosellCommand } from '../../../commands-base.js';
import { loadMessages } from '../../../messages.js';
import type { BusinessCentralConnection, TestResult } from '../../../service/connections/index.js';
import type { CheckTexts } from '../../../ux/checks.js';
import { checkRows, nextStepsOf } from '../../../ux/checks.js';

const messages = loadMessages('cosell.connection.test');

/** What was checked, in words. */
const texts: CheckTexts = {
  check: (name) => messages.getMessage(`checks.${name}`),
  outcome: (name) => messages.getMessage(`outcome.${name}`)
};

export type ConnectionTestResult = TestResult | TestResult<BusinessCentralConnection>;

export default class CosellConnectionTest extends CosellCommand<ConnectionTestResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');

  public static override readonly args = {
    system: Args.string({
      options: ['partner-center', 'business-central'],
      default: 'partner-center',
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
    name: Flags.string({ char: 'n', summary: messages.getMessage('flags.name.summary') })
  };

  public static override readonly errorCodes = toHelpSection('ERROR CODES', {
    NO_MFA: messages.getMessage('code.NO_MFA'),
    APP_ONLY_TOKEN: messages.getMessage('code.APP_ONLY_TOKEN'),
    WRONG_ROLE: messages.getMessage('code.WRONG_ROLE'),
    WRONG_AUDIENCE: messages.getMessage('code.WRONG_AUDIENCE'),
    TOKEN_EXPIRED: messages.getMessage('code.TOKEN_EXPIRED'),
    CONSENT_MISSING: messages.getMessage('code.CONSENT_MISSING'),
    UNKNOWN_TENANT: messages.getMessage('code.UNKNOWN_TENANT'),
    UNKNOWN_CLIENT: messages.getMessage('code.UNKNOWN_CLIENT'),
    WRONG_CLIENT_SECRET: messages.getMessage('code.WRONG_CLIENT_SECRET'),
    CLIENT_SECRET_EXPIRED: messages.getMessage('code.CLIENT_SECRET_EXPIRED'),
    WRONG_CERTIFICATE: messages.getMessage('code.WRONG_CERTIFICATE'),
    UNAUTHENTICATED: messages.getMessage('code.UNAUTHENTICATED'),
    PERMISSION_MISSING: messages.getMessage('code.PERMISSION_MISSING'),
    COMPANY_NOT_FOUND: messages.getMessage('code.COMPANY_NOT_FOUND'),
    DATA_UPGRADE_NEEDED: messages.getMessage('code.DATA_UPGRADE_NEEDED'),
    CURRENCY_UNKNOWN: messages.getMessage('code.CURRENCY_UNKNOWN'),
    SIGN_IN_UNREACHABLE: messages.getMessage('code.SIGN_IN_UNREACHABLE'),
    UNREACHABLE: messages.getMessage('code.UNREACHABLE')
  });

  public async run(): Promise<ConnectionTestResult> {
    const { flags, args } = await this.parse(CosellConnectionTest);
    const { testBusinessCentral, testConnection } = await import('../../../service/connections/index.js');
    const { 'settings-file': settingsFile, name } = flags;
    const input = {
      env: process.env,
      ...(settingsFile === undefined ? {} : { settingsFile }),
      ...(name === undefined ? {} : { name })
    };
    const result = args.system === 'business-central' ? await testBusinessCentral(input) : await testConnection(input);
    this.report(result);
    if (!result.ok) process.exitCode = 1;
    return result;
  }

  private report(result: ConnectionTestResult): void {
    const { connection, ok, user, tenantId } = result;
    const title =
      connection === null
        ? messages.getMessage('table.environment')
        : messages.getMessage('table.connection', [connection.name]);
    this.table({ title, data: checkRows(result, texts) });
    if (user !== null && tenantId !== null) this.log(messages.getMessage('info.user', [user, tenantId]));
    const notes = result.checks.filter(({ outcome }) => outcome === 'attention').length;
    if (ok && notes > 0) this.log(messages.getMessage('info.attention', [notes]));
    else if (ok) this.log(messages.getMessage('info.ok'));
    else this.warn(messages.getMessage('info.failed', [nextStepsOf(result).join(' ')]));
  }
}
