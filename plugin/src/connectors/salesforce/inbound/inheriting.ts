import type { JsonObject } from '../../../ports/json.js';
import type { Arrival } from '../../../sync/inbound.js';
import { ConnectorError } from '../../../ports/errors.js';
import type { SubRequest } from '../composite.js';
import { composite, maxSubRequests, succeeded, transaction } from '../composite.js';
import { allRecords, childRecords, pageOf, queryPath, quoted } from '../query.js';
import { dataRoot } from '../rest.js';
import type { Rest } from '../rest.js';
import { answerError, system } from '../rest-errors.js';
import { solutionRows } from './creating.js';
import { itemsAt, solutionsById } from './queries.js';

interface Heir {
  /** The referral that the opportunity shows. */
  referral: string;
  /** Identifiers of the solutions that it has. */
  chosen: ReadonlySet<string>;
  /** Solution identifier → row of the catalogue. */
  catalogue: JsonObject;
}

const identifierOf = (row: JsonObject): string =>
  String((row['Microsoft_Solution__r'] as JsonObject | null)?.['Solution_Identifier__c']);

async function lookAt(rest: Rest, key: string, ids: readonly string[]): Promise<Heir> {
  const queries = {
    opportunity: `SELECT Referral_Identifier__c, (SELECT Microsoft_Solution__r.Solution_Identifier__c FROM Microsoft_Solutions__r) FROM Opportunity WHERE Id = ${quoted(key)}`,
    ...(ids.length > 0 ? { solutions: solutionsById(ids) } : {})
  };
  const answer = await composite(
    rest,
    Object.entries(queries).map(([referenceId, soql]) => ({ referenceId, method: 'GET', url: queryPath(soql) })),
    true
  );
  const [row = {}] = await allRecords(rest, pageOf(succeeded(answer, 'opportunity')));
  const known = ids.length > 0 ? await allRecords(rest, pageOf(succeeded(answer, 'solutions'))) : [];
  return {
    referral: String(row['Referral_Identifier__c'] ?? ''),
    chosen: new Set((await childRecords(rest, row['Microsoft_Solutions__r'])).map(identifierOf)),
    catalogue: Object.fromEntries(known.map(({ Solution_Identifier__c: id, Id }) => [String(id), String(Id)]))
  };
}

/** What the referral brings along and the opportunity has not. */
const lacking = (arrival: Arrival, { chosen }: Heir): Arrival => ({
  ...arrival,
  values: {
    ...arrival.values,
    Solutions: itemsAt(arrival, 'Solutions').filter(({ Id: id }) => !chosen.has(String(id)))
  }
});

/**
 * The opportunity of a converted lead takes over its referral: identifier, toggle and solutions in one transaction. The lead's
 * conversion makes account, contact and contact role itself (Object Reference, convertLead) and knows nothing of solutions.
 */
export async function inherit(rest: Rest, key: string, arrival: Arrival): Promise<void> {
  const ids = itemsAt(arrival, 'Solutions').map(({ Id: id }) => String(id));
  const heir = await lookAt(rest, key, ids);
  // An earlier attempt came that far; a solution that is missing now was taken away by somebody.
  if (heir.referral === arrival.rightKey) return;
  const shown: SubRequest = {
    referenceId: 'opportunity',
    method: 'PATCH',
    url: `${dataRoot}/sobjects/Opportunity/${key}`,
    body: { Sync_with_Partner_Center__c: true, Referral_Identifier__c: arrival.rightKey }
  };
  const details = { solutions: heir.catalogue };
  const rows = solutionRows({ arrival: lacking(arrival, heir), details }, key, maxSubRequests - 1);
  const { failure } = await transaction(rest, [shown, ...rows]);
  if (failure === undefined) return;
  const error = answerError(failure.status, failure.body);
  // A row of the catalogue that was created meanwhile: the next attempt sees it.
  const again = error.code === 'DUPLICATE_VALUE' && rows.length > 0;
  throw again ? new ConnectorError(system, 'retryable', error.code, error.message) : error;
}
