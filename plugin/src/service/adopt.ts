import type { CopyResult, FieldPair } from '../connectors/salesforce/index.js';
import { adoptable, fieldsElsewhere } from '../connectors/salesforce/index.js';
import { CosellError } from '../ports/errors.js';
import type { RebuildFinding, RebuildResult, RunContext } from '../sync/index.js';
import { rebuildLedger } from '../sync/index.js';
import { exitCodes } from './commands.js';
import type { OpenSync } from './opened-sync.js';
import { rebuildExitCode } from './rebuild.js';
import { withReport } from './report-file.js';
import type { EngineInput } from './with-sync.js';
import { withSync } from './with-sync.js';

/** Power Automate's own id in `X-Caller-Id`, which Partner Center shows as `lastModifiedVia` (contract of the connector). */
const POWER_AUTOMATE = '60858c1b-2062-40ad-b42c-996b6b5b047d';
/** Opportunities that are named in the result; the report names all. */
const LISTED = 1_000;

export interface AdoptInput extends EngineInput {
  /** Find and list, store and write nothing. */
  dryRun?: boolean;
  /** `from=to` pairs of opportunity fields, besides those that are found by their names. */
  fieldMap?: readonly string[];
  /** Copy what fields of other names hold into ours where ours are empty. */
  copyFields?: boolean;
  /** Where everything that was found is written, one JSON object per line. */
  reportFile?: string;
}

export interface AdoptResult extends RebuildResult {
  /** Fields of other names, and what they hold that ours do not. */
  fieldsElsewhere: FieldPair[];
  copy: CopyResult;
  /** Of the pairs coupled: the referral is closed; it carries no opportunity's id. */
  closed: number;
  unmarked: number;
  /** Referrals that belong to no opportunity. */
  unclaimed: number;
  /** Shared opportunities without a referral, which the next run would create; at most 1,000. */
  wouldCreate: string[];
  /** When Microsoft's connector last wrote to a referral, ISO 8601 UTC; null when it does not show. */
  microsoftsConnectorWroteAt: string | null;
  /** Path of the report. */
  report: string | null;
}

/** @throws CosellError `FIELD_MAP_INVALID` */
export function parseFieldMap(entries: readonly string[]): FieldPair[] {
  return entries.map((entry) => {
    const [from = '', name = '', more] = entry.split('=').map((part) => part.trim());
    const to = adoptable.find((field) => field.toLowerCase() === name.toLowerCase());
    if (/^\w+$/.test(from) && to !== undefined && more === undefined) return { from, to };
    throw new CosellError('FIELD_MAP_INVALID', `"${entry}" names no pair of opportunity fields.`, [
      `Write the field's API name, an equals sign and one of: ${adoptable.join(', ')}.`
    ]);
  });
}

const NOTHING: CopyResult = { pending: 0, copied: 0, different: 0, faults: [] };

async function fieldPairs({ salesforce }: OpenSync, entries: readonly string[]): Promise<FieldPair[]> {
  const shape = await salesforce.shape();
  const named = parseFieldMap(entries);
  const missing = named.find(({ from }) => shape.types[from] === undefined);
  if (missing)
    throw new CosellError(
      'FIELD_NOT_VISIBLE',
      `Opportunity.${missing.from} is missing in the org or hidden from this user.`,
      ['Check the name, and what the integration user may read.']
    );
  const found = fieldsElsewhere(shape).filter(({ from }) => !named.some((pair) => pair.from === from));
  const pairs = [...named, ...found];
  const telling = pairs.some(({ to }) => to === 'Sync_with_Partner_Center__c' || to === 'Referral_Identifier__c');
  if (telling || pairs.length === 0) return pairs;
  throw new CosellError('FIELD_MAP_INVALID', 'The fields do not tell which opportunities are shared.', [
    'Name the field for Referral_Identifier__c or for Sync_with_Partner_Center__c too.'
  ]);
}

/** Notes, as the referrals pass by, when Microsoft's connector last changed one. */
function watchingWrites({ right, ...context }: RunContext, wrote: { at: string | null }): RunContext {
  const changes: RunContext['right']['changes'] = async function* (cursor) {
    for await (const page of right.changes(cursor)) {
      for (const { document, modifiedAt } of page.records)
        if (document['lastModifiedVia'] === POWER_AUTOMATE && modifiedAt > (wrote.at ?? '')) wrote.at = modifiedAt;
      yield page;
    }
  };
  return { ...context, right: Object.create(right, { changes: { value: changes } }) as RunContext['right'] };
}

interface Seen {
  closed: number;
  unmarked: number;
  unclaimed: number;
  wouldCreate: string[];
}

function note(seen: Seen, finding: RebuildFinding): void {
  if (finding.kind === 'coupled') {
    if (finding.state === 'closed') seen.closed += 1;
    if (finding.unmarked) seen.unmarked += 1;
  }
  if (finding.kind === 'unclaimed') seen.unclaimed += 1;
  if (finding.kind === 'fresh' && seen.wouldCreate.length < LISTED) seen.wouldCreate.push(finding.leftKey);
}

/**
 * Takes over an org that ran Microsoft's connector: couples every opportunity with the referral it has. Creates and changes no
 * referral; what differs is for the rules of the mapping at the next run. Writes to opportunities only to copy fields, when
 * asked to. Repeatable: what is coupled stays, and an interrupted adoption goes on where it was.
 * @throws CosellError `FIELD_MAP_INVALID`, `FIELD_NOT_VISIBLE`, `REPORT_NOT_WRITTEN`, `RUN_ACTIVE`
 */
export const adopt = (input: AdoptInput): Promise<AdoptResult> =>
  withReport(input.reportFile, (add) => withSync(input, (context, sync) => adoptWith(input, context, sync, add)));

async function adoptWith(
  { dryRun = false, fieldMap = [], copyFields = false }: AdoptInput,
  context: RunContext,
  sync: OpenSync,
  add: (line: object) => void
): Promise<Omit<AdoptResult, 'report'>> {
  const pairs = await fieldPairs(sync, fieldMap);
  const copy = pairs.length === 0 ? NOTHING : await sync.salesforce.copyFields(pairs, dryRun || !copyFields);
  for (const fault of copy.faults) add({ kind: 'notCopied', ...fault });
  const seen: Seen = { closed: 0, unmarked: 0, unclaimed: 0, wouldCreate: [] };
  const wrote: { at: string | null } = { at: null };
  const result = await rebuildLedger(watchingWrites(context, wrote), {
    dryRun,
    merge: true,
    tell: true,
    observe: (finding) => {
      note(seen, finding);
      add(finding);
    }
  });
  return { ...result, ...seen, fieldsElsewhere: pairs, copy, microsoftsConnectorWroteAt: wrote.at };
}

/** 68 when something needs a person, or when the next run would create referrals nobody may have meant. */
export function adoptExitCode(result: AdoptResult): number {
  const { copy, counts } = result;
  const open = copy.pending - copy.copied + copy.different + counts.fresh;
  return open > 0 ? exitCodes.partial : rebuildExitCode(result);
}
