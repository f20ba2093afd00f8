import type { Criterion, Unmatched } from '../../coupling/index.js';
import { matchRecords, STANDARD_CRITERIA } from '../../coupling/index.js';
import type { SalesforceSession } from '../../connectors/salesforce/index.js';
import type { Mapping, Side } from '../../mapping/types.js';
import { CosellError } from '../../ports/errors.js';
import type { RebuildResult, RunProgress, RunSummary } from '../../sync/index.js';
import { askFor, rebuildLedger } from '../../sync/index.js';
import type { ConnectionStore } from '../connections/connection.js';
import type { SettingsInput } from '../settings-of.js';
import { settingsOf } from '../settings-of.js';
import { uncoupled } from './candidates.js';
import type { Couplings, OpenCoupling } from './open.js';
import { openCouplings } from './open.js';
import type { Pair, Prefer } from './storing.js';
import { storeCouplings } from './storing.js';

/** What every coupling command hands over. */
export interface CouplingInput extends SettingsInput {
  session: SalesforceSession;
  mapping: string;
  onProgress?: (progress: RunProgress) => void;
  /** @default those of the sf CLI on this machine */
  connections?: ConnectionStore;
}

/** Opens one mapping, does something with it, and closes it. */
export async function withCoupling<T>(
  input: CouplingInput,
  work: (coupling: OpenCoupling, couplings: Couplings) => Promise<T>
): Promise<T> {
  const { session, connections, mapping } = input;
  const couplings = await openCouplings(settingsOf(input), session, connections ? { connections } : {});
  try {
    return await work(await couplings.open(mapping), couplings);
  } finally {
    await couplings.close();
  }
}

/** A record, and what people call it. */
export interface NamedRecord {
  id: string;
  name: string;
}

export interface MatchInput extends CouplingInput {
  /** Criteria; @default the standard ones of the mapping */
  criteria?: readonly Criterion[];
  /** Stores the couplings; otherwise they are only shown. */
  apply: boolean;
  /** Side that gets a new record for each one that nothing fits; with `apply` only. */
  createNew?: Side;
  /** Whose values count where the two differ. */
  prefer: Prefer;
  /** Brings the pairs in step at once. */
  sync: boolean;
}

export interface MatchOutcome {
  mapping: string;
  applied: boolean;
  criteria: Criterion[];
  couplings: { salesforce: NamedRecord; businessCentral: NamedRecord; priority: number }[];
  /** Records of Business Central that nothing fits, or more than one record of Salesforce. */
  unmatched: {
    businessCentral: NamedRecord;
    reason: Unmatched['reason'];
    salesforce: NamedRecord[];
    rivals: NamedRecord[];
  }[];
  /** Records of Salesforce that are not coupled. */
  leftOver: NamedRecord[];
  /** New records that were asked for. */
  asked: number;
  /** The run that followed; null where there was none. */
  run: RunSummary | null;
}

/** @throws CosellError `CRITERION_UNKNOWN`, `CRITERIA_MISSING` */
function criteriaOf({ name, fields }: Mapping, given: readonly Criterion[] | undefined): readonly Criterion[] {
  const criteria = given ?? STANDARD_CRITERIA[name] ?? [];
  const names = fields.map((field) => field.name);
  const unknown = criteria.find(({ field }) => !names.includes(field));
  if (unknown !== undefined)
    throw new CosellError('CRITERION_UNKNOWN', `The mapping ${name} has no field ${unknown.field}.`, [
      `Use fields of the mapping: ${names.join(', ')}`
    ]);
  if (criteria.length > 0) return criteria;
  throw new CosellError('CRITERIA_MISSING', `There are no standard criteria for the mapping ${name}.`, [
    'Name fields with --match, for example: --match name,city'
  ]);
}

/** Work on what was stored and asked for, without another look at both sides. */
export const workOff = (coupling: OpenCoupling, { onProgress }: CouplingInput): Promise<RunSummary> =>
  coupling.run({ options: { look: false }, ...(onProgress ? { onProgress } : {}) });

/**
 * Match-based coupling: shows what fits exactly one record of the other side, and stores it when asked to. Reads both sides once.
 * @throws CosellError what `openCouplings` throws, `CRITERION_UNKNOWN`, `CRITERIA_MISSING`
 */
export function matchCouplings(input: MatchInput): Promise<MatchOutcome> {
  return withCoupling(input, async (coupling, { connection }) => {
    const { onProgress, apply, createNew, prefer, sync } = input;
    const { mapping } = coupling;
    const criteria = criteriaOf(mapping, input.criteria);
    const found = await uncoupled(coupling, {
      onProgress: (done) => onProgress?.({ stage: 'reading', considered: done, done })
    });
    const { couplings, unmatched, leftOver } = matchRecords(found.left, found.right, criteria);
    const values = {
      left: new Map(found.left.map((one) => [one.key, one.values])),
      right: new Map(found.right.map((one) => [one.key, one.values]))
    };
    const named = (side: Side, id: string): NamedRecord => ({ id, name: found.names[side].get(id) ?? id });
    const asked =
      createNew === 'right'
        ? leftOver.filter((key) => !unmatched.some(({ leftKeys }) => leftKeys.includes(key)))
        : createNew === 'left'
          ? unmatched.filter(({ reason }) => reason === 'none').map(({ rightKey }) => rightKey)
          : [];
    if (apply) {
      const pairs = couplings.map(({ leftKey, rightKey }): Pair => {
        const [left, right] = [values.left.get(leftKey), values.right.get(rightKey)];
        return { leftKey, rightKey, ...(left ? { left } : {}), ...(right ? { right } : {}) };
      });
      await storeCouplings(coupling, pairs, connection.companyId, prefer);
      await askFor(coupling.context(), createNew === 'left' ? { right: asked } : { left: asked });
    }
    const work = apply && sync && couplings.length + asked.length > 0;
    return {
      ...{ mapping: mapping.name, applied: apply, criteria: [...criteria], asked: apply ? asked.length : 0 },
      couplings: couplings.map(({ leftKey, rightKey, priority }) => ({
        ...{ salesforce: named('left', leftKey), businessCentral: named('right', rightKey), priority }
      })),
      unmatched: unmatched.map(({ rightKey, reason, leftKeys, rivals }) => ({
        ...{ businessCentral: named('right', rightKey), reason },
        salesforce: leftKeys.map((key) => named('left', key)),
        rivals: rivals.map((key) => named('right', key))
      })),
      leftOver: leftOver.map((key) => named('left', key)),
      run: work ? await workOff(coupling, input) : null
    };
  });
}

/** Rebuilds couplings of a lost ledger from the ids on the records of Salesforce; see `rebuildLedger`. */
export function rebuildCouplings(input: CouplingInput & { dryRun: boolean }): Promise<RebuildResult> {
  const { dryRun, onProgress } = input;
  return withCoupling(input, (coupling) =>
    rebuildLedger(coupling.context(onProgress ? { onProgress } : {}), { dryRun, merge: true })
  );
}
