import type { JsonObject } from '../../ports/json.js';
import type { RemoteRecord } from '../../sync/ports.js';
import { markerOf } from './marker.js';
import { listReferrals, updatedAt } from './listing.js';
import type { ReadingContext } from './reading.js';
import { engagementOf, isMicrosofts, recordsOf } from './referral.js';

/** Each pass is as long as what changed during the one before; more than a page of that five times over is a mass change. */
const maxPasses = 5;

interface Walk {
  found: JsonObject[];
  pages: number;
  startedAt: number;
}

function carries(referral: JsonObject, marker: string): boolean {
  return !isMicrosofts(referral) && markerOf(referral['externalReferenceId']) === marker;
}

async function walk(context: ReadingContext, marker: string, since: number): Promise<Walk> {
  const result: Walk = { found: [], pages: 0, startedAt: Number.POSITIVE_INFINITY };
  for await (const page of listReferrals(context.api)) {
    result.pages += 1;
    result.startedAt = Math.min(result.startedAt, page.serverTime);
    result.found.push(...page.referrals.filter((referral) => carries(referral, marker)));
    if (page.referrals.some((referral) => updatedAt(referral) < since)) break;
  }
  return result;
}

/**
 * `CreatingConnector.findByMarker`. Whether `externalReferenceId` can be filtered is not documented, so the list is
 * walked by date and compared here. A referral that is changed during a walk of several pages moves to the front,
 * possibly past us: then the front is walked again, back to the moment the walk began.
 */
export async function findByMarker(
  context: ReadingContext,
  marker: string,
  since: string | undefined
): Promise<RemoteRecord[]> {
  const oldest = since === undefined ? Number.NEGATIVE_INFINITY : Date.parse(since);
  const found: JsonObject[] = [];
  let pass = await walk(context, marker, oldest);
  found.push(...pass.found);
  for (let again = 0; pass.pages > 1 && again < maxPasses; again += 1) {
    pass = await walk(context, marker, pass.startedAt);
    found.push(...pass.found);
  }
  if (found.length === 0) return [];
  const keys = new Set(found.map((referral) => String(referral['id'])));
  const records = recordsOf(await context.engagements.read(found.map(engagementOf)));
  return records.filter((record) => keys.has(record.key));
}
