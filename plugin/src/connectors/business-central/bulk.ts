import type { PathValues } from '../../mapping/types.js';
import type { JsonObject } from '../../ports/json.js';
import type { RemoteRecord, WriteResult } from '../../sync/ports.js';
import type { Shared } from '../http/together.js';
import { together } from '../http/together.js';
import type { BatchPart, PartResult } from './batch.js';
import { belowApi, runBatch } from './batch.js';
import { valuesOf } from './api.js';
import { matching, searchFor } from './finding.js';
import { checkCompany } from './reading.js';
import type { SetContext } from './record.js';
import { pathOf, toRecord } from './record.js';
import { limits } from './system.js';
import { creationBody, mayCreate, updateBody } from './writing.js';

interface Creation {
  marker: string;
  values: PathValues;
}

interface Change {
  current: RemoteRecord;
  values: PathValues;
}

interface Search {
  marker: string;
  since: string | undefined;
  sent: PathValues | undefined;
}

/** What one record asks of the service, one by one; carried out a hundred to a call. */
export interface BulkLane {
  create(marker: string, values: PathValues): Promise<RemoteRecord>;
  update(current: RemoteRecord, values: PathValues): Promise<WriteResult>;
  findByMarker(marker: string, since: string | undefined, sent?: PathValues): Promise<readonly RemoteRecord[]>;
}

type Done = Extract<PartResult, { outcome: 'done' }>;

/** What a part came to, for its caller. */
function shared<Out>(result: PartResult, done: (result: Done) => Out, stale: () => Shared<Out>): Shared<Out> {
  if (result.outcome === 'stale') return stale();
  if (result.outcome === 'failed') return { error: result.error };
  try {
    return { result: done(result) };
  } catch (error) {
    return { error };
  }
}

/** Collects what cannot be made a part of, so that it spoils no other record's. */
function partsOf<In>(items: readonly In[], part: (item: In) => BatchPart): (BatchPart | { error: unknown })[] {
  return items.map((item) => {
    try {
      return part(item);
    } catch (error) {
      return { error };
    }
  });
}

/**
 * The writes and look-ups of many records, as `$batch` (Business Central: OData batch, 100 operations, each standing alone). The
 * engine asks record by record and keeps its intents, so what holds for single calls holds here: a creation whose batch got no
 * answer is of unknown outcome, and is looked for before it is repeated (promise G1); an update is conditional on the read that
 * it is based on (promise G3). Only for sets without lines: their rows would have to be read again one by one.
 */
export function bulkLane(context: SetContext): BulkLane {
  const { api } = context;

  const carryOut = async <In, Out>(
    items: readonly In[],
    part: (item: In) => BatchPart,
    done: (result: Done, item: In) => Out,
    stale: () => Shared<Out>
  ): Promise<Shared<Out>[]> => {
    const parts = partsOf(items, part);
    const sound = parts.filter((one): one is BatchPart => !('error' in one));
    const results = sound.length === 0 ? [] : await runBatch(api, sound.map(belowApi));
    let next = 0;
    return parts.map((one, index) => {
      if ('error' in one) return one;
      const result = results[next];
      next += 1;
      return shared(result!, (answer) => done(answer, items[index] as In), stale);
    });
  };

  const record = ({ json }: Done): RemoteRecord => toRecord(context, json as JsonObject);
  const create = together<Creation, RemoteRecord>(limits.batchParts, (items) =>
    carryOut(
      items,
      ({ marker, values }) => {
        mayCreate(context);
        return { method: 'POST', path: pathOf(context), body: creationBody(context, marker, values) };
      },
      record,
      () => ({ error: new RangeError('A creation has no version.') })
    )
  );
  const update = together<Change, WriteResult>(limits.batchParts, (items) =>
    carryOut(
      items,
      ({ current, values }) => {
        checkCompany(context, [current]);
        const body = updateBody(context, values);
        return { method: 'PATCH', path: pathOf(context, current.key), body, ifMatch: current.version };
      },
      (done): WriteResult => ({ outcome: 'written', record: record(done) }),
      () => ({ result: { outcome: 'stale' } })
    )
  );
  const find = together<Search, readonly RemoteRecord[]>(limits.batchParts, (items) =>
    carryOut(
      items,
      (search) => ({ method: 'GET', path: searchFor(context, search) ?? '' }),
      ({ json }, search) => matching(context, search, valuesOf(json)),
      () => ({ result: [] })
    )
  );
  return {
    create: (marker, values) => create({ marker, values }),
    update: (current, values) => update({ current, values }),
    findByMarker: async (marker, since, sent) => {
      const search = { marker, since, sent };
      // Nothing to search by finds nothing, as with single calls.
      return searchFor(context, search) === undefined ? [] : find(search);
    }
  };
}
