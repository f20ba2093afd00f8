import type { PathValues } from '../../../mapping/types.js';
import type { JsonObject, JsonValue } from '../../../ports/json.js';
import type { RemoteRecord, WriteResult } from '../../../sync/ports.js';
import type { Shared } from '../../http/together.js';
import { withoutReferences } from '../composite.js';
import { parseVersion } from '../document.js';
import { chunks } from '../reading.js';
import { dataRoot } from '../rest.js';
import type { Rest } from '../rest.js';
import { answerError, faultsOf } from '../rest-errors.js';
import { settleMs } from '../update.js';

/** REST API guide, Composite Graph Limits. */
export const graphLimits = { graphs: 75, nodes: 500 } as const;

/** A conditional write of one record. */
export interface Patch {
  current: Pick<RemoteRecord, 'key' | 'version'>;
  body: PathValues;
}

const HALTED = 'PROCESSING_HALTED';

const stale = { result: { outcome: 'stale' } } as const satisfies Shared<WriteResult>;
const written = { result: { outcome: 'written' } } as const satisfies Shared<WriteResult>;

function nodeOf(object: string, { current, body }: Patch, index: number): JsonObject {
  const { modified } = parseVersion(current.version);
  return {
    method: 'PATCH',
    url: `${dataRoot}/sobjects/${object}/${current.key}`,
    referenceId: `n${index}`,
    httpHeaders: { 'If-Unmodified-Since': new Date(modified).toUTCString() },
    body: withoutReferences(body as JsonObject)
  };
}

/** What a node that was not carried out says; undefined when it only shares its graph with one that failed. */
function refusalOf({ httpStatusCode, body }: JsonObject): Shared<WriteResult> | undefined {
  const status = Number(httpStatusCode);
  const [fault] = faultsOf(body ?? null);
  if (fault?.code === HALTED) return undefined;
  if (status === 412 || status === 404 || fault?.code === 'ENTITY_IS_DELETED') return stale;
  return { error: answerError(status, body) };
}

interface GraphAnswer {
  isSuccessful: boolean;
  nodes: readonly JsonObject[];
}

function answersOf(json: JsonValue): Map<string, GraphAnswer> {
  const graphs = ((json as JsonObject | null)?.['graphs'] ?? []) as JsonObject[];
  return new Map(
    graphs.map(({ graphId, isSuccessful, graphResponse }) => [
      String(graphId),
      {
        isSuccessful: isSuccessful === true,
        nodes: ((graphResponse as JsonObject | undefined)?.['compositeResponse'] ?? []) as JsonObject[]
      }
    ])
  );
}

/** One call; settles what it can and answers what was undone only because of others. */
async function pass(
  rest: Rest,
  object: string,
  open: readonly Patch[],
  size: number,
  settled: Map<Patch, Shared<WriteResult>>
): Promise<Patch[]> {
  const graphs = chunks(open, size);
  const { json } = await rest.call({
    method: 'POST',
    path: `${dataRoot}/composite/graph`,
    body: {
      graphs: graphs.map((items, index) => ({
        graphId: `g${index}`,
        compositeRequest: items.map((item, node) => nodeOf(object, item, node))
      }))
    },
    repeatable: true
  });
  const answers = answersOf(json);
  const undone: Patch[] = [];
  graphs.forEach((items, index) => {
    const answer = answers.get(`g${index}`);
    items.forEach((item, node) => {
      const refused = answer?.isSuccessful === true ? written : refusalOf(answer?.nodes[node] ?? {});
      if (refused) settled.set(item, refused);
      else undone.push(item);
    });
  });
  return undone;
}

/**
 * Conditional writes, up to 500 in a call (REST API guide, Composite Graph: each graph is done as a whole or not at all). A record
 * that changed after it was read undoes only the few that share its graph; those are sent again, alone. A call that was cut is sent
 * again: what it had written then fails its condition, and the engine looks anew.
 */
export async function patchTogether(
  rest: Rest,
  object: string,
  items: readonly Patch[]
): Promise<Shared<WriteResult>[]> {
  const settled = new Map<Patch, Shared<WriteResult>>();
  const sendable = items.filter((item) => {
    const { modified, read } = parseVersion(item.current.version);
    // Too young for its time of change to show a second edit; see `settleMs`.
    if (!(read - modified >= settleMs)) settled.set(item, stale);
    else if (Object.keys(item.body).length === 0) settled.set(item, written);
    return !settled.has(item);
  });
  let open = sendable;
  for (let size = Math.ceil(open.length / graphLimits.graphs); open.length > 0; size = 1) {
    const undone: Patch[] = [];
    for (const some of chunks(open, size * graphLimits.graphs))
      undone.push(...(await pass(rest, object, some, size, settled)));
    // Nothing was written of what is left; the engine reads it again.
    if (undone.length === open.length) break;
    open = undone;
  }
  return items.map((item) => settled.get(item) ?? stale);
}
