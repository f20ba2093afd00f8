import { Duration } from '@salesforce/kit';
import { Flags, toHelpSection } from '@salesforce/sf-plugins-core';
import { CosellCommand } from '../../commands-base.js';
import type { CosellDeployResult } from '../../deploy/index.js';
import { loadMessages } from '../../messages.js';
import { systemClock } from '../../ports/clock.js';
import { DeployStages } from '../../ux/deploy-stages.js';

const messages = loadMessages('cosell.deploy');

export type DeployCommandResult = CosellDeployResult;

export default class CosellDeploy extends CosellCommand<DeployCommandResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');

  public static override readonly flags = {
    'target-org': Flags.requiredOrg(),
    'dry-run': Flags.boolean({ summary: messages.getMessage('flags.dry-run.summary'), default: false }),
    wait: Flags.duration({
      unit: 'minutes',
      char: 'w',
      min: 1,
      default: Duration.minutes(33),
      helpValue: '<minutes>',
      summary: messages.getMessage('flags.wait.summary'),
      description: messages.getMessage('flags.wait.description')
    }),
    'change-events': Flags.boolean({
      summary: messages.getMessage('flags.change-events.summary'),
      description: messages.getMessage('flags.change-events.description'),
      default: false
    }),
    translations: Flags.boolean({
      summary: messages.getMessage('flags.translations.summary'),
      description: messages.getMessage('flags.translations.description'),
      default: false
    }),
    'assign-permission-set': Flags.string({
      multiple: true,
      summary: messages.getMessage('flags.assign-permission-set.summary'),
      description: messages.getMessage('flags.assign-permission-set.description')
    })
  };

  public static override readonly errorCodes = toHelpSection('ERROR CODES', {
    'Succeeded (0)': messages.getMessage('exit.succeeded'),
    'Failed (1)': messages.getMessage('exit.failed'),
    'SucceededPartial (68)': messages.getMessage('exit.partial'),
    'InProgress (69)': messages.getMessage('exit.inProgress')
  });

  public async run(): Promise<DeployCommandResult> {
    const { flags } = await this.parse(CosellDeploy);
    const org = flags['target-org'];
    const permissionSets = flags['assign-permission-set'] ?? [];
    const { deployPackage, exitCodes } = await import('../../deploy/index.js');
    const stages = await this.stages(org.getUsername() ?? '', flags['dry-run'], permissionSets.length > 0);
    try {
      const result = await deployPackage({
        org,
        checkOnly: flags['dry-run'],
        changeEvents: flags['change-events'],
        translations: flags.translations,
        permissionSets,
        waitMs: flags.wait.milliseconds,
        clock: systemClock,
        env: process.env,
        onStage: (stage) => stages.goto(stage),
        onProgress: (progress) => stages.progress(progress)
      });
      stages.stop(result.status === 'Succeeded' ? 'completed' : result.status === 'InProgress' ? 'async' : 'failed');
      process.exitCode = exitCodes[result.status];
      this.report(result);
      return result;
    } catch (error) {
      stages.stop('failed');
      throw error;
    }
  }

  private stages(username: string, checkOnly: boolean, assigns: boolean): Promise<DeployStages> {
    return DeployStages.create({
      username,
      title: messages.getMessage(checkOnly ? 'stages.title.validate' : 'stages.title.deploy'),
      stages: {
        prepare: messages.getMessage('stages.prepare'),
        deploy: messages.getMessage(checkOnly ? 'stages.validate' : 'stages.deploy'),
        assign: messages.getMessage('stages.assign'),
        done: messages.getMessage('stages.done')
      },
      without: assigns && !checkOnly ? [] : ['assign'],
      labels: {
        org: messages.getMessage('labels.org'),
        id: messages.getMessage('labels.id'),
        components: messages.getMessage('labels.components')
      },
      jsonEnabled: this.jsonEnabled()
    });
  }

  private report(result: DeployCommandResult): void {
    if (result.failures.length > 0) {
      this.table({
        title: messages.getMessage('failures.title', [result.failures.length]),
        data: result.failures.map(({ type, fullName, problem, line, column, filePath }) => ({
          Type: type,
          Name: fullName,
          Problem: problem,
          'Line:Column': line ? `${line}:${column ?? 1}` : '',
          File: filePath ?? ''
        }))
      });
      this.log(messages.getMessage('info.failed'));
      return;
    }
    if (result.status === 'InProgress') {
      this.warn(messages.getMessage('info.inProgress', [result.id, result.id, result.username]));
      return;
    }
    this.log('');
    const key = result.checkOnly ? 'info.validated' : 'info.deployed';
    this.logSuccess(messages.getMessage(key, [result.components.length, result.username]));
    for (const { name, outcome } of result.permissionSets) {
      this.log(messages.getMessage(`info.permissionSet.${outcome}`, [name, result.username]));
    }
    if (result.changeEvents) {
      const { entities, selected, limit } = result.changeEvents;
      this.log(messages.getMessage('info.changeEvents', [entities.join(', '), selected, limit]));
    }
  }
}
