import type { SqlValue } from '../core/database.js';
import type { ChildrenEntry, CompiledQuery } from './compiled-query.js';
import type { Sql } from './scope.js';

/** The whole statement, with at most `rows` rows. */
export function querySql(query: CompiledQuery, rows: number): Sql {
  const text = [`SELECT ${query.columns.join(', ')} FROM ${query.from}`, `WHERE ${query.where.sql}`];
  if (query.groupBy !== '') text.push(`GROUP BY ${query.groupBy}`);
  if (query.having.sql !== '') text.push(`HAVING ${query.having.sql}`);
  if (query.orderBy !== '') text.push(`ORDER BY ${query.orderBy}`);
  const page: SqlValue[] = [];
  if (Number.isFinite(rows) || query.offset > 0) {
    text.push('LIMIT ? OFFSET ?');
    page.push(Number.isFinite(rows) ? rows : -1, query.offset);
  }
  return { sql: text.join(' '), parameters: [...query.where.parameters, ...query.having.parameters, ...page] };
}

/** Only the ids, of all rows of the answer. */
export function idSql(query: CompiledQuery): Sql {
  return querySql({ ...query, columns: [`${query.alias}."Id"`] }, query.limit ?? Infinity);
}

/** The rows with these ids, in any order. */
export function pageSql(query: CompiledQuery, ids: readonly string[]): Sql {
  return {
    sql: `SELECT ${query.columns.join(', ')} FROM ${query.from} WHERE ${query.alias}."Id" IN (SELECT value FROM json_each(?))`,
    parameters: [JSON.stringify(ids)]
  };
}

/** Children of these parents; LIMIT and OFFSET count per parent. */
export function childSql({ query, foreignKey }: ChildrenEntry, parents: readonly string[]): Sql {
  const where = `${query.where.sql} AND ${foreignKey} IN (SELECT value FROM json_each(?))`;
  const parameters: SqlValue[] = [...query.where.parameters, JSON.stringify(parents)];
  const order = query.orderBy === '' ? `${query.alias}."Id"` : query.orderBy;
  const select = `SELECT ${query.columns.map((column, index) => `${column} AS c${String(index)}`).join(', ')}`;
  if (query.limit === undefined && query.offset === 0) {
    return { sql: `${select} FROM ${query.from} WHERE ${where} ORDER BY ${order}`, parameters };
  }
  const numbered = `${select}, ROW_NUMBER() OVER (PARTITION BY ${foreignKey} ORDER BY ${order}) AS position FROM ${query.from} WHERE ${where}`;
  const last = query.limit === undefined ? Number.MAX_SAFE_INTEGER : query.offset + query.limit;
  return {
    sql: `SELECT * FROM (${numbered}) WHERE position > ? AND position <= ? ORDER BY position`,
    parameters: [...parameters, query.offset, last]
  };
}
