import type { PathValues } from '../../../mapping/types.js';
import type { JsonObject, JsonValue } from '../../../ports/json.js';
import type { RemoteRecord, WriteResult } from '../../../sync/ports.js';
import type { Shared } from '../../http/together.js';
import { together } from '../../http/together.js';
import type { SubAnswer } from '../composite.js';
import { composite, maxQueriesPerComposite, succeeded } from '../composite.js';
import { pageOf, queryPath, quoted } from '../query.js';
import { chunks } from '../reading.js';
import { dataRoot } from '../rest.js';
import type { Rest } from '../rest.js';
import { answerError, faultsOf } from '../rest-errors.js';
import { recordsPerCollection } from '../tell.js';
import { graphLimits, patchTogether } from './graph.js';
import type { Patch } from './graph.js';
import { erpFields } from './object-shape.js';

/** Keeps a sub-request's address below 5,000 characters: an identifier has 36. */
const holdersPerQuery = 100;

/** What became of a creation: the new record, or that one with the same identifier is there. */
export type Created = { key: string } | 'there';

/** What the engine asks record by record, carried out together; one object of one org. */
export interface RecordsTogether {
  /** As `patchUnchanged`. */
  update(current: RemoteRecord, body: PathValues): Promise<WriteResult>;
  /** Record that names this one of Business Central. */
  holder(rightKey: string): Promise<string | undefined>;
  create(fields: JsonObject): Promise<Created>;
}

async function holders(rest: Rest, object: string, keys: readonly string[]): Promise<Shared<string | undefined>[]> {
  const field = erpFields.recordId;
  const groups = chunks(keys, holdersPerQuery);
  const answer = await composite(
    rest,
    groups.map((some, index) => ({
      referenceId: `keys${index}`,
      method: 'GET',
      url: queryPath(`SELECT Id, ${field} FROM ${object} WHERE ${field} IN (${some.map(quoted).join(', ')})`)
    })),
    true
  );
  const rows = groups.flatMap((_, index) => pageOf(succeeded(answer, `keys${index}`)).records);
  const byKey = new Map(rows.map((row) => [String(row[field]), String(row['Id'])]));
  return keys.map((key) => ({ result: byKey.get(key) }));
}

function createdOf(sub: SubAnswer | undefined, index: number): Shared<Created> {
  if (sub === undefined || sub.status >= 400 || !Array.isArray(sub.body))
    return { error: answerError(sub?.status ?? 500, sub?.body) };
  const { id, success, errors } = ((sub.body as JsonValue[])[index] ?? {}) as JsonObject;
  if (success === true) return { result: { key: String(id) } };
  if (faultsOf(errors)[0]?.code === 'DUPLICATE_VALUE') return { result: 'there' };
  return { error: answerError(400, errors) };
}

/** Creations carry a unique identifier, so one that was cut and is sent again is refused as a duplicate (promise G1). */
async function create(rest: Rest, object: string, items: readonly JsonObject[]): Promise<Shared<Created>[]> {
  const collections = chunks(items, recordsPerCollection);
  const answer = await composite(
    rest,
    collections.map((records, index) => ({
      referenceId: `rows${index}`,
      method: 'POST',
      url: `${dataRoot}/composite/sobjects`,
      body: { allOrNone: false, records: records.map((fields) => ({ attributes: { type: object }, ...fields })) }
    })),
    true
  );
  return collections.flatMap((records, index) =>
    records.map((_, row) => createdOf(answer.answers.get(`rows${index}`), row))
  );
}

/** Up to a thousand creations in a call, five hundred conditional updates, and as many look-ups. */
export function recordsTogether(rest: Rest, object: () => Promise<string>): RecordsTogether {
  // Records come back from their creation a hundred at a time; one call at once lets them gather.
  const update = together<Patch, WriteResult>(
    graphLimits.nodes,
    async (items) => patchTogether(rest, await object(), items),
    1
  );
  const holder = together<string, string | undefined>(holdersPerQuery * maxQueriesPerComposite, async (keys) =>
    holders(rest, await object(), keys)
  );
  const creation = together<JsonObject, Created>(recordsPerCollection * maxQueriesPerComposite, async (items) =>
    create(rest, await object(), items)
  );
  return {
    update: (current, body) => update({ current, body }),
    holder,
    create: creation
  };
}
