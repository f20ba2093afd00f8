import type { JsonObject } from '../../ports/json.js';
import type { RemoteRecord, WriteOptions } from '../../sync/ports.js';
import type { Api } from './api.js';
import type { Referral } from './contract.generated.js';
import { inviteBody } from './create-body.js';

/** Sends the second referral of a co-sell engagement (Partner Center: create a referral). Not repeatable. */
export async function inviteMicrosoft(
  api: Api,
  own: JsonObject,
  code: string,
  { mayGoOn }: WriteOptions = {}
): Promise<JsonObject> {
  await mayGoOn?.();
  const body = inviteBody(own as Referral, code) as JsonObject;
  const { json } = await api.call({ method: 'POST', body, repeatable: false });
  return json as JsonObject;
}

/** Whether the record still shows no referral of Microsoft. */
export function lacksMicrosoft(record: RemoteRecord): boolean {
  return (record.document['microsoft'] ?? null) === null;
}
