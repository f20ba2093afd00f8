import { Flags } from '@salesforce/sf-plugins-core';
import { CosellCommand } from '../../../commands-base.js';
import { loadMessages } from '../../../messages.js';
import type { Mapping } from '../../../mapping/types.js';

const messages = loadMessages('cosell.mapping.show');

export interface MappingShowResult {
  source: string;
  mapping: Mapping;
}

export default class CosellMappingShow extends CosellCommand<MappingShowResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');

  public static override readonly flags = {
    'settings-file': Flags.file({
      char: 's',
      env: 'COSELL_SETTINGS_FILE',
      summary: messages.getMessage('flags.settings-file.summary'),
      description: messages.getMessage('flags.settings-file.description')
    }),
    mapping: Flags.string({ char: 'm', summary: messages.getMessage('flags.mapping.summary') })
  };

  public async run(): Promise<MappingShowResult> {
    const { flags } = await this.parse(CosellMappingShow);
    const { showMapping, travelOf } = await import('../../../service/mappings.js');
    const result = await showMapping({
      env: process.env,
      ...(flags['settings-file'] === undefined ? {} : { settingsFile: flags['settings-file'] }),
      ...(flags.mapping === undefined ? {} : { mapping: flags.mapping })
    });
    const { mapping, source } = result;
    const { fields } = mapping;
    const labelOf = ({ label, name }: (typeof fields)[number]): string => label ?? name;
    if (source !== mapping.name) this.log(messages.getMessage('info.source', [source]));
    this.table({
      title: messages.getMessage('table.fields', [mapping.name]),
      data: fields.map((field) => ({
        Field: labelOf(field),
        Salesforce: [...new Set([field.left.path, ...(field.left.alternatives ?? [])])].join(', '),
        Way: travelOf(field),
        Counterpart: [field.right.path, ...(field.right.alternatives ?? [])].join(', '),
        Rule: field.rule
      }))
    });
    const transforms = fields.flatMap((field) => {
      const { toRight, toLeft } = field.transform ?? {};
      return [
        ...(toRight === undefined ? [] : [{ Field: labelOf(field), Way: '→', Expression: toRight }]),
        ...(toLeft === undefined ? [] : [{ Field: labelOf(field), Way: '←', Expression: toLeft }])
      ];
    });
    if (transforms.length > 0) this.table({ title: messages.getMessage('table.transforms'), data: transforms });
    this.table({
      title: messages.getMessage('table.checks'),
      data: mapping.preflight.map(({ code, message }) => ({ Code: code, Problem: message }))
    });
    if (mapping.left.where !== undefined) this.log(messages.getMessage('info.filter', [mapping.left.where]));
    if (mapping.notCarried !== undefined)
      this.table({
        title: messages.getMessage('table.notCarried'),
        data: mapping.notCarried.map(({ name, reason }) => ({ Field: name, Reason: reason }))
      });
    return result;
  }
}
