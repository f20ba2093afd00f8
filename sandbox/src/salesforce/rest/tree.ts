import type { Route, RouteContext } from '../core/contract.js';
import type { OrgHandle } from '../core/org-handle.js';
import { ApiError, type ApiResponse } from '../core/transport.js';
import { DATA, handleOf, readObject, requireObject } from './http.js';
import { RollBack } from './save-results.js';
import { visibleObject } from './sobject-routes.js';

/** REST API guide, sObject Tree. */
const MAX_RECORDS = 200;
const MAX_DEPTH = 5;
const MAX_TYPES = 5;

interface Node {
  object: string;
  referenceId: string;
  values: Record<string, unknown>;
  children: { field: string; nodes: Node[] }[];
}

/** POST composite/tree/X: records with their children, all or none. */
export const treeRoutes: readonly Route[] = [
  {
    method: 'POST',
    pattern: new RegExp(`${DATA}/composite/tree/(\\w+)/?$`),
    handle: (context) => createTrees(context)
  }
];

function createTrees(context: RouteContext): ApiResponse {
  const org = handleOf(context);
  const object = visibleObject(org, context.session, context.params[1] ?? '').name;
  const { records } = readObject(context.request);
  if (!Array.isArray(records))
    throw new ApiError(400, 'JSON_PARSER_ERROR', 'records must be a list at [line:1, column:1]');
  const nodes = records.map((record) => readNode(org, object, requireObject(record), 1));
  const all = nodes.flatMap(flatten);
  if (all.length > MAX_RECORDS) throw invalid(`The request has more than ${String(MAX_RECORDS)} records.`);
  if (new Set(all.map((node) => node.object)).size > MAX_TYPES)
    throw invalid(`The request has more than ${String(MAX_TYPES)} objects.`);
  requireDistinct(all);
  return save(context, nodes);
}

function save(context: RouteContext, nodes: readonly Node[]): ApiResponse {
  try {
    const results = context.org.data.transaction(context.session, () =>
      nodes.flatMap((node) => createNode(context, node, {}))
    );
    return { status: 201, body: { hasErrors: false, results } };
  } catch (error) {
    if (error instanceof RollBack) return { status: 400, body: { hasErrors: true, results: [error.answer] } };
    throw error;
  }
}

function createNode(
  context: RouteContext,
  node: Node,
  parent: Record<string, string>
): { referenceId: string; id: string }[] {
  let id: string;
  try {
    id = context.org.data.create(context.session, node.object, { ...node.values, ...parent });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const { errorCode: statusCode, message, fields } = error;
    throw new RollBack({ referenceId: node.referenceId, errors: [{ statusCode, message, fields }] });
  }
  const below = node.children.flatMap(({ field, nodes }) =>
    nodes.flatMap((child) => createNode(context, child, { [field]: id }))
  );
  return [{ referenceId: node.referenceId, id }, ...below];
}

function readNode(org: OrgHandle, object: string, record: Record<string, unknown>, depth: number): Node {
  if (depth > MAX_DEPTH) throw invalid(`The request has more than ${String(MAX_DEPTH)} levels.`);
  const { attributes, ...rest } = record;
  const { type, referenceId } = (attributes ?? {}) as { type?: unknown; referenceId?: unknown };
  if (typeof referenceId !== 'string') throw invalid('Include a reference ID for each record in the request.');
  if (typeof type !== 'string' || type.toLowerCase() !== object.toLowerCase()) {
    throw invalid(`The type attribute of ${referenceId} must be ${object}.`);
  }
  const node: Node = { object, referenceId, values: {}, children: [] };
  for (const [name, value] of Object.entries(rest)) {
    const nested = childRecords(value);
    const child = org.schema
      .children(object)
      .find(({ field }) => field.reference?.childRelationshipName?.toLowerCase() === name.toLowerCase());
    if (nested === undefined || child === undefined) node.values[name] = value;
    else {
      const nodes = nested.map((each) => readNode(org, child.childObject, requireObject(each), depth + 1));
      node.children.push({ field: child.field.name, nodes });
    }
  }
  return node;
}

function childRecords(value: unknown): unknown[] | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { records } = value as { records?: unknown };
  return Array.isArray(records) ? records : undefined;
}

function flatten(node: Node): Node[] {
  return [node, ...node.children.flatMap(({ nodes }) => nodes.flatMap(flatten))];
}

function requireDistinct(nodes: readonly Node[]): void {
  const ids = nodes.map((node) => node.referenceId);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw invalid(`Duplicate reference ID: ${twice}`);
}

function invalid(message: string): ApiError {
  return new ApiError(400, 'INVALID_INPUT', message);
}
