import type { Route, RouteContext } from '../core/contract.js';
import { ApiError, type ApiResponse } from '../core/transport.js';
import { haltedAnswer, readPart, requireDistinct, runParts, tooMany, type Part, type PartAnswer } from './composite.js';
import { DATA, readObject, requireObject } from './http.js';

/** REST API guide, Composite Graph Limits; nodes are different by API version, method or object. */
const limits = { graphs: 75, nodes: 500, depth: 15, differentNodes: 15, failures: 14 } as const;
/** The resource appeared with this version. */
const FIRST_VERSION = 50;
const GRAPH_ID = /^[A-Za-z0-9][^.]{0,39}$/;
const NODE = /^\/services\/data\/v(\d+\.\d)\/sobjects\/(\w+)(?:\/([^/?]+)(?:\/([^?]+?))?)?\/?(?:\?.*)?$/;
/** Methods of a node by how much its URL names: an object, a record, a record by external id (REST API guide, Using a Composite Graph). */
const methods = [['POST'], ['DELETE', 'GET', 'PATCH'], ['DELETE', 'GET', 'PATCH', 'POST']] as const;

interface Graph {
  graphId: string;
  nodes: readonly Part[];
}

interface GraphAnswer {
  graphId: string;
  graphResponse: { compositeResponse: readonly PartAnswer[] };
  isSuccessful: boolean;
}

/** POST composite/graph: graphs of calls, each done as a whole or not at all. One call towards the limits. */
export const graphRoutes: readonly Route[] = [
  { method: 'POST', pattern: new RegExp(`${DATA}/composite/graph/?$`), handle: (context) => runGraphs(context) }
];

function runGraphs(context: RouteContext): ApiResponse {
  if (Number(context.params[0]) < FIRST_VERSION) {
    throw new ApiError(404, 'NOT_FOUND', 'The requested resource does not exist');
  }
  const graphs = readGraphs(readObject(context.request)['graphs']);
  let failures = 0;
  const answers = graphs.map((graph) => {
    if (failures > limits.failures) return answerOf(graph, halted(graph));
    const answer = answerOf(graph, runParts(context, graph.nodes, true));
    if (!answer.isSuccessful) failures++;
    return answer;
  });
  return { status: 200, body: { graphs: answers } };
}

function answerOf({ graphId }: Graph, answers: readonly PartAnswer[]): GraphAnswer {
  const isSuccessful = answers.every(({ httpStatusCode }) => httpStatusCode < 300);
  return { graphId, graphResponse: { compositeResponse: answers }, isSuccessful };
}

function halted({ nodes }: Graph): PartAnswer[] {
  const message = `Processing was halted because more than ${String(limits.failures)} graphs of the request failed.`;
  return nodes.map((node) => haltedAnswer(node, message));
}

function readGraphs(value: unknown): Graph[] {
  if (!Array.isArray(value))
    throw new ApiError(400, 'JSON_PARSER_ERROR', 'graphs must be a list at [line:1, column:1]');
  if (value.length > limits.graphs) throw tooMany(`Max number of graphs is ${String(limits.graphs)}`);
  const graphs = value.map((each) => readGraph(requireObject(each)));
  const ids = graphs.map(({ graphId }) => graphId);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw invalid(`Duplicate graphId provided in the request: ${twice}`);
  const nodes = graphs.flatMap((graph) => graph.nodes);
  if (nodes.length > limits.nodes) throw tooMany(`Max number of nodes is ${String(limits.nodes)}`);
  if (new Set(nodes.map(kindOf)).size > limits.differentNodes) {
    throw tooMany(`Max number of different nodes is ${String(limits.differentNodes)}`);
  }
  return graphs;
}

function readGraph({ graphId, compositeRequest }: Record<string, unknown>): Graph {
  if (typeof graphId !== 'string' || !GRAPH_ID.test(graphId)) {
    throw invalid(`Provided graphId ('${String(graphId)}') must start with a letter or a number`);
  }
  if (!Array.isArray(compositeRequest)) {
    throw new ApiError(400, 'JSON_PARSER_ERROR', 'compositeRequest must be a list at [line:1, column:1]');
  }
  const nodes = compositeRequest.map((each) => readNode(requireObject(each)));
  requireDistinct(nodes);
  if (depthOf(nodes) > limits.depth) throw tooMany(`Max depth of a graph is ${String(limits.depth)}`);
  return { graphId, nodes };
}

/** A node is a call for one record, with its method in capitals. */
function readNode(given: Record<string, unknown>): Part {
  const node = readPart(given);
  const [, , , record, value] = NODE.exec(node.url) ?? [];
  const allowed: readonly string[] = methods[value !== undefined ? 2 : record !== undefined ? 1 : 0];
  if (!NODE.test(node.url) || record === 'describe' || !allowed.includes(String(given['method']))) {
    throw invalid(`${String(given['method'])} ${node.url} is not supported in a composite graph.`);
  }
  return node;
}

function kindOf({ method, url }: Part): string {
  const [, version = '', object = ''] = NODE.exec(url) ?? [];
  return `${version} ${method} ${object.toLowerCase()}`;
}

/** Nodes on the longest chain of references. */
function depthOf(nodes: readonly Part[]): number {
  const depths = new Map<string, number>();
  for (const { referenceId, url, body } of nodes) {
    const named = `${url} ${JSON.stringify(body ?? null)}`.matchAll(/@\{(\w+)/g);
    depths.set(referenceId, 1 + Math.max(0, ...[...named].map(([, id = '']) => depths.get(id) ?? 0)));
  }
  return Math.max(0, ...depths.values());
}

function invalid(message: string): ApiError {
  return new ApiError(400, 'INVALID_INPUT', message);
}
