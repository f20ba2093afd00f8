import { Args } from '@oclif/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { CosellCommand } from '../../../commands-base.js';
import { loadMessages } from '../../../messages.js';
import type {
  AddInput,
  AddResult,
  BusinessCentralConnection,
  ConnectionInput
} from '../../../service/connections/index.js';
import type { BusinessCentralFlags } from '../../../ux/business-central-flags.js';
import { signInOf } from '../../../ux/business-central-flags.js';
import type { CheckTexts } from '../../../ux/checks.js';
import { checkRows, nextStepsOf } from '../../../ux/checks.js';
import { chooseFrom } from '../../../ux/choose.js';
import { mayAsk } from '../../../ux/may-ask.js';

const messages = loadMessages('cosell.connection.add');

/** What was checked, in words. */
const texts: CheckTexts = {
  check: (name) => messages.getMessage(`checks.${name}`),
  outcome: (name) => messages.getMessage(`outcome.${name}`)
};

export type ConnectionAddResult = AddResult | AddResult<BusinessCentralConnection>;

type Common = ConnectionInput & { name?: string };
type Flagged = BusinessCentralFlags & { web: boolean; environment?: string | undefined; company?: string | undefined };

export default class CosellConnectionAdd extends CosellCommand<ConnectionAddResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');

  public static override readonly args = {
    system: Args.string({
      options: ['partner-center', 'business-central'],
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
    'tenant-id': Flags.string({ aliases: ['tenant'], summary: messages.getMessage('flags.tenant-id.summary') }),
    'client-id': Flags.string({ summary: messages.getMessage('flags.client-id.summary') }),
    'device-code': Flags.boolean({
      exclusive: ['web'],
      summary: messages.getMessage('flags.device-code.summary')
    }),
    web: Flags.boolean({
      summary: messages.getMessage('flags.web.summary'),
      description: messages.getMessage('flags.web.description')
    }),
    environment: Flags.string({ summary: messages.getMessage('flags.environment.summary') }),
    company: Flags.string({
      summary: messages.getMessage('flags.company.summary'),
      description: messages.getMessage('flags.company.description')
    }),
    'certificate-file': Flags.file({
      exclusive: ['secret-stdin'],
      summary: messages.getMessage('flags.certificate-file.summary')
    }),
    'secret-stdin': Flags.boolean({
      summary: messages.getMessage('flags.secret-stdin.summary'),
      description: messages.getMessage('flags.secret-stdin.description')
    }),
    'base-url': Flags.string({
      dependsOn: ['username'],
      exclusive: ['environment', 'certificate-file'],
      summary: messages.getMessage('flags.base-url.summary')
    }),
    username: Flags.string({ dependsOn: ['base-url'], summary: messages.getMessage('flags.username.summary') }),
    name: Flags.string({
      char: 'n',
      helpValue: '<default>',
      summary: messages.getMessage('flags.name.summary')
    })
  };

  public async run(): Promise<ConnectionAddResult> {
    const { flags, args } = await this.parse(CosellConnectionAdd);
    const common: Common = {
      env: process.env,
      ...(flags['settings-file'] === undefined ? {} : { settingsFile: flags['settings-file'] }),
      ...(flags.name === undefined ? {} : { name: flags.name })
    };
    const result =
      args.system === 'business-central' ? await this.application(common, flags) : await this.person(common, flags);
    this.report(result);
    // Stored, but not everything works with it.
    if (!result.check.ok) process.exitCode = 68;
    return result;
  }

  /** Partner Center wants a person. */
  private async person(common: Common, flags: Flagged): Promise<AddResult> {
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
    const { 'tenant-id': tenantId, 'client-id': clientId } = flags;
    return addConnection({
      ...common,
      ...(tenantId === undefined ? {} : { tenantId }),
      ...(clientId === undefined ? {} : { clientId }),
      by
    });
  }

  /** Business Central wants an application, or a user of a server of one's own. */
  private async application(common: Common, flags: Flagged): Promise<AddResult<BusinessCentralConnection>> {
    const { addBusinessCentral } = await import('../../../service/connections/index.js');
    const ask = mayAsk(this.jsonEnabled());
    const prompt = ask ? () => this.secretPrompt({ message: messages.getMessage('prompt.secret') }) : undefined;
    const signIn = await signInOf(flags, prompt);
    const { environment, company } = flags;
    return addBusinessCentral({
      ...common,
      signIn,
      ...(environment === undefined ? {} : { environment }),
      ...(company === undefined ? {} : { company }),
      ...(ask ? { pick: (what, choices) => chooseFrom(messages.getMessage(`prompt.${what}`), choices) } : {})
    });
  }

  /** A person has to see it with --json too, which keeps stdout for the result. */
  private show(text: string): void {
    process.stderr.write(`${text}\n`);
  }

  private report({ connection, replaced, check }: ConnectionAddResult): void {
    const said = replaced ? 'info.replaced' : 'info.added';
    const { name, user } = connection;
    const place =
      connection.system === 'partner-center'
        ? messages.getMessage('info.tenant', [connection.tenantId])
        : messages.getMessage('info.company', [connection.company]);
    this.log(messages.getMessage(said, [name, user, place]));
    if (check.ok && connection.system === 'partner-center') return;
    const data = checkRows(check, texts);
    this.table({ title: messages.getMessage('table.checks'), data });
    if (!check.ok) this.warn(messages.getMessage('info.incomplete', [nextStepsOf(check).join(' ')]));
  }
}
