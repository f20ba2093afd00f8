import type { Coupling, CouplingState } from '../../ledger/index.js';
import { toCanonical } from '../../mapping/index.js';
import { CosellError } from '../../ports/errors.js';
import type { RemoteRecord, RunSummary } from '../../sync/index.js';
import { longId } from '../desk.js';
import { nameOf } from './candidates.js';
import type { CouplingInput } from './commands.js';
import { withCoupling, workOff } from './commands.js';
import type { OpenCoupling } from './open.js';
import type { Prefer } from './storing.js';
import { checkFree, storeCouplings } from './storing.js';

export interface AddInput extends CouplingInput {
  /** Id of the record in Salesforce. */
  salesforce: string;
  /** Id, number or code of the record in Business Central. */
  businessCentral: string;
  prefer: Prefer;
  /** Brings the pair in step at once. */
  sync: boolean;
}

export interface AddOutcome {
  mapping: string;
  salesforce: { id: string; name: string };
  businessCentral: { id: string; name: string; link: string };
  run: RunSummary | null;
}

const unknown = (system: string, id: string): CosellError =>
  new CosellError('RECORD_UNKNOWN', `There is no record ${id} in ${system}, or it may not be read.`, [
    'Check the id; in Business Central the number or code of the record does as well.'
  ]);

async function bothOf(
  { left, right, businessCentral }: OpenCoupling,
  input: AddInput
): Promise<{ left: RemoteRecord; right: RemoteRecord }> {
  const leftKey = longId(input.salesforce);
  const rightKey = await businessCentral.keyOf(input.businessCentral);
  const found = (await left.read([{ key: leftKey }])).get(leftKey);
  if (found === undefined || found.lifecycle === 'deleted') throw unknown('Salesforce', input.salesforce);
  const other = rightKey === undefined ? undefined : (await right.read([{ key: rightKey }])).get(rightKey);
  if (other === undefined) throw unknown('Business Central', input.businessCentral);
  return { left: found, right: other };
}

/**
 * Couples two records that a person names.
 * @throws CosellError `RECORD_UNKNOWN`, `COUPLED_ALREADY`, what `openCouplings` throws
 */
export function addCoupling(input: AddInput): Promise<AddOutcome> {
  return withCoupling(input, async (coupling, { connection }) => {
    const { mapping, right: connector } = coupling;
    const { left, right } = await bothOf(coupling, input);
    const values = {
      left: toCanonical(mapping, 'left', left.document),
      right: toCanonical(mapping, 'right', right.document)
    };
    const pair = { leftKey: left.key, rightKey: right.key, ...values };
    await checkFree(coupling, [pair]);
    await storeCouplings(coupling, [pair], connection.companyId, input.prefer);
    return {
      mapping: mapping.name,
      salesforce: { id: left.key, name: nameOf(mapping, 'left', left) },
      businessCentral: { id: right.key, name: nameOf(mapping, 'right', right), link: connector.linkTo(right) },
      run: input.sync ? await workOff(coupling, input) : null
    };
  });
}

/** Couplings read from the ledger at a time. */
const PAGE = 1_000;

async function allOf({ mapping, context }: OpenCoupling): Promise<Coupling[]> {
  const { ledger } = context();
  const all: Coupling[] = [];
  for (;;) {
    const after = all.at(-1)?.leftKey;
    const page = await ledger.couplings(mapping.name, { limit: PAGE, ...(after === undefined ? {} : { after }) });
    all.push(...page);
    if (page.length < PAGE) return all;
  }
}

export interface RemoveInput extends CouplingInput {
  /** Ids of records in Salesforce; `all` takes every coupling of the mapping. */
  records: readonly string[] | 'all';
}

export interface RemoveOutcome {
  mapping: string;
  removed: { salesforce: string; businessCentral: string }[];
  /** Records that keep the id of their counterpart because Salesforce refused to take it off; they stay coupled. */
  failed: { salesforce: string; code: string; message: string }[];
}

/**
 * Uncouples records; both stay as they are. The id is taken off the record in Salesforce first: a crash in between leaves a
 * coupling, which the same command removes.
 * @throws CosellError `RECORD_UNKNOWN` naming the first record that is not coupled
 */
export function removeCouplings(input: RemoveInput): Promise<RemoveOutcome> {
  return withCoupling(input, async (coupling) => {
    const { mapping, salesforce } = coupling;
    const { ledger, clock, random } = coupling.context();
    const chosen = input.records === 'all' ? await allOf(coupling) : await named(coupling, input.records);
    const results = await salesforce.forget(chosen.map(({ leftKey }) => leftKey));
    const failed = results.flatMap(({ key, error }) => (error ? [{ salesforce: key, ...error }] : []));
    const removed = chosen.filter(({ leftKey }) => !failed.some(({ salesforce: key }) => key === leftKey));
    const gone = { coupling: null, intent: null, issue: null, telling: null, dispute: null } as const;
    for (let start = 0; start < removed.length; start += PAGE)
      await ledger.commit(
        mapping.name,
        removed.slice(start, start + PAGE).map(({ leftKey }) => ({ leftKey, ...gone }))
      );
    const id = random.uuid();
    const at = new Date(clock.now()).toISOString();
    const summary = { runId: id, mapping: mapping.name, uncoupled: removed.length, failed: failed.length };
    await ledger.recordRun(mapping.name, { id, startedAt: at, finishedAt: at, outcome: 'success', summary });
    return {
      mapping: mapping.name,
      removed: removed.map(({ leftKey, rightKey }) => ({ salesforce: leftKey, businessCentral: rightKey })),
      failed
    };
  });
}

async function named({ mapping, context }: OpenCoupling, ids: readonly string[]): Promise<Coupling[]> {
  const keys = [...new Set(ids.map(longId))];
  const entries = await context().ledger.entries(mapping.name, keys);
  return keys.map((key) => {
    const { coupling } = entries.get(key) ?? {};
    if (coupling) return coupling;
    throw new CosellError('RECORD_UNKNOWN', `${key} is coupled with nothing in the mapping ${mapping.name}.`, [
      `See what is coupled: sf cosell coupling list --mapping ${mapping.name}`
    ]);
  });
}

export interface ListInput extends CouplingInput {
  state?: CouplingState;
  limit: number;
  /** Id of the record after which the list goes on. */
  after?: string;
}

export interface ListedCoupling {
  salesforce: { id: string; name: string | null; link: string };
  businessCentral: { id: string; link: string | null };
  state: CouplingState;
  /** ISO 8601 UTC; null while both sides have never agreed. */
  syncedAt: string | null;
}

export interface ListOutcome {
  mapping: string;
  counts: Readonly<Record<CouplingState, number>>;
  couplings: ListedCoupling[];
}

/** Couplings with their state, and where people open both records. Asks Salesforce for names, and nobody else. */
export function listCouplings(input: ListInput): Promise<ListOutcome> {
  return withCoupling(input, async (coupling) => {
    const { mapping, salesforce } = coupling;
    const { ledger } = coupling.context();
    const { state, limit, after, session } = input;
    const query = {
      limit,
      ...(state === undefined ? {} : { state }),
      ...(after === undefined ? {} : { after: longId(after) })
    };
    const listed = await ledger.couplings(mapping.name, query);
    const records = await salesforce.read(listed.map(({ leftKey }) => ({ key: leftKey })));
    const { couplings: counts } = await ledger.status(mapping.name);
    return {
      ...{ mapping: mapping.name, counts },
      couplings: listed.map(({ leftKey, rightKey, state: now, syncedAt }): ListedCoupling => {
        const record = records.get(leftKey);
        const link = record?.document['ERP_Record_Link__c'];
        return {
          salesforce: {
            ...{ id: leftKey, name: record ? nameOf(mapping, 'left', record) : null },
            link: `${session.instanceUrl}/${leftKey}`
          },
          businessCentral: { id: rightKey, link: typeof link === 'string' ? link : null },
          ...{ state: now, syncedAt: syncedAt ?? null }
        };
      })
    };
  });
}
