import type { JsonObject } from '../../ports/json.js';
import type { RecordRef, RemoteRecord } from '../../sync/ports.js';
import { composite, maxQueriesPerComposite, succeeded } from './composite.js';
import { toRecord } from './document.js';
import { isLeadKey } from './inbound/lead-record.js';
import type { LeadWatch } from './inbound/leads.js';
import { readLeads } from './inbound/leads.js';
import type { OrgShape } from './org-shape.js';
import { allRecords, pageOf, queryPath } from './query.js';
import type { Rest } from './rest.js';
import { opportunitySelect, withIds } from './soql.js';

/** Keeps the URL of one sub-request well below the 16 kB limit of a request line (200 ids are about 5 kB encoded). */
const idsPerQuery = 200;

/** What every read of this folder needs. */
export interface ReadingContext {
  rest: Rest;
  shape: OrgShape;
  extraFields: readonly string[];
  /** Says when leads are asked for. @default at every look */
  leads?: LeadWatch;
}

export function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size)
  );
}

export async function toRecords(
  context: ReadingContext,
  rows: readonly JsonObject[],
  serverTime: number
): Promise<RemoteRecord[]> {
  return Promise.all(rows.map((row) => toRecord(context.rest, row, context.shape, serverTime)));
}

/** Up to 1,000 opportunities in one call: five queries of 200 ids. Ids that are gone are absent. */
async function readGroup(context: ReadingContext, groups: readonly string[][]): Promise<RemoteRecord[]> {
  const select = opportunitySelect(context.shape, context.extraFields);
  const answer = await composite(
    context.rest,
    groups.map((ids, index) => ({
      referenceId: `ids${index}`,
      method: 'GET',
      url: queryPath(`${select} ${withIds(ids)}`)
    })),
    true
  );
  const records: RemoteRecord[] = [];
  for (const index of groups.keys()) {
    const rows = await allRecords(context.rest, pageOf(succeeded(answer, `ids${index}`)));
    records.push(...(await toRecords(context, rows, answer.serverTime)));
  }
  return records;
}

/** Fresh reads by id, in calls of up to 1,000. */
export async function readByIds(context: ReadingContext, ids: readonly string[]): Promise<RemoteRecord[]> {
  const records: RemoteRecord[] = [];
  for (const groups of chunks(chunks([...new Set(ids)], idsPerQuery), maxQueriesPerComposite)) {
    records.push(...(await readGroup(context, groups)));
  }
  return records;
}

/** `Connector.read`: fresh reads by key. */
export async function readRefs(
  context: ReadingContext,
  refs: readonly RecordRef[]
): Promise<ReadonlyMap<string, RemoteRecord>> {
  const keys = refs.map((ref) => ref.key);
  const leads = keys.filter(isLeadKey);
  const opportunities = keys.filter((key) => !isLeadKey(key));
  const records = [...(await readByIds(context, opportunities)), ...(await readLeads(context, leads))];
  return new Map(records.map((record) => [record.key, record]));
}
