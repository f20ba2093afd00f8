import { ConnectorError } from '../../ports/errors.js';
import type { JsonObject } from '../../ports/json.js';
import type { RecordRef, RemoteRecord } from '../../sync/ports.js';
import { mapBounded } from '../http/bounded.js';
import { limits, system } from './system.js';
import { collectRows } from './listing.js';
import { anyOf, queryString } from './query.js';
import type { SetContext } from './record.js';
import { pathOf, toRecord } from './record.js';

/** Keeps the address below 4,000 characters: a condition on one id has 44. */
const IDS_PER_CALL = 50;

/** @throws ConnectorError `OTHER_COMPANY`: nothing of a coupling that belongs to another company may be read or written here */
export function checkCompany({ companyId }: SetContext, refs: readonly RecordRef[]): void {
  const other = refs.find(({ context }) => context?.['companyId'] !== undefined && context['companyId'] !== companyId);
  if (other === undefined) return;
  throw new ConnectorError(
    system,
    'connection',
    'OTHER_COMPANY',
    'The record is coupled in another company of Business Central than the connection leads to.',
    { nextSteps: ['Use the connection of that company, or remove the couplings with it.'] }
  );
}

/** `Connector.read`: fresh rows by id, 50 per call, with their lines; ids that are gone are absent. */
export async function readRefs(
  context: SetContext,
  refs: readonly RecordRef[]
): Promise<ReadonlyMap<string, RemoteRecord>> {
  checkCompany(context, refs);
  const keys = [...new Set(refs.map(({ key }) => key))];
  const chunks = Array.from({ length: Math.ceil(keys.length / IDS_PER_CALL) }, (_, at) =>
    keys.slice(at * IDS_PER_CALL, (at + 1) * IDS_PER_CALL)
  );
  const rows = await mapBounded(chunks, limits.running, (ids) =>
    collectRows(context.api, pathOf(context), { filter: anyOf('id', ids), expand: context.facts.lines })
  );
  return new Map(
    rows
      .flat()
      .map((row) => toRecord(context, row))
      .map((record) => [record.key, record])
  );
}

/** One record, or undefined when there is none (any more). */
export async function readOne(context: SetContext, key: string): Promise<RemoteRecord | undefined> {
  return (await readRefs(context, [{ key }])).get(key);
}

/**
 * Ids of all records that take part. Deletions are invisible to a filter on the time of change; comparing these with the
 * couplings finds them (Business Central: delta links were removed in version 24).
 */
export async function readKeys(context: SetContext): Promise<ReadonlySet<string>> {
  const rows = await collectRows(context.api, pathOf(context), { select: ['id'], filter: context.filter });
  return new Set(rows.map(({ id }) => String(id)));
}

/** How many records take part. The count comes with a page of one row (OData: `$count=true`). */
export async function countRows(context: SetContext): Promise<number> {
  const query = queryString({ select: ['id'], filter: context.filter, top: 1 });
  const path = `${pathOf(context)}${query}&$count=true`;
  const { json } = await context.api.call({ method: 'GET', path, repeatable: true });
  return Number((json as JsonObject | null)?.['@odata.count'] ?? 0);
}
