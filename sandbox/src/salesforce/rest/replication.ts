import type { Route, RouteContext } from '../core/contract.js';
import { quote } from '../core/database.js';
import { wireInstant } from '../core/org-clock.js';
import { parseInstant } from '../core/save/coerce.js';
import type { SObjectSchema } from '../core/schema.js';
import { ApiError, type ApiResponse } from '../core/transport.js';
import { DATA, handleOf } from './http.js';
import { visibleObject } from './sobject-routes.js';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** How far back the platform keeps changes and deletions (REST API guide, Get Updated and Get Deleted). */
const UPDATED_DAYS = 30;
const DELETED_DAYS = 15;
/** More ids than this are refused. */
const MAX_IDS = 600_000;

interface Period {
  object: SObjectSchema;
  start: string;
  end: string;
}

/** sObject Get Updated and Get Deleted. */
export const replicationRoutes: readonly Route[] = [
  {
    method: 'GET',
    pattern: new RegExp(`${DATA}/sobjects/(\\w+)/updated/?$`),
    handle: (context) => updated(context, readPeriod(context, UPDATED_DAYS))
  },
  {
    method: 'GET',
    pattern: new RegExp(`${DATA}/sobjects/(\\w+)/deleted/?$`),
    handle: (context) => deleted(context, readPeriod(context, DELETED_DAYS))
  }
];

function updated(context: RouteContext, { object, start, end }: Period): ApiResponse {
  const rows = handleOf(context).engine.database.all<{ Id: string }>(
    `SELECT "Id" FROM ${quote(object.name)} WHERE "SystemModstamp" >= ? AND "SystemModstamp" < ? AND "IsDeleted" = 0
     ORDER BY "SystemModstamp", "Id" LIMIT ?`,
    start,
    end,
    MAX_IDS + 1
  );
  if (rows.length > MAX_IDS) throw new ApiError(400, 'EXCEEDED_ID_LIMIT', `exceeded max id count: ${String(MAX_IDS)}`);
  return { status: 200, body: { ids: rows.map((row) => row.Id), latestDateCovered: wireInstant(end) } };
}

function deleted(context: RouteContext, { object, start, end }: Period): ApiResponse {
  const rows = handleOf(context).engine.database.all<{ Id: string; SystemModstamp: string }>(
    `SELECT "Id", "SystemModstamp" FROM ${quote(object.name)} WHERE "SystemModstamp" >= ? AND "SystemModstamp" < ?
     AND "IsDeleted" = 1 ORDER BY "SystemModstamp", "Id"`,
    start,
    end
  );
  const earliest = new Date(context.org.now().getTime() - DELETED_DAYS * DAY_MS);
  return {
    status: 200,
    body: {
      deletedRecords: rows.map((row) => ({ id: row.Id, deletedDate: wireInstant(row.SystemModstamp) })),
      earliestDateAvailable: wireInstant(earliest.toISOString()),
      latestDateCovered: wireInstant(end)
    }
  };
}

/** Start and end without their seconds, which the platform ignores. */
function readPeriod(context: RouteContext, maxDays: number): Period {
  const object = visibleObject(handleOf(context), context.session, context.params[1] ?? '');
  const start = minuteOf(context, 'start');
  const end = minuteOf(context, 'end');
  const now = context.org.now().getTime();
  if (end.getTime() - start.getTime() < MINUTE_MS) {
    throw invalid('endDate must be at least one minute greater than startDate');
  }
  if (now - start.getTime() > maxDays * DAY_MS)
    throw invalid(`startDate cannot be more than ${String(maxDays)} days ago`);
  return { object, start: start.toISOString(), end: end.toISOString() };
}

function minuteOf(context: RouteContext, name: string): Date {
  const text = context.request.query.get(name);
  // A plus that was not encoded arrives as a space.
  const instant = text === null ? undefined : parseInstant(text.replace(' ', '+'));
  if (instant === undefined) throw invalid(`${name} is required and must be a valid dateTime`);
  return new Date(Math.floor(instant.getTime() / MINUTE_MS) * MINUTE_MS);
}

function invalid(message: string): ApiError {
  return new ApiError(400, 'INVALID_REPLICATION_DATE', message);
}
