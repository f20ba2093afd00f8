import { Flags } from '@salesforce/sf-plugins-core';
import { CosellCommand } from '../../../commands-base.js';
import { loadMessages } from '../../../messages.js';
import type { MappingCheck } from '../../../service/mappings.js';

const messages = loadMessages('cosell.mapping.validate');

export type MappingValidateResult = MappingCheck;

export default class CosellMappingValidate extends CosellCommand<MappingValidateResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');

  public static override readonly flags = {
    'target-org': Flags.optionalOrg(),
    'settings-file': Flags.file({
      char: 's',
      env: 'COSELL_SETTINGS_FILE',
      summary: messages.getMessage('flags.settings-file.summary'),
      description: messages.getMessage('flags.settings-file.description')
    }),
    mapping: Flags.string({ char: 'm', summary: messages.getMessage('flags.mapping.summary') })
  };

  public async run(): Promise<MappingValidateResult> {
    const { flags } = await this.parse(CosellMappingValidate);
    const { validateMapping, validationExitCode } = await import('../../../service/mappings.js');
    const { coreSession } = await import('../../../connectors/salesforce/index.js');
    const org = flags['target-org'];
    const result = await validateMapping({
      env: process.env,
      ...(flags['settings-file'] === undefined ? {} : { settingsFile: flags['settings-file'] }),
      ...(flags.mapping === undefined ? {} : { mapping: flags.mapping }),
      ...(org === undefined ? {} : { session: coreSession(org) })
    });
    this.report(result);
    process.exitCode = validationExitCode(result);
    return result;
  }

  private report({ name, findings, errors, warnings, orgChecked, contractChecked }: MappingCheck): void {
    if (findings.length > 0)
      this.table({
        title: messages.getMessage('table.findings', [name]),
        data: findings.map(({ severity, code, field, path, message, nextStep }) => ({
          Severity: severity,
          Code: code,
          Field: field ?? path,
          Problem: message,
          'Next Step': nextStep
        }))
      });
    if (!orgChecked) this.log(messages.getMessage('info.noOrg'));
    if (!contractChecked) this.log(messages.getMessage('info.noContract'));
    if (errors > 0) this.warn(messages.getMessage('info.errors', [errors, warnings]));
    else this.log(messages.getMessage('info.usable', [name, warnings]));
  }
}
