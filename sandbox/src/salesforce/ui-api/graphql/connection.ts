import type { GraphQLResolveInfo } from 'graphql';
import type { QueryRow } from '../../core/contract.js';
import type { SObjectSchema } from '../../core/schema.js';
import { ApiError } from '../../core/transport.js';
import type { Viewer } from '../common.js';
import { orderBy, writtenOrder } from './order-by.js';
import type { OrderBy } from './order-by.js';
import { selectedColumns, selectionsBelow } from './selection.js';
import { soqlCondition } from './soql-filter.js';
import type { Filter } from './soql-filter.js';

export interface ConnectionArguments {
  first: number | null;
  after?: string | null;
  where?: Filter | null;
  orderBy?: OrderBy | null;
}

export interface Connection {
  edges: { node: QueryRow; cursor: string }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
  totalCount: () => number;
  pageResultCount: number;
}

/** Rows without `first` (GraphQL API guide, pagination). */
export const defaultFirst = 10;
const maximumFirst = 2000;

/** Reads one page of records; `parentCondition` restricts a child relationship to its parent. */
export function connection(
  viewer: Viewer,
  object: SObjectSchema,
  args: ConnectionArguments,
  info: GraphQLResolveInfo,
  parentCondition?: string
): Connection {
  const first = args.first ?? defaultFirst;
  if (first < 1 || first > maximumFirst) {
    throw new ApiError(400, 'INVALID_ARGUMENT', `The value of 'first' must be between 1 and ${maximumFirst}.`);
  }
  const offset = args.after ? indexOf(args.after) + 1 : 0;
  const conditions = [parentCondition, soqlCondition(viewer, object, args.where ?? {})].filter(
    (part) => part !== undefined
  );
  const where = conditions.length > 0 ? ` WHERE ${conditions.join(' AND ')}` : '';
  const columns = selectedColumns(viewer, object, selectionsBelow(info.fieldNodes, ['edges', 'node'], info), info);
  const soql = `SELECT ${columns.join(', ')} FROM ${object.name}${where}${orderBy(writtenOrder(info, args.orderBy))} LIMIT ${first + 1}${skip(offset)}`;
  const rows = viewer.org.data.query(viewer.session, soql, { batchSize: maximumFirst }).records;
  const edges = rows.slice(0, first).map((node, index) => ({ node, cursor: cursorOf(offset + index) }));
  return {
    edges,
    pageInfo: {
      hasNextPage: rows.length > first,
      hasPreviousPage: offset > 0,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null
    },
    totalCount: () => viewer.org.data.query(viewer.session, `SELECT COUNT() FROM ${object.name}${where}`).totalSize,
    pageResultCount: edges.length
  };
}

function skip(offset: number): string {
  return offset > 0 ? ` OFFSET ${offset}` : '';
}

function cursorOf(index: number): string {
  return Buffer.from(`row:${index}`).toString('base64');
}

function indexOf(cursor: string): number {
  const index = /^row:(\d+)$/.exec(Buffer.from(cursor, 'base64').toString('utf8'))?.[1];
  if (index === undefined) throw new ApiError(400, 'INVALID_ARGUMENT', `The cursor '${cursor}' is not valid.`);
  return Number(index);
}
