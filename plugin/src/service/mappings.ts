import { resolve } from 'node:path';
import { undiciHttp } from '../connectors/http/index.js';
import { referralContract } from '../connectors/partner-center/index.js';
import { administrationOf } from '../connectors/salesforce/index.js';
import type { SalesforceSession } from '../connectors/salesforce/index.js';
import { checkLeft } from '../mapping/check-left.js';
import { checkRight } from '../mapping/check-right.js';
import type { Finding, MappingContract } from '../mapping/contract.js';
import { isMappingName, keptOut, loadMapping, preflight, shippedMappings } from '../mapping/index.js';
import type { FieldRule, Mapping, RecordIssue } from '../mapping/types.js';
import { systemClock } from '../ports/clock.js';
import { CosellError } from '../ports/errors.js';
import { systemRandom } from '../ports/random.js';
import { planChanges } from '../sync/index.js';
import { knownRight } from '../sync/seen.js';
import { longId } from './desk.js';
import type { ExplainedField } from './mapping-explained.js';
import { explainRecord } from './mapping-explained.js';
import { made, mappingOf, optionalFields } from './mapping-of.js';
import type { CosellSettings } from './settings-cosell.js';
import type { SettingsInput } from './settings-of.js';
import { settingsOf } from './settings-of.js';
import { withSync } from './with-sync.js';

/** What commands about mappings hand over. */
export interface MappingInput extends SettingsInput {
  /** Name of a shipped mapping, or a file from the working folder on; wins over the settings. */
  mapping?: string;
}

/** By the right entity of a mapping. */
const contracts: Readonly<Record<string, MappingContract>> = { referral: referralContract };

const withMapping = ({ mapping, ...input }: MappingInput): SettingsInput =>
  mapping === undefined
    ? input
    : { ...input, env: { ...input.env, COSELL_MAPPING: isMappingName(mapping) ? mapping : resolve(mapping) } };

export interface ListedMapping {
  name: string;
  /** Path of a file; null for one that ships with the package. */
  file: string | null;
  salesforce: string;
  right: string;
  fields: number;
  /** The one that the settings choose. */
  used: boolean;
}

/** The shipped mappings, and the one of the settings. */
export async function listMappings(input: MappingInput): Promise<{ mappings: ListedMapping[] }> {
  const settings = settingsOf(withMapping(input));
  const chosen = settings.mapping ?? 'opportunity-referral';
  const names = await shippedMappings();
  const sources = isMappingName(chosen) ? names : [...names, chosen];
  const mappings = await Promise.all(
    sources.map(async (source): Promise<ListedMapping> => {
      const { name, left, right, fields } = await loadMapping(source);
      const file = isMappingName(source) ? null : source;
      return {
        name,
        file,
        salesforce: left.entity,
        right: right.entity,
        fields: fields.length,
        used: source === chosen
      };
    })
  );
  return { mappings };
}

/** The mapping as the synchronization uses it, with everything that the settings change. */
export async function showMapping(input: MappingInput): Promise<{ source: string; mapping: Mapping }> {
  const settings = settingsOf(withMapping(input));
  return { source: settings.mapping ?? 'opportunity-referral', mapping: await mappingOf(settings) };
}

export interface MappingCheck {
  name: string;
  /** Whether fields, types and picklists were compared with an org. */
  orgChecked: boolean;
  /** Whether the right-hand system's contract is known here. */
  contractChecked: boolean;
  findings: Finding[];
  errors: number;
  warnings: number;
}

function stageFindings(settings: CosellSettings, stages: readonly string[] | undefined): Finding[] {
  const wanted = { activeStage: settings.activeStage, onHoldStage: settings.onHoldStage };
  return Object.entries(wanted).flatMap(([setting, stage]): Finding[] => {
    if (stages === undefined || stages.includes(stage)) return [];
    return [
      {
        code: 'SETTING_STAGE_UNKNOWN',
        severity: 'warning',
        side: 'salesforce',
        field: null,
        path: 'StageName',
        message: `The setting cosell.${setting} names the stage "${stage}", which the org does not have.`,
        nextStep: 'Create the stage, or name one of the org in the settings.'
      }
    ];
  });
}

/** Variables that the settings name differently from the default, and that the mapping does not have. */
function variableFindings(settings: CosellSettings, { variables = {} }: Mapping): Finding[] {
  const defaults = {
    countryField: 'BillingCountryCode',
    dealValueField: 'Amount',
    dealCurrencyField: 'CurrencyIsoCode'
  };
  return Object.entries(defaults).flatMap(([name, usual]): Finding[] => {
    if (settings[name as keyof typeof defaults] === usual || name in variables) return [];
    const message = `The setting cosell.${name} changes nothing: the mapping has no variable of this name.`;
    const nextStep = 'Declare the variable in the mapping, or write the field into the mapping.';
    return [
      { code: 'VARIABLE_UNUSED', severity: 'warning', side: 'salesforce', field: null, path: name, message, nextStep }
    ];
  });
}

/** Compares a mapping with what both systems allow. Reads two descriptions of the org and nothing else. */
export async function validateMapping(input: MappingInput & { session?: SalesforceSession }): Promise<MappingCheck> {
  const { session, ...rest } = input;
  const settings = settingsOf(withMapping(rest));
  const mapping = await mappingOf(settings);
  const contract = contracts[mapping.right.entity];
  const findings = [
    ...(contract === undefined ? [] : checkRight(mapping, contract)),
    ...variableFindings(settings.cosell, mapping)
  ];
  if (session !== undefined) {
    const http = undiciHttp();
    try {
      const { entity } = mapping.left;
      const administration = administrationOf({ session, http, clock: systemClock, random: systemRandom });
      const org = await administration.describe([...new Set([entity, 'Account'])]);
      findings.push(...checkLeft(mapping, { org, entity, made, optional: optionalFields }));
      if (entity === 'Opportunity')
        findings.push(...stageFindings(settings.cosell, org.get(entity)?.get('StageName')?.values));
    } finally {
      await http.close();
    }
  }
  const count = (severity: Finding['severity']): number => findings.filter((one) => one.severity === severity).length;
  return {
    name: mapping.name,
    orgChecked: session !== undefined,
    contractChecked: contract !== undefined,
    findings,
    errors: count('error'),
    warnings: count('warning')
  };
}

export const validationExitCode = ({ errors }: MappingCheck): number => (errors > 0 ? 1 : 0);

export interface MappingTest {
  record: string;
  /** Id of the counterpart; null while there is none. */
  counterpart: string | null;
  mapping: string;
  /** The filter and the scope let it through. */
  shared: boolean;
  /** What keeps it out: `scope` is the toggle of an opportunity, `filter` the mapping's own condition. */
  keptOutBy: 'scope' | 'filter' | null;
  issues: RecordIssue[];
  fields: ExplainedField[];
}

/**
 * What a run would do to one record, field by field, with the reason. Reads both sides and writes nothing.
 * @throws CosellError `RECORD_NOT_FOUND`; what a run throws
 */
export async function testMapping(
  input: MappingInput & { session: SalesforceSession; record: string }
): Promise<MappingTest> {
  const { session, record, ...rest } = input;
  const key = longId(record);
  return withSync({ ...withMapping(rest), session }, async (context) => {
    const { mapping, ledger, left, right } = context;
    const ours = (await left.read([{ key }])).get(key);
    if (ours === undefined) {
      throw new CosellError('RECORD_NOT_FOUND', `There is no record ${key} in Salesforce, or it may not be read.`, [
        'Use the id of a record that the integration user may read.'
      ]);
    }
    const plan = await planChanges(context, { keys: [key] });
    const planned = plan.records.find((one) => one.key === key);
    const entry = (await ledger.entries(mapping.name, [key])).get(key) ?? { leftKey: key };
    const ref = knownRight(entry) ?? (ours.counterpart === undefined ? undefined : { key: ours.counterpart });
    const theirs = ref === undefined ? undefined : (await right.read([ref])).get(ref.key);
    const keptOutBy = keptOut(mapping, ours.document) ?? null;
    return {
      record: key,
      counterpart: theirs?.key ?? null,
      mapping: mapping.name,
      ...{ shared: keptOutBy === null, keptOutBy },
      issues: preflight(mapping, ours.document, theirs === undefined ? 'create' : 'update'),
      fields: explainRecord({
        mapping,
        labels: { left: left.label, right: right.label },
        left: ours.document,
        ...(theirs === undefined ? {} : { right: theirs.document }),
        base: entry.coupling?.base ?? {},
        ...(planned === undefined ? {} : { planned })
      })
    };
  });
}

/** Direction and what else decides about a field, in one line. */
export function travelOf({ direction, onCreateOnly, afterClose }: FieldRule): string {
  const arrow = { both: '⇄', toRight: '→', toLeft: '←' }[direction];
  return `${arrow}${onCreateOnly ? ' once' : ''}${afterClose === true ? ' after closing' : ''}`;
}
