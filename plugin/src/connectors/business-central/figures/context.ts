import type { Part, Reason } from '../../../erp/index.js';
import { ConnectorError } from '../../../ports/errors.js';
import type { JsonObject } from '../../../ports/json.js';
import type { Api } from '../api.js';
import { companyPath } from '../address.js';
import type { ListOptions } from '../listing.js';
import { collectRows } from '../listing.js';
import { anyOf, text } from '../query.js';

/** The company whose figures are read. */
export interface FiguresContext {
  api: Api;
  companyId: string;
  /** Version segment of the Analytics API: the documentation says v1.0, most of its objects declare none. @default v1.0 */
  analyticsVersion?: string;
}

/** Keeps the address below 4,000 characters: a condition on a number of 20 characters has up to 45. */
const VALUES_PER_CALL = 50;

/** Refusals that are about the set itself: not there, not permitted, not offered. Anything else is a failure of the reading. */
const REFUSED: readonly number[] = [400, 403, 404, 405, 501];

/** Path of a set of the Analytics API (Business Central: Analytics API, read-only queries of the Power BI app). */
export const analyticsPath = ({ companyId, analyticsVersion = 'v1.0' }: FiguresContext, set: string): string =>
  `${companyPath(companyId, `microsoft/analytics/${analyticsVersion}`)}/${set}`;

export const setPath = ({ companyId }: FiguresContext, set: string): string => `${companyPath(companyId)}/${set}`;

/** Rows of a set, or the reason when Business Central refuses the set. These figures are only shown, so a replica may answer. */
export async function readPart(
  { api }: FiguresContext,
  path: string,
  options: ListOptions,
  reason: Reason
): Promise<Part<JsonObject[]>> {
  try {
    return { value: await collectRows(api, path, { replica: true, ...options }) };
  } catch (error) {
    const status = error instanceof ConnectorError ? error.details.status : undefined;
    if (status !== undefined && REFUSED.includes(status)) return { missing: reason };
    throw error;
  }
}

/** The same for a list of values of one field, some at a time; one refusal is the answer for all. */
export async function readPartOf(
  context: FiguresContext,
  path: string,
  { field, values, filter, select }: { field: string; values: readonly string[]; filter?: string; select?: string[] },
  reason: Reason
): Promise<Part<JsonObject[]>> {
  const rows: JsonObject[] = [];
  for (let at = 0; at < values.length; at += VALUES_PER_CALL) {
    const some = anyOf(field, values.slice(at, at + VALUES_PER_CALL));
    const whole = filter === undefined ? some : `(${some}) and ${filter}`;
    const part = await readPart(context, path, { filter: whole, ...(select ? { select } : {}) }, reason);
    if ('missing' in part) return part;
    rows.push(...part.value);
  }
  return { value: rows };
}

export const quotedAll = (values: readonly string[]): string[] => values.map(text);

export const numberOf = (row: JsonObject | undefined, name: string): number => Number(row?.[name] ?? 0);
export const textOf = (row: JsonObject | undefined, name: string): string => {
  const value = row?.[name];
  return typeof value === 'string' ? value : '';
};
/** No date is 0001-01-01. */
export const dateOf = (row: JsonObject, name: string): string | undefined => {
  const value = textOf(row, name).slice(0, 10);
  return value === '' || value === '0001-01-01' ? undefined : value;
};

/** Rows by the value of a field. */
export function grouped(rows: readonly JsonObject[], field: string): Map<string, JsonObject[]> {
  const groups = new Map<string, JsonObject[]>();
  for (const row of rows) {
    const key = textOf(row, field);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}
