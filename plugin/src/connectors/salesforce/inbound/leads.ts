import type { Clock } from '../../../ports/clock.js';
import type { RemoteRecord } from '../../../sync/ports.js';
import { composite, succeeded } from '../composite.js';
import { allRecords, pageOf, queryPath, quoted } from '../query.js';
import type { ReadingContext } from '../reading.js';
import { readLeadFields, toLeadRecord } from './lead-record.js';

const idsPerQuery = 200;
/** Shorter than the five minutes by which a cursor overlaps, so that a lead that another process took in is not missed. */
const restMs = 4 * 60_000;

/** Whether leads are to be asked for: while none is open, most looks do without the call. */
export class LeadWatch {
  private until = Number.NEGATIVE_INFINITY;

  public constructor(private readonly clock: Clock) {}

  public isDue(): boolean {
    return this.clock.now() >= this.until;
  }

  public none(): void {
    this.until = this.clock.now() + restMs;
  }

  public taken(): void {
    this.until = Number.NEGATIVE_INFINITY;
  }
}

const select = `SELECT ${['Id', ...readLeadFields].join(', ')} FROM Lead`;
const open =
  'SELECT Id FROM Lead WHERE Referral_Identifier__c != null AND IsConverted = false AND Sync_with_Partner_Center__c = true LIMIT 1';

/**
 * Leads that were made of referrals, or those of them that changed at or after `since` (ISO 8601 UTC). A call of its own: the
 * composite call of a look holds as many queries as it may.
 */
export async function leadsSince(context: ReadingContext, since: string | undefined): Promise<RemoteRecord[]> {
  const { rest, shape, leads: watch } = context;
  if (!shape.leads || watch?.isDue() === false) return [];
  const changed = since === undefined ? '' : ` AND SystemModstamp >= ${since}`;
  const soql = `${select} WHERE Referral_Identifier__c != null${changed} ORDER BY SystemModstamp, Id`;
  const answer = await composite(
    rest,
    Object.entries({ leads: soql, open }).map(([referenceId, text]) => ({
      referenceId,
      method: 'GET',
      url: queryPath(text)
    })),
    true
  );
  if (pageOf(succeeded(answer, 'open')).total === 0) watch?.none();
  const rows = await allRecords(rest, pageOf(succeeded(answer, 'leads')));
  return rows.map((row) => toLeadRecord(row, answer.serverTime));
}

/** Fresh reads by id. */
export async function readLeads({ rest }: ReadingContext, ids: readonly string[]): Promise<RemoteRecord[]> {
  const records: RemoteRecord[] = [];
  for (let start = 0; start < ids.length; start += idsPerQuery) {
    const soql = `${select} WHERE Id IN (${ids
      .slice(start, start + idsPerQuery)
      .map(quoted)
      .join(', ')})`;
    const { json, serverTime } = await rest.call({ method: 'GET', path: queryPath(soql), repeatable: true });
    records.push(...(await allRecords(rest, pageOf(json))).map((row) => toLeadRecord(row, serverTime)));
  }
  return records;
}
