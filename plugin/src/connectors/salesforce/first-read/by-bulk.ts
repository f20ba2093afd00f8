import type { JsonObject } from '../../../ports/json.js';
import { queryPages, queryReady, startQuery } from '../bulk/query.js';
import type { QueryJob } from '../bulk/query.js';
import type { CsvRow } from '../bulk/csv-parser.js';
import { abortJob } from '../bulk/job.js';
import type { BulkPorts } from '../bulk/job.js';
import { rowsPerPage } from '../bulk/limits.js';
import type { OrgShape } from '../org-shape.js';
import { bulkChildQuery, bulkOpportunityQuery, childParts } from '../soql.js';
import type { ChildPart } from '../soql.js';
import { ChildCursor, inOrder } from './merge-join.js';
import { childRowsPerPage } from './read-plan.js';
import { typedRow } from './typed-row.js';

/** Rows handed on together; the engine works a page off before it asks for the next. */
const rowsPerHandOver = 500;

export interface BulkRead {
  /** Server time when the read began, milliseconds since the epoch. */
  serverTime: number;
  /** Rows of the shape of the REST query with sub-queries, in the order of ids. */
  pages: AsyncGenerator<JsonObject[]>;
}

async function* flat(pages: AsyncIterable<readonly CsvRow[]>): AsyncGenerator<CsvRow> {
  for await (const rows of pages) yield* rows;
}

/** Starts all jobs, so that they run side by side, and waits for them. When one fails none is left behind. */
async function started(ports: BulkPorts, queries: readonly string[]): Promise<QueryJob[]> {
  const starting = await Promise.allSettled(queries.map((soql) => startQuery(ports, soql)));
  const jobs = starting.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const outcomes = [...starting, ...(await Promise.allSettled(jobs.map((job) => queryReady(ports, job))))];
  const failure = outcomes.find((result) => result.status === 'rejected');
  if (failure === undefined) return jobs;
  await Promise.all(jobs.map(({ id }) => abortJob(ports, 'query', id)));
  throw failure.reason;
}

interface Child {
  part: ChildPart;
  cursor: ChildCursor<CsvRow>;
}

async function withChildren(row: CsvRow, shape: OrgShape, children: readonly Child[]): Promise<JsonObject> {
  const typed = typedRow(row, shape.types);
  for (const { part, cursor } of children) {
    const rows = await cursor.take(row['Id'] ?? '');
    const records = rows.map((child) => typedRow(child, { IsPrimary: 'boolean' }));
    typed[part.relationship] = { totalSize: records.length, done: true, records };
  }
  return typed;
}

async function* joined(rows: AsyncIterable<CsvRow>, shape: OrgShape, children: Child[]): AsyncGenerator<JsonObject[]> {
  let page: JsonObject[] = [];
  try {
    for await (const row of inOrder(rows, (each) => each['Id'] ?? '')) {
      page.push(await withChildren(row, shape, children));
      if (page.length < rowsPerHandOver) continue;
      yield page;
      page = [];
    }
    yield page;
  } finally {
    await Promise.all(children.map(({ cursor }) => cursor.close()));
  }
}

/**
 * Reads all opportunities in scope with Bulk API 2.0: one job for the opportunities and one per kind of child, walked
 * along together in the order of ids, so that one page of each is in memory whatever their number.
 * The pages throw `OutOfOrder` when the org orders ids differently than this process.
 */
export async function readByBulk(ports: BulkPorts, shape: OrgShape, extraFields: readonly string[]): Promise<BulkRead> {
  const parts = childParts(shape);
  const jobs = await started(ports, [bulkOpportunityQuery(shape, extraFields), ...parts.map(bulkChildQuery)]);
  const [parents, ...others] = jobs.map((job, index) =>
    flat(queryPages(ports, job, { maxRecords: index === 0 ? rowsPerPage : childRowsPerPage }))
  );
  const children = parts.map((part, index): Child => {
    const rows = others[index] as AsyncGenerator<CsvRow>;
    return { part, cursor: new ChildCursor(rows, (row) => row[part.parentId] ?? '') };
  });
  return {
    serverTime: Math.min(...jobs.map((job) => job.serverTime)),
    pages: joined(parents as AsyncGenerator<CsvRow>, shape, children)
  };
}
