import type { JsonObject } from '../../ports/json.js';
import type { RecordRef, RemoteRecord } from '../../sync/ports.js';
import { mapBounded } from '../http/bounded.js';
import type { Api } from './api.js';
import type { EngagementReader } from './engagements.js';
import { engagementOf, recordsOf } from './referral.js';

export interface ReadingContext {
  api: Api;
  engagements: EngagementReader;
}

function engagementIn(ref: RecordRef): string | undefined {
  const id = ref.context?.['engagementId'];
  return typeof id === 'string' && id !== '' ? id : undefined;
}

/** `undefined` when there is no such referral, or none that this user may see. */
async function readOne(api: Api, id: string): Promise<JsonObject | undefined> {
  const { status, json } = await api.call({ method: 'GET', id, repeatable: true, accept: [404] });
  return status === 404 ? undefined : ((json ?? undefined) as JsonObject | undefined);
}

/**
 * `Connector.read`: by engagement, which gives both halves of a co-sell deal in one call for many deals. A reference
 * without its engagement is looked up by id first.
 */
export async function readRefs(
  { api, engagements }: ReadingContext,
  refs: readonly RecordRef[]
): Promise<ReadonlyMap<string, RemoteRecord>> {
  const unknown = refs.filter((ref) => engagementIn(ref) === undefined);
  const single = (await mapBounded(unknown, 4, (ref) => readOne(api, ref.key))).filter((one) => one !== undefined);
  const ids = [...refs.map(engagementIn), ...single.map(engagementOf)].filter((id) => id !== undefined && id !== '');
  const wanted = new Set(refs.map((ref) => ref.key.toLowerCase()));
  // Read last, so that both halves come from one moment; the single reads only stand in where an engagement is missing.
  const records = recordsOf([...(await engagements.read(ids as string[])), ...single]);
  return new Map(
    records.filter((record) => wanted.has(record.key.toLowerCase())).map((record) => [record.key, record])
  );
}
